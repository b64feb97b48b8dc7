"""Two publications of one series, one after the other: what the second changed, and the first as it was."""

from decimal import Decimal
from pathlib import Path

import pytest

from sdg_targets.actions.undoing import undo_import
from sdg_targets.domain.changes import ChangeKind
from sdg_targets.models import Observation
from sdg_targets.queries.changes import series_changes
from tests.factories.vintages import Q2, SNAPSHOT, Publications, Values, publish, twin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


@pytest.fixture(params=["twin", "publishers' files"])
def published(request: pytest.FixtureRequest, tmp_path: Path) -> Publications:
    if request.param == "twin":
        return publish(*twin(tmp_path))
    shared = request.getfixturevalue("shared")
    return publish(shared / Q2, shared / SNAPSHOT)


def test_what_the_second_changed_is_what_the_raw_files_say(published: Publications) -> None:
    kinds = published.kinds
    (counted,) = series_changes(Observation.objects.all(), since=1, until=2)
    for kind in (ChangeKind.NEW, ChangeKind.REVISED, ChangeKind.PRECISION, ChangeKind.WITHDRAWN):
        assert counted.counts.get(kind, 0) == kinds[kind], kind
    second = published.second
    assert (second.new, second.withdrawn) == (kinds[ChangeKind.NEW], kinds[ChangeKind.WITHDRAWN])
    assert second.revised + second.unchanged == sum(1 for _pair in published.in_both())


def test_the_numbers_of_the_publishers_files_are_these(shared: Path) -> None:
    """5,309 values differ, of which 415 by 0.05 or more: most of the rest are changes of precision."""
    published = publish(shared / Q2, shared / SNAPSHOT)
    moved = [abs(one - other) for one, other in published.in_both() if one != other]
    assert (len(published.before), len(published.after)) == (5344, 5614)
    assert (len(moved), sum(by >= Decimal("0.05") for by in moved)) == (5309, 415)
    assert published.kinds == {"new": 275, "withdrawn": 5, "precision": 2997, "revised": 2312}
    assert (published.first.new, published.second.new, published.second.withdrawn) == (5344, 275, 5)


def known(revision: int | None) -> Values:
    rows = Observation.objects.known_at(revision).values_list("area__m49", "period__code", "value")
    return {(int(m49), int(period)): value for m49, period, value in rows}


def test_undone_the_second_leaves_the_first(published: Publications) -> None:
    effect = undo_import(made=published.second, by=None, note="Not yet")
    kinds = published.kinds
    assert (effect.withdrawn, effect.reinstated) == (kinds[ChangeKind.NEW], kinds[ChangeKind.WITHDRAWN])
    assert (effect.restored, effect.left) == (published.second.revised, 0)
    assert known(None) == known(3) == known(1) == published.before
    assert known(2) == published.after
