"""What a country proposes besides figures: made by its team, decided by somebody else, and only then to be seen."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sdg_targets.actions import proposals
from sdg_targets.actions.proposals import OwnSeries, ProposalRefused
from sdg_targets.models import (
    Area,
    Indicator,
    Mandate,
    Metadata,
    MetadataProposal,
    Series,
    SeriesProposal,
    Target,
    Unit,
)
from tests.factories import accounts, make_catalogue
from tests.factories.submissions import enter, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


@pytest.fixture
def kenya(focal_point: Any) -> Area:
    return Area.objects.get(code="KEN")


def said(**given: Any) -> OwnSeries:
    defaults: dict[str, Any] = {
        "code": "LABOUR_PERMITS",
        "name_en": "Labour permits given to migrants",
        "name_fr": "",
        "name_es": "",
        "definition": "Permits given within the year, by the ministry of labour.",
        "language": "en",
        "target": Target.objects.get(),
        "unit": Unit.objects.get(),
        "kind": "number",
    }
    return OwnSeries(**(defaults | given))


def fields(**given: Any) -> dict[str, Any]:
    return {
        "target": Target.objects.get().pk,
        "code": "labour_permits",
        "name_en": "Labour permits",
        "definition": "Permits given within the year.",
        "kind": "number",
        "unit": Unit.objects.get().pk,
    } | given


def test_a_series_is_proposed_accepted_and_can_then_be_entered(
    sign_in: Any, focal_point: Any, reviewer: Any, kenya: Area
) -> None:
    client, desk = sign_in(focal_point), sign_in(reviewer)
    assert client.post("/my/KEN/own-series/", fields()).status_code == 302
    made = SeriesProposal.objects.get()
    assert "KEN_LABOUR_PERMITS" in desk.get("/review/proposals/").content.decode()
    assert "KEN_LABOUR_PERMITS" not in Client().get("/api/v1/series/").content.decode()
    assert desk.post(f"/review/proposals/series/{made.pk}/", {"accept": "1"}).status_code == 302
    series = Series.objects.get(code="KEN_LABOUR_PERMITS")
    assert (series.owner, series.target, series.note) == (kenya, Target.objects.get(), "Permits given within the year.")
    assert "KEN_LABOUR_PERMITS" in Client().get("/api/v1/series/").content.decode()
    submission = make_submission(focal_point)
    assert enter(submission, focal_point, "812", series=series).cell.value == 812
    assert "Nothing waits for you" in desk.get("/review/proposals/").content.decode()


def test_a_proposal_is_returned_with_why_and_made_anew(
    sign_in: Any, focal_point: Any, reviewer: Any, kenya: Area
) -> None:
    made = proposals.propose_series(area=kenya, said=said(), by=focal_point)
    at = f"/review/proposals/series/{made.pk}/"
    desk = sign_in(reviewer)
    desk.post(at, {"return": "1", "note": " "})
    made.refresh_from_db()
    assert made.is_waiting
    desk.post(at, {"return": "1", "note": "Of whom exactly?"})
    assert "Of whom exactly?" in sign_in(focal_point).get("/my/KEN/own-series/").content.decode()
    with pytest.raises(ProposalRefused, match="decided before"):
        proposals.accept_series(proposal=made, by=reviewer)
    again = proposals.propose_series(area=kenya, said=said(), by=focal_point)
    assert proposals.take_back(proposal=again, by=focal_point).decision == "taken_back"


def test_nobody_decides_on_a_proposal_of_one_s_own(focal_point: Any, kenya: Area) -> None:
    made = proposals.propose_series(area=kenya, said=said(), by=focal_point)
    with pytest.raises(PermissionDenied):
        proposals.accept_series(proposal=made, by=focal_point)
    Mandate.objects.create(user=focal_point, role="reviewer")
    with pytest.raises(ProposalRefused, match="somebody else"):
        proposals.accept_series(proposal=made, by=focal_point)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "lower"}, "code"),
        ({"code": "9X"}, "code"),
        ({"name_en": " "}, "name_en"),
        ({"definition": ""}, "definition"),
        ({"minimum": 2, "maximum": 1}, "minimum"),
    ],
)
def test_what_is_missing_is_named(focal_point: Any, kenya: Area, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ProposalRefused) as refused:
        proposals.propose_series(area=kenya, said=said(**given), by=focal_point)
    assert refused.value.field == field


def test_a_code_is_given_once(sign_in: Any, focal_point: Any, reviewer: Any, kenya: Area) -> None:
    proposals.accept_series(proposal=proposals.propose_series(area=kenya, said=said(), by=focal_point), by=reviewer)
    answer = sign_in(focal_point).post("/my/KEN/own-series/", fields())
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_metadata_are_proposed_reviewed_and_carried_forward(
    sign_in: Any, focal_point: Any, reviewer: Any, kenya: Area
) -> None:
    client, desk, at = sign_in(focal_point), sign_in(reviewer), "/my/KEN/metadata/10.c.1/"
    assert "10.c.1" in client.get("/my/KEN/metadata/").content.decode()
    client.post(at, {"source": "Survey of the central bank", "departure": "Without mobile money"})
    assert MetadataProposal.objects.count() == 2
    assert not Metadata.objects.exists()
    assert "mobile money" not in Client().get("/indicators/10.c.1/").content.decode()
    for proposal in MetadataProposal.objects.all():
        desk.post(f"/review/proposals/text/{proposal.pk}/", {"accept": "1"})
    assert set(Metadata.objects.values_list("dataset__code", "text")) == {
        ("national:KEN", "Survey of the central bank"),
        ("national:KEN", "Without mobile money"),
    }
    page = client.get(at).content.decode()
    assert "Survey of the central bank" in page  # carried forward: it stands until somebody changes it
    client.post(at, {"source": "Survey of the central bank", "departure": "Without mobile money"})
    assert MetadataProposal.objects.count() == 2
    client.post(at, {"confirm": "1"})
    assert MetadataProposal.objects.get(decision="waiting").field == "reviewed"


def test_a_newer_text_takes_the_place_of_one_that_waits(focal_point: Any, kenya: Area) -> None:
    where: dict[str, Any] = {"area": kenya, "indicator": Indicator.objects.get(), "field": "source", "language": "en"}
    first = proposals.propose_text(text="One", by=focal_point, **where)
    assert proposals.propose_text(text="One ", by=focal_point, **where) is None
    second = proposals.propose_text(text="Two", by=focal_point, **where)
    assert first is not None and second is not None
    first.refresh_from_db()
    assert (first.decision, second.decision) == ("taken_back", "waiting")
    for bad in ({"field": "gossip"}, {"language": "xx"}):
        with pytest.raises(ProposalRefused):
            proposals.propose_text(text="Three", by=focal_point, **(where | bad))


def test_another_country_and_strangers_find_nothing(sign_in: Any, focal_point: Any, kenya: Area) -> None:
    made = proposals.propose_series(area=kenya, said=said(), by=focal_point)
    stranger = sign_in(accounts.make_account("lead_focal_point", area="UGA"))
    for path in ("/my/KEN/own-series/", "/my/KEN/metadata/", "/my/KEN/metadata/10.c.1/"):
        assert stranger.get(path).status_code == stranger.get(path.replace("KEN", "ZZZ")).status_code == 404
        assert Client().get(path).status_code == 302
    for path in (
        f"/review/proposals/series/{made.pk}/",
        f"/review/proposals/series/{made.pk + 9}/",
        "/review/proposals/x/1/",
    ):
        assert stranger.post(path, {"accept": "1"}).status_code == 404
    assert stranger.get("/review/proposals/").status_code == 403
    assert sign_in(focal_point).get("/my/KEN/metadata/99.9.9/").status_code == 404
