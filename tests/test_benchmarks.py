"""The benchmarks begin: a change of the tables that breaks their synthetic rows is noticed before somebody measures."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from benchmarks import synthetic
from benchmarks.__main__ import ALL
from benchmarks.rounds import in_turns
from benchmarks.scratch import make_references
from sdg_targets.actions.imports import import_file
from sdg_targets.models import Area, Dataset, Revision, Series

SMALL = synthetic.Shape(series=8, areas=6, years=5, breakdowns=3)


@pytest.mark.django_db
def test_the_synthetic_references_are_rows_of_today_s_tables() -> None:
    with connection.cursor() as cursor:
        make_references(cursor, series=2, areas=3, years=4)
    assert (Series.objects.count(), Area.objects.count()) == (2, 3) and Revision.objects.exists()


def test_every_benchmark_that_can_be_named_is_a_program() -> None:
    assert all(callable(importlib.import_module(f"benchmarks.{name}").main) for name in ALL)


def test_the_synthetic_file_is_the_same_each_time_and_as_long_as_its_shape_says() -> None:
    first, again = (list(synthetic.lines(SMALL)) for _turn in range(2))
    assert first == again and len(first) == SMALL.rows
    assert list(synthetic.lines(SMALL, seed=21)) != first
    assert (synthetic.MILLION.rows, synthetic.TEN_MILLION.rows) == (1_000_000, 10_000_000)
    assert len(set(synthetic.breakdown_keys(29))) == 29


@pytest.mark.django_db
def test_one_synthetic_row_in_so_many_is_refused_and_every_slip_by_a_rule(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    with path.open("w", encoding="utf-8") as stream:
        synthetic.write(SMALL, stream, broken_each=20)
    with connection.cursor() as cursor:
        make_references(cursor, series=SMALL.series, areas=SMALL.areas, years=SMALL.years)
    record = import_file(path, dataset=Dataset.objects.get(), by=None)
    assert (record.read, record.refused) == (SMALL.rows, SMALL.rows // 20)
    refused = {refusal.rule for refusal in record.refusals.all()}
    assert {"V01", "V02", "V03", "V05", "V07", "V09", "V13", "V15"} <= refused


def test_ratios_are_those_of_the_rounds() -> None:
    values = iter((1.0, 3.0, 2.0, 4.0, 1.0, 9.0))
    measured = in_turns(3, {"reference": lambda: next(values), "other": lambda: next(values)})
    assert measured["other"].ratio_to(measured["reference"]) == 3.0
    assert measured["reference"].least == 1.0


@pytest.mark.slow
def test_every_benchmark_of_the_limits_runs_at_a_small_size() -> None:
    """Each makes a database of its own, so it runs in a process of its own."""
    program = """
from benchmarks import api, exports, growth, imports, synthetic, templates
small = synthetic.Shape(series=24, areas=6, years=5, breakdowns=3)
imports.main(small, rounds=1)
exports.main(small, rounds=1)
api.main(small, rounds=1, seconds=0.3)
growth.AREA = "A3"
growth.main(small, small, small)
templates.main(series=4, breakdowns=3, years=5, rounds=1)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent
    )
    assert done.returncode == 0, done.stderr
    for said in (
        "import, all rows new",
        "COPY (the same query)",
        "country profile: the API",
        "map: one year",
        "upload and preview",
    ):
        assert said in done.stdout
