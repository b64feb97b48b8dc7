"""CSV by COPY: whole, quoted by the driver, and nothing is left behind when the reader goes away."""

import csv
import io
import threading
import time
import tracemalloc

import pytest
from django.db import DatabaseError, connection

from sdg_targets.web.streams import copy_csv, csv_response

pytestmark = pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own


def _copies() -> int:
    """COPY statements that run on the server at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and state = 'active' and query like 'copy (%'"
        )
        return int(cursor.fetchone()[0])


def _settles(seconds: float = 5) -> bool:
    """Whether, soon, no COPY runs and no thread of one is left."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not _copies() and not [t for t in threading.enumerate() if t.name == "copy-to-csv"]:
            return True
        time.sleep(0.05)
    return False


def test_parameters_are_values_whatever_they_look_like() -> None:
    nasty = "'); drop table x; -- \\ \" , % \n é"
    found = list(csv.reader(io.StringIO(b"".join(copy_csv("select %s as said, 1 as n", [nasty])).decode())))
    assert found == [["said", "n"], [nasty, "1"]]


def test_a_long_result_comes_in_blocks_and_whole() -> None:
    blocks = list(copy_csv("select n, repeat('x', 50) from generate_series(1, %s) n", [100_000]))
    assert len(blocks) > 10
    assert max(map(len, blocks)) <= 1 << 16
    assert b"".join(blocks).count(b"\n") == 100_001
    assert _settles()


def test_a_reader_who_goes_away_ends_the_query() -> None:
    stream = copy_csv("select n, repeat('x', 50) from generate_series(1, %s) n", [50_000_000])
    assert next(iter(stream)).startswith(b"n,")
    stream.close()  # type: ignore[attr-defined]
    assert _settles()


def test_a_response_that_is_never_read_starts_nothing() -> None:
    csv_response("select pg_sleep(30)", [], name="x.csv").close()
    assert _settles(1)


def test_a_query_that_fails_is_an_error_of_the_reader_and_leaves_nothing() -> None:
    with pytest.raises(DatabaseError, match="division by zero"):
        list(copy_csv("select 1 / (n - 5) from generate_series(1, 10) n", []))
    assert _settles()


def test_a_file_has_its_name() -> None:
    response = csv_response("select 1 as n", [], name="observations-revision-4.csv")
    assert response["Content-Disposition"] == 'attachment; filename="observations-revision-4.csv"'
    assert b"".join(response) == b"n\n1\n"  # type: ignore[arg-type]


def test_memory_stays_flat_however_long_the_result_is() -> None:
    """A hundred times the rows pass through; what the process holds at most does not follow."""

    def most(rows: int) -> int:
        tracemalloc.start()
        size = sum(map(len, copy_csv("select n, repeat('x', 200) from generate_series(1, %s) n", [rows])))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > rows * 200
        return peak

    most(100)
    assert most(200_000) < most(2_000) + 1_000_000
