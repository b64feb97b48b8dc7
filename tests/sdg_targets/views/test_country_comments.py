"""Countries' comments on custodians' figures: on the team's page, at the desk, beside the figures and in the API."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sdg_targets.models import CountryComment, Dataset, Series
from tests.factories import make_area
from tests.factories.comments import propose

pytestmark = pytest.mark.django_db
WORDS = "Mobile money was left out."


def said(response: Any) -> str:
    return str(response.content.decode())


def test_it_is_written_published_and_stands_beside_the_figure_everywhere(
    focal_point: Any, reviewer: Any, sign_in: Any
) -> None:
    propose(focal_point, text="Another one.")
    team, desk, anybody = sign_in(focal_point), sign_in(reviewer), Client()
    given = {
        "figure": f"{Dataset.objects.get().pk}:{Series.objects.get().pk}", "period": "2015", "text": WORDS, "language": "en",
        "signed_by": "Director General, KNBS", "said_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert team.post("/comments/KEN/", given).status_code == 302
    made = CountryComment.objects.get(text=WORDS)
    public = (
        "/countries/KEN/",
        "/indicators/10.c.1/",
        "/comments/",
        "/comments/?area=KEN",
        "/api/v1/country-comments/",
    )
    for address in public:
        assert WORDS not in said(anybody.get(address)), address
    assert WORDS in said(desk.get("/review/comments/"))
    assert desk.post(f"/comments/{made.pk}/step/", {"step": "accept", "side": "desk"}).status_code == 302
    for address in public:
        assert WORDS in said(anybody.get(address)), address
    assert f'href="/comments/#comment-{made.pk}"' in said(anybody.get("/data/?area=KEN"))
    ended = {"step": "end", f"note-{made.pk}": "The custodian revised the figure."}
    assert team.post(f"/comments/{made.pk}/step/", ended).status_code == 302
    for address in public[:2]:
        assert WORDS not in said(anybody.get(address)), address
    assert "The custodian revised the figure." in said(anybody.get("/comments/"))


def test_a_slip_is_named_and_nothing_typed_is_lost(focal_point: Any, sign_in: Any) -> None:
    propose(focal_point, text="Another one.")
    client = sign_in(focal_point)
    figure = f"{Dataset.objects.get().pk}:{Series.objects.get().pk}"
    right = {
        "figure": figure, "period": "2015", "text": WORDS, "language": "en", "signed_by": "KNBS",
        "said_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    for wrong, why in (
        ({"figure": "1:2"}, "Select a valid choice"), ({"period": "1999"}, "no figure of this period"),
        ({"language": "Eng!"}, "at most 3"), ({"signed_by": ""}, "This field is required"),
        ({"said_on": "2090-01-01"}, "has not come yet"), ({"said_on": "soon"}, "Enter a valid date"),
    ):  # fmt: skip
        answer = client.post("/comments/KEN/", right | wrong)
        assert (answer.status_code, why in said(answer), WORDS in said(answer)) == (400, True, True), wrong
    assert CountryComment.objects.count() == 1


def test_a_step_that_is_refused_says_why(focal_point: Any, reviewer: Any, sign_in: Any) -> None:
    made, desk = propose(focal_point), sign_in(reviewer)
    answer = desk.post(f"/comments/{made.pk}/step/", {"step": "decline", "side": "desk"}, follow=True)
    assert "Say why" in said(answer)
    assert desk.post(f"/comments/{made.pk}/step/", {"step": "burn"}).status_code == 404
    assert CountryComment.objects.get().state == "proposed"


def test_a_country_s_page_is_its_team_s(focal_point: Any, sign_in: Any) -> None:
    make_area("UGA")
    client = sign_in(focal_point)
    assert client.get("/comments/KEN/").status_code == 200
    assert client.get("/comments/UGA/").status_code == client.get("/comments/ZZZ/").status_code == 404


@pytest.mark.parametrize("query", ["area=ZZZ", "period=1", "state=proposed", "state=declined", "colour=red"])
def test_the_api_refuses_what_it_does_not_know(query: str) -> None:
    assert Client().get(f"/api/v1/country-comments/?{query}").status_code == 400
