"""What is asked of a file's rows is asked of the columns it has; the others are as if each of their cells were blank."""

from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.actions.resolving import NUMBERS, _reading
from sdg_targets.domain.rows import COLUMNS, OPTIONAL
from sdg_targets.models import Dataset
from tests.factories import make_catalogue

#: Rows that keep the rules, and rows that break one, as far as the five columns can.
ROWS = (
    ("SI_RMT_COST", "KEN", "2015", "_T", "6.20"),
    ("SI_RMT_COST", "KEN", "2015", "_T", "6.2"),
    ("SI_RMT_COST", "KEN", "2016", "_T", "6.20"),
    ("SI_RMT_COST", "KEN", "2016", "_T", "7"),
    ("SI_RMT_COST", "KEN", "2014", "_T", ""),
    ("SI_RMT_COST", "KEN", "2013", "_T", "1e1000"),
    ("SI_RMT_COST", "KEN", "2012", "SEX=F;AGE=Y0T4", "1"),
    ("NO_SUCH", "ZZZ", "20222", "SEX=X", "x"),
    ("SI_RMT_COST", "UGA", "2999", "_T", "1"),
)
SHORT = ("series", "area", "period", "breakdown", "value")


@pytest.fixture
def dataset(db: None) -> Dataset:
    return make_catalogue()[0]


def written(folder: Path, columns: tuple[str, ...]) -> Path:
    path = folder / f"{len(columns)}.csv"
    lines = [",".join(columns), *(",".join(row + ("",) * (len(columns) - len(row))) for row in ROWS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("more", [1, 4, 8, len(OPTIONAL)])
def test_a_column_that_a_file_lacks_is_as_one_that_is_blank(tmp_path: Path, dataset: Dataset, more: int) -> None:
    told = []
    for columns in (SHORT, (*SHORT, *OPTIONAL[:more])):
        record = import_file(written(tmp_path, columns), dataset=dataset, by=None, options=Options(dry_run=True))
        refusals = record.refusals.order_by("place", "rule").values_list("place", "rule", "column", "found", "expected")
        told.append((record.read, record.new, record.repeated, record.refused, list(refusals)))
    assert told[0] == told[1]
    assert told[0][:4] == (9, 2, 1, 6)


def test_what_a_file_lacks_is_null_in_the_sql_and_nothing_else_is_touched() -> None:
    read = _reading([name for name in COLUMNS if name != "lower_bound"])
    sql = 's.lower_bound is null or lo > hi or low > 1 or x.lo > 1 or xs.lower_bound > 1, "lo"'
    assert read(sql) == 'null::text is null or null::numeric > hi or low > 1 or x.lo > 1 or xs.lower_bound > 1, "lo"'
    assert _reading(COLUMNS)(sql) == sql
    assert set(NUMBERS.values()) <= set(COLUMNS)
