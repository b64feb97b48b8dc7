"""Rows by the names of their columns, and cells as text: what readers of wide files and of workbooks have in common."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, Problem

from .workbook import Cell


def need_columns(names: Sequence[str], needed: Iterable[str]) -> None:
    """Errors: ``FileProblem`` that names the columns which a heading lacks."""
    if missing := sorted(set(needed) - set(names)):
        raise FileProblem(f"The heading lacks: {', '.join(missing)}.")


def named_rows(
    rows: Iterator[tuple[int, list[str]]], names: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]] | Problem]:
    """The rows of a CSV file as place and trimmed cells by name; one of another width is a problem."""
    for line, cells in rows:
        if len(cells) == len(names):
            yield f"line {line}", {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        else:
            yield Problem(f"line {line}", "", "R03", f"{len(cells)} cells", f"{len(names)} cells, as in the heading")


def cell_text(cell: Cell) -> str:
    """A cell of a workbook as text: whole numbers without decimals, other numbers with every digit, days in ISO form."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def count_of(text: str) -> int:
    """A number of people. Errors: ``NumberError`` where it is no whole number from 0 on."""
    plain = plain_number(text)
    if not plain.isdigit():
        raise NumberError("a whole number, not below 0")
    return int(plain)
