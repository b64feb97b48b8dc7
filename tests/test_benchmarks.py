"""The benchmarks begin: a change of the tables that breaks their synthetic rows is noticed before somebody measures."""

import importlib

import pytest
from django.db import connection

from benchmarks.__main__ import ALL
from benchmarks.scratch import REFERENCES
from sdg_targets.models import Area, Revision, Series


@pytest.mark.django_db
def test_the_synthetic_references_are_rows_of_today_s_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFERENCES, {"series": 2, "areas": 3, "years": 4})
    assert (Series.objects.count(), Area.objects.count()) == (2, 3) and Revision.objects.exists()


def test_every_benchmark_that_can_be_named_is_a_program() -> None:
    assert all(callable(importlib.import_module(f"benchmarks.{name}").main) for name in ALL)
