"""What stands beside the observations, ``Latest`` and ``SeriesCoverage``, is what a naive count of the rows finds."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.domain.rows import ObservationRow
from sdg_targets.models import Latest, Note, Observation, SeriesCoverage
from tests.factories import make_catalogue, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
periods = st.sampled_from(["2014", "2015", "2015-Q4", "2015-12", "2014/2015", "2016-Q1"])
figures = st.builds(
    row,
    area=st.sampled_from(["KEN", "UGA", "001"]),
    period=periods,
    value=st.sampled_from(["1", "2", "3.50"]),
    breakdown=st.sampled_from(["_T", "SEX=F"]),
    source=st.sampled_from([None, "A survey", "Another survey"]),
)
files = st.lists(figures, min_size=1, max_size=8, unique_by=lambda one: (one.area, one.period, one.breakdown))


def naive_latest() -> dict[tuple[str, str], tuple[str, Any]]:
    """The value with the greatest end of period, then the shortest period, of each area and breakdown."""
    newest: dict[tuple[str, str], Observation] = {}
    for one in Observation.objects.current().with_value().with_names():
        key = (one.area.code, one.breakdown.key)
        standing = newest.get(key)
        if standing is None or (one.period.end, one.period.start) > (standing.period.end, standing.period.start):
            newest[key] = one
    return {key: (one.period.code, one.value) for key, one in newest.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(files, st.booleans()), min_size=1, max_size=4))
def test_after_any_writes_latest_and_coverage_are_as_counted_by_hand(
    writes: list[tuple[list[ObservationRow], bool]],
) -> None:
    with transaction.atomic():
        make_catalogue()
        for rows, complete in writes:
            write_rows(rows, complete=complete)
        kept = {(one.area.code, one.breakdown.key): (one.period.code, one.value) for one in Latest.objects.with_names()}
        assert kept == naive_latest()
        current = list(Observation.objects.current().with_value().with_names())
        coverage = SeriesCoverage.objects.get()
        assert coverage.observations == len(current)
        assert coverage.areas == len({one.area_id for one in current})
        assert coverage.countries == len({one.area_id for one in current if one.area.counts_as_country})
        assert set(coverage.periods) == {one.period.code for one in current}
        assert (coverage.first_end, coverage.last_end) == (
            min(one.period.end for one in current),
            max(one.period.end for one in current),
        )
        transaction.set_rollback(True)


def test_a_note_is_written_with_the_first_row_that_has_it_and_once() -> None:
    make_catalogue()
    write_rows([row("KEN", "2015", "5", source="A survey"), row("UGA", "2015", "5", source="A survey")])
    write_rows([row("KEN", "2016", "5", source="A survey", footnote="A survey")])
    assert sorted(Note.objects.values_list("kind", "text")) == [("footnote", "A survey"), ("source", "A survey")]
    assert set(Observation.objects.values_list("source__text", flat=True)) == {"A survey"}
