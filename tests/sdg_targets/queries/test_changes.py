"""What changed between two moments: every pair of moments against a slow comparison of what was known at each."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

import pytest

from sdg_targets.domain.changes import ChangeKind
from sdg_targets.models import Observation
from sdg_targets.queries.changes import changes_page, series_changes
from tests.factories import make_catalogue, make_series, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
KEY = ("dataset__code", "series__code", "area__code", "period__code", "breakdown__key")


@pytest.fixture
def history() -> None:
    """Four revisions: figures come, change, become more exact, lose their reason, go, and come back."""
    dataset, _series = make_catalogue()
    make_series("SECOND")
    first = [row("KEN", "2015", "2.40221"), row("KEN", "2016", "7"), row("UGA", "2015", "3", source="A survey")]
    write_rows([*first, row("FRA", "2015", None, status="O")], dataset=dataset)
    write_rows(
        [
            row("KEN", "2015", "2.4022124"),
            row("KEN", "2016", "7.6"),
            row("UGA", "2015", "3", source="Another survey"),
            row("FRA", "2015", "9"),
            row("KEN", "2015", "1", series="SECOND"),
        ],
        dataset=dataset,
    )
    write_rows([row("KEN", "2015", "2.4022124")], dataset=dataset, complete=True)
    write_rows([row("UGA", "2015", "3", source="A survey"), row("KEN", "2016", "8")], dataset=dataset)


def known(revision: int) -> dict[tuple[Any, ...], Observation]:
    rows = Observation.objects.known_at(revision).select_related("source")
    return {tuple(values): rows.get(pk=pk) for pk, *values in rows.values_list("pk", *KEY)}


def said(version: Observation | None) -> tuple[Any, ...] | None:
    return version and (version.value, version.status, version.source and version.source.text)


def naive_kind(before: Observation | None, after: Observation | None) -> str:
    """The kind of change between two versions, decided in Python."""
    if before is None or after is None:
        return ChangeKind.NEW if before is None else ChangeKind.WITHDRAWN
    if before.status != after.status or (before.value is None) != (after.value is None):
        return ChangeKind.REVISED
    if before.value is None or after.value is None or before.value == after.value:
        return ChangeKind.DESCRIBED
    decimals = min(-Decimal(v).normalize().as_tuple().exponent for v in (before.value, after.value))  # type: ignore[type-var]
    step = Decimal(1).scaleb(-max(0, int(decimals)))
    same = before.value.quantize(step, ROUND_HALF_UP) == after.value.quantize(step, ROUND_HALF_UP)
    return ChangeKind.PRECISION if same else ChangeKind.REVISED


@pytest.mark.usefixtures("history")
def test_every_pair_of_moments_is_what_a_slow_comparison_finds() -> None:
    for since, until in combinations(range(5), 2):
        before, after = known(since), known(until)
        expected = {
            key: naive_kind(before.get(key), after.get(key))
            for key in {*before, *after}
            if said(before.get(key)) != said(after.get(key))
        }
        found = changes_page(Observation.objects.all(), since=since, until=until, size=100)
        shown = {(c.dataset, c.series, c.area, c.period, c.breakdown): c.kind for c in found}
        assert shown == expected, (since, until)
        for change in found:
            key = (change.dataset, change.series, change.area, change.period, change.breakdown)
            assert change.old_value == getattr(before.get(key), "value", None)
            assert change.new_value == getattr(after.get(key), "value", None)


@pytest.mark.usefixtures("history")
def test_more_decimals_are_no_revision_and_less_than_a_rounding_is() -> None:
    kinds = {
        (c.area, c.period): c.kind for c in changes_page(Observation.objects.all(), since=1, until=2, size=100)
        if c.series != "SECOND"
    }  # fmt: skip
    assert kinds == {
        ("KEN", "2015"): "precision",  # 2.40221 is 2.4022124
        ("KEN", "2016"): "revised",  # 7 is not 7.6
        ("UGA", "2015"): "described",  # another source
        ("FRA", "2015"): "revised",  # there was none
    }


@pytest.mark.usefixtures("history")
def test_pages_meet_and_kinds_and_filters_narrow() -> None:
    everything = changes_page(Observation.objects.all(), since=0, until=4, size=100)
    one_by_one, after = [], ()
    while page := changes_page(Observation.objects.all(), since=0, until=4, after=after, size=1):
        one_by_one += page
        after = page[-1].place
    assert one_by_one == everything and len(everything) > 2
    kenya = Observation.objects.filter(area__code="KEN")
    assert {c.area for c in changes_page(kenya, since=0, until=4, size=100)} == {"KEN"}
    withdrawn = changes_page(Observation.objects.all(), since=2, until=3, kind="withdrawn", size=100)
    assert withdrawn and {c.kind for c in withdrawn} == {"withdrawn"}


@pytest.mark.usefixtures("history")
def test_the_counts_by_series_are_those_of_the_list() -> None:
    for since, until in combinations(range(5), 2):
        found = changes_page(Observation.objects.all(), since=since, until=until, size=100)
        counted = {
            (row.code, kind): n
            for row in series_changes(Observation.objects.all(), since=since, until=until)
            for kind, n in zip(ChangeKind, row.in_order, strict=True)
            if n
        }
        listed: dict[tuple[str, str], int] = {}
        for change in found:
            listed[change.series, change.kind] = listed.get((change.series, change.kind), 0) + 1
        assert counted == listed


def test_nothing_changed_is_an_empty_list() -> None:
    make_catalogue()
    assert changes_page(Observation.objects.all(), since=0, until=0, size=10) == []
    assert series_changes(Observation.objects.all(), since=0, until=0) == []
