"""What was known when, against a slow second store: every import kept whole in a Python dictionary."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.domain.rows import ObservationRow
from sdg_targets.models import Observation, Revision
from tests.factories import make_catalogue, make_dataset, write_rows
from tests.factories.kept import Content, check_what_is_kept
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
AREAS, PERIODS = ("KEN", "UGA", "001"), ("2014", "2015", "2015-Q4", "2010/2015", "2016")


@dataclass
class Naive:
    """For each dataset what is believed now, and a copy of it after every revision."""

    now: dict[str, Content] = field(default_factory=dict)
    after: list[dict[str, Content]] = field(default_factory=lambda: [{}])

    def write(self, dataset: str, content: Content, *, complete: bool) -> tuple[int, int, int, int]:
        """New, revised, unchanged, withdrawn."""
        old = self.now.get(dataset, {})
        gone = [key for key in old if complete and content and key not in content]
        counts = (
            sum(key not in old for key in content),
            sum(key in old and old[key] != value for key, value in content.items()),
            sum(key in old and old[key] == value for key, value in content.items()),
            len(gone),
        )
        kept = {key: value for key, value in old.items() if key not in gone}
        # A number written otherwise (6.0 for 6) is the same: the first writing stays.
        kept |= {key: value for key, value in content.items() if key not in old or old[key] != value}
        self.now = {**self.now, dataset: kept}
        if counts[0] + counts[1] + counts[3]:
            self.after.append(self.now)
        return counts


def rows_of(content: Content) -> list[ObservationRow]:
    return [
        replace(row(area, period, None if value is None else str(value), breakdown=key), status="L" if value is None else "A")
        for (area, period, key), value in content.items()
    ]  # fmt: skip


def stored(revision: int | None) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for o in Observation.objects.known_at(revision).with_names():
        found.setdefault(o.dataset.code, {})[(o.area.code, o.period.code, o.breakdown.key)] = o.value
    return found


keys = st.tuples(st.sampled_from(AREAS), st.sampled_from(PERIODS), st.sampled_from(["_T", "SEX=F"]))
values = st.none() | st.sampled_from(["1", "1.0", "2", "-3.50", "0"]).map(Decimal)
writes = st.tuples(st.sampled_from(["UNSD-SDG", "UNHCR"]), st.dictionaries(keys, values, max_size=6), st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(writes, min_size=1, max_size=6))
def test_every_moment_reads_as_it_was(done: list[tuple[str, Content, bool]]) -> None:
    with transaction.atomic():
        make_catalogue()
        naive = Naive()
        for dataset, content, complete in done:
            expected = naive.write(dataset, content, complete=complete)
            written = write_rows(rows_of(content), dataset=make_dataset(dataset), complete=complete)
            assert (written.new, written.revised, written.unchanged, written.withdrawn) == expected
        assert Revision.objects.latest_number() == len(naive.after) - 1
        for number, believed in enumerate(naive.after):
            assert stored(number) == {code: content for code, content in believed.items() if content}, number
        assert stored(None) == stored(len(naive.after) - 1)
        check_what_is_kept(naive.now)
        transaction.set_rollback(True)
