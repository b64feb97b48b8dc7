"""The history of a country's own figures: each publication, what it changed, and every version of a value."""

from typing import Any

import pytest

from sdg_targets.actions.publishing import publish
from sdg_targets.actions.submissions import reopen, submit
from sdg_targets.models import Area
from sdg_targets.queries.published_history import (
    publications_of,
    published_changes,
    published_history,
    submissions_by_revision,
)
from tests.factories import make_area
from tests.factories.observations import observe
from tests.factories.submissions import approved, enter

pytestmark = pytest.mark.django_db


def test_from_what_to_what_in_which_submission_and_why(focal_point: Any, reviewer: Any) -> None:
    first = publish(submission=approved(focal_point, reviewer, "8.4", "9.1"), by=reviewer, note="First.")
    observe("KEN", "2014", "6.25")
    again = reopen(submission=first, by=focal_point, reason="error", note="A slip.")
    enter(again, focal_point, "8.9", of="2014", explanation="The survey was done again.")
    second = approved(focal_point, reviewer, of=submit(submission=again, by=focal_point))
    second = publish(submission=second, by=reviewer, note="Corrected.")
    kenya = Area.objects.get(code="KEN")
    found = publications_of(kenya)
    assert [(each.submission, each.values) for each in found] == [(second, 1), (first, 2)]
    assert found[0].revision.reason == "error"
    (change,) = published_changes(kenya, found[0].revision.number, size=10)
    assert (change.kind, str(change.old_value), str(change.new_value)) == ("revised", "8.4", "8.9")
    versions = published_history(kenya, series="SI_RMT_COST", period="2014", breakdown="_T")
    assert [(str(version.row.value), version.until is None) for version in versions] == [("8.9", True), ("8.4", False)]
    published = submissions_by_revision([version.row.known_from for version in versions])
    assert published == {first.revision_id: first, second.revision_id: second}
    assert published_history(kenya, series="SI_RMT_COST", period="1999", breakdown="_T") == ()


def test_a_country_without_figures_of_its_own_has_no_history() -> None:
    assert publications_of(make_area("UGA")) == []
