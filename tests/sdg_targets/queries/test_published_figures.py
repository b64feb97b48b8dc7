"""The rules of entered figures asked of what really is published: every figure of every Member State, as if entered anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import pytest

from sdg_targets.domain.checking import check_submission
from sdg_targets.domain.entered import Cell, CellKey
from sdg_targets.domain.findings import Context, Finding
from sdg_targets.domain.validation import Strength
from sdg_targets.models import Area, Observation, Series
from sdg_targets.queries.checking import context_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
#: What is published of single people, and what gives it away, is a rule of our own.
SMALL_COUNTS: Final = {"E18", "E23", "E24"}
_COLUMNS: Final = (
    "area__code", "series__code", "period__code", "breakdown__key", "value", "status", "nature", "unit__code", "multiplier",
    "lower_bound", "upper_bound", "numerator", "denominator", "time_detail", "source__text",
)  # fmt: skip


def entered(row: tuple[Any, ...]) -> Cell:
    area, series, period, key, value, status, nature, unit, multiplier, *numbers, detail, source = row
    return Cell(
        CellKey(series, area, period, key), value, str(value or ""), status, nature, unit, str(multiplier), *numbers, "",
        detail or "", source or "",
    )  # fmt: skip


def found_in(cells: dict[str, list[Cell]]) -> Iterable[Finding]:
    base = context_for(area=Area.objects.get(code="KEN"), series=Series.objects.all(), today=date(2026, 11, 25))
    for area, rows in cells.items():
        yield from check_submission(rows, Context(base.known, area, base.measures)).findings


def test_no_published_figure_of_a_member_state_is_an_error_but_for_small_counts() -> None:
    cells: dict[str, list[Cell]] = defaultdict(list)
    rows = Observation.objects.current().filter(area__in=Area.objects.member_states())
    for row in rows.values_list(*_COLUMNS):
        cells[row[0]].append(entered(row))
    figures = sum(map(len, cells.values()))
    findings = list(found_in(cells))
    by_rule = Counter(one.rule for one in findings)
    errors = {one.rule for one in findings if one.strength is Strength.ERROR}
    assert figures > 40_000
    assert errors <= SMALL_COUNTS
    assert by_rule["E06"] == 0  # the shipped limits were set after what is published
    # A rule that asks about everything is not read any more.
    for rule in ("E07", "E08", "E09", "E18", "E21", "E22"):
        assert 0 < by_rule[rule] < figures * 0.07, (rule, by_rule)
