"""Two ways into the staging table, rows of a reader and bytes as they are: what they leave there is the same."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.actions import filling, resolving, staging
from sdg_targets.domain.rows import COLUMNS, FileProblem, ObservationRow, Problem
from sdg_targets.formats import plain_csv
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

#: What people, spreadsheets and COPY itself give a meaning to.
odd = st.sampled_from([r"\N", r"\.", "NULL", '"', ",", "\t", "\\", "a\nb", "a\r\nb", "\r", " ", "é", "\ufeff", "'"])
texts = st.none() | st.lists(odd | st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))), max_size=3).map(
    "".join
)  # fmt: skip
rows = st.builds(
    ObservationRow,
    place=st.just(""),
    **{name: texts.map(lambda text: text or "x") for name in ("series", "area", "period", "breakdown")},
    **{name: texts for name in COLUMNS if name not in ("place", *plain_csv.KEY)},
)


def staged() -> list[tuple[str | None, ...]]:
    columns = ", ".join(f'"{name}"' for name in COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.execute(f"select {resolving.PLACE}, {columns} from staging s order by n")
        return list(cursor.fetchall())


def by_bytes(content: bytes) -> list[tuple[str | None, ...]]:
    with transaction.atomic():
        staging.create_tables()
        stream = io.BytesIO(content)
        filling.fill_with_csv(stream, plain_csv.heading(stream.readline()))
        return staged()


def by_rows(content: bytes) -> list[tuple[str | None, ...]]:
    with transaction.atomic():
        staging.create_tables()
        assert filling.fill_with_rows(plain_csv.read(io.BytesIO(content)).items) == []
        return staged()


@QUIET
@given(st.lists(rows, max_size=6), st.sampled_from(["our own", "\n", "\r\n"]))
def test_bytes_and_rows_leave_the_same_in_staging(given_rows: list[ObservationRow], written: str) -> None:
    """Every cell, and the line on which each row begins; a blank is no text, also between quotation marks."""
    out = io.StringIO(newline="")
    if written == "our own":
        plain_csv.write(given_rows, out)
    else:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=written)
        writer.writerow(COLUMNS[1:])
        for one in given_rows:
            writer.writerow(["" if cell is None else cell for cell in one.cells()[1:]])
    content = out.getvalue().encode()
    left = by_bytes(content)
    assert left == by_rows(content)
    assert [cells[1:] for cells in left] == [tuple(cell or None for cell in one.cells()[1:]) for one in given_rows]


def test_what_a_reader_raises_in_the_midst_of_a_file_comes_out_as_it_is() -> None:
    def reading() -> Iterator[ObservationRow]:
        yield row()
        raise FileProblem("broken on purpose")

    staging.create_tables()
    with pytest.raises(FileProblem, match="broken on purpose"), transaction.atomic():
        filling.fill_with_rows(reading())


def test_problems_come_back_and_rows_go_in() -> None:
    problem = Problem("line 3", "value", "R02", "x", "a number")
    with transaction.atomic():
        staging.create_tables()
        assert filling.fill_with_rows([row(), problem, replace(row(), area="UGA")]) == [problem]
        assert [cells[2] for cells in staged()] == ["KEN", "UGA"]


def test_rows_go_by_in_small_pieces_however_they_are_asked_for() -> None:
    """The driver asks for blocks of bytes; what it gets, put together, is the same whatever their size."""
    given_rows = [replace(row(), area=f"A{number}", source="é\t\n" * number) for number in range(20)]
    whole = filling._RowStream(iter(given_rows)).read()
    for size in (1, 2, 7, 64, 1000):
        stream = filling._RowStream(iter(given_rows))
        parts = list(iter(lambda stream=stream, size=size: stream.read(size), b""))  # type: ignore[misc]
        assert b"".join(parts) == whole
        assert max(map(len, parts)) <= size
