"""A country's comment on a custodian's figure: written by its team, published by somebody else, kept for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.actions.country_comments import propose_comment, take_comment_step
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import national_dataset
from sdg_targets.domain.country_comments import CommentStep
from sdg_targets.models import Area, CountryComment, CountryCommentEvent, Dataset, Observation, Series
from sdg_targets.queries.country_comments import comments_beside, comments_on, public_comments
from tests.factories import make_catalogue
from tests.factories.accounts import make_account
from tests.factories.comments import propose
from tests.factories.observations import observe
from tests.factories.submissions import period

pytestmark = pytest.mark.django_db


def test_it_is_public_when_somebody_else_publishes_it(focal_point: Any, reviewer: Any) -> None:
    made = propose(focal_point)
    assert comments_beside(area=made.area) == []
    take_comment_step(comment=made, step=CommentStep.ACCEPT, by=reviewer)
    take_comment_step(comment=made, step=CommentStep.ACCEPT, by=reviewer)
    (shown,) = comments_beside(series_id=made.series_id)
    assert (shown.text, shown.get_state_display()) == (made.text, "Under discussion with the custodian")
    assert CountryCommentEvent.objects.filter(step="accept").count() == 1


def test_settled_it_stands_and_withdrawn_it_is_kept_with_its_days(focal_point: Any, reviewer: Any) -> None:
    made = propose(focal_point)
    take_comment_step(comment=made, step=CommentStep.ACCEPT, by=reviewer)
    take_comment_step(comment=made, step=CommentStep.SETTLE, by=focal_point, note="The method was agreed.")
    assert comments_beside(area=made.area)[0].get_state_display() == "Settled"
    take_comment_step(comment=made, step=CommentStep.END, by=reviewer, note="The custodian revised the figure.")
    assert comments_beside(area=made.area) == []
    (said,) = public_comments(area=made.area)
    assert [event.note for event, _words in said.events] == [
        "",
        "The method was agreed.",
        "The custodian revised the figure.",
    ]


def test_declined_it_was_never_public(focal_point: Any, reviewer: Any) -> None:
    made = propose(focal_point)
    with pytest.raises(StepRefused, match="Say why"):
        take_comment_step(comment=made, step=CommentStep.DECLINE, by=reviewer)
    take_comment_step(comment=made, step=CommentStep.DECLINE, by=reviewer, note="It is on another series.")
    assert public_comments() == []
    with pytest.raises(StepRefused, match="not possible"):
        take_comment_step(comment=made, step=CommentStep.ACCEPT, by=reviewer)


def test_nobody_publishes_what_they_wrote(focal_point: Any) -> None:
    administrator = make_account("reviewer")
    administrator.is_superuser = True
    administrator.save()
    made = propose(administrator)
    with pytest.raises(StepRefused, match="somebody else"):
        take_comment_step(comment=made, step=CommentStep.ACCEPT, by=administrator)
    with pytest.raises(PermissionDenied):
        take_comment_step(comment=made, step=CommentStep.ACCEPT, by=focal_point)


def test_only_its_own_team_writes_for_a_country(focal_point: Any, reviewer: Any, outsider: Any) -> None:
    other = make_account("lead_focal_point", area="UGA")
    for person in (other, reviewer, outsider):
        with pytest.raises(PermissionDenied):
            propose(person)
    made = propose(focal_point)
    for person in (other, outsider):
        with pytest.raises(PermissionDenied):
            take_comment_step(comment=made, step=CommentStep.DECLINE, by=person, note="x")


def test_it_is_on_a_figure_that_a_custodian_publishes(focal_point: Any) -> None:
    make_catalogue()
    with pytest.raises(StepRefused, match="no such figure"):
        propose(focal_point, figure=False)
    observe("KEN", "2015", "8.4")
    kenya = Area.objects.get(code="KEN")
    given: dict[str, Any] = {
        "area": kenya, "series": Series.objects.get(), "language": "en", "by": focal_point, "signed_by": "KNBS",
        "said_on": timezone.localdate(), "text": "So.",
    }  # fmt: skip
    with pytest.raises(StepRefused, match="no such figure"):
        propose_comment(dataset=Dataset.objects.get(), period=period("2010"), **given)
    with pytest.raises(StepRefused, match="global dataset"):
        propose_comment(dataset=national_dataset(kenya), period=None, **given)
    given["dataset"], given["period"] = Observation.objects.get().dataset, None
    for wrong in ({"text": " "}, {"signed_by": ""}):
        with pytest.raises(StepRefused, match="sign it"):
            propose_comment(**(given | wrong))
    with pytest.raises(StepRefused, match="has not come"):
        propose_comment(**(given | {"said_on": timezone.localdate() + timedelta(days=2)}))
    assert not CountryComment.objects.exists()
    assert propose_comment(**given) == propose_comment(**given)


def test_its_words_are_never_changed(focal_point: Any) -> None:
    made = propose(focal_point)
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        CountryComment.objects.update(text="Other words")
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        CountryCommentEvent.objects.update(note="x")
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        CountryComment.objects.filter(pk=made.pk)._raw_delete("default")


def test_it_stands_at_its_period_or_at_the_whole_series(
    focal_point: Any, reviewer: Any, django_assert_num_queries: Any
) -> None:
    one, whole = propose(focal_point, of="2015"), propose(focal_point, of=None, text="All of it.")
    for made in (one, whole):
        take_comment_step(comment=made, step=CommentStep.ACCEPT, by=reviewer)
    observe("KEN", "2016", "9")
    observe("UGA", "2015", "9")
    rows = list(Observation.objects.select_related("area", "period").order_by("area__code", "period__code"))
    with django_assert_num_queries(1):
        found = comments_on(rows)
    assert [len(found[row.pk]) for row in rows] == [2, 1, 0]


def test_what_is_withdrawn_for_confidentiality_leaves_the_comment_on_it(focal_point: Any, reviewer: Any) -> None:
    told, other = propose(focal_point, text="It is not 8.4."), propose(focal_point, of=None, text="All of it.")
    withdraw_confidential(observation=Observation.objects.get(), by=reviewer, reason="Few people.")
    told.refresh_from_db()
    other.refresh_from_db()
    assert "8.4" not in told.text
    assert other.text == "All of it."
