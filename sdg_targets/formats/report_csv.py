"""Lists for a spreadsheet, as CSV whose cells are never taken for formulas."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from sdg_targets.domain.numbers import is_plain_number

#: A cell that begins with one of these is a formula to some spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: What tells a spreadsheet that the text is UTF-8.
MARK: Final = "\N{BYTE ORDER MARK}"


def as_text(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would calculate; a plain number such as -5 stays."""
    dangerous = cell.startswith(_FORMULA) and not is_plain_number(cell)
    return f"'{cell}" if dangerous else cell


def lines(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A heading and rows as lines of CSV, one after the other as they are asked for."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield MARK
    for row in chain([heading], rows):
        writer.writerow(as_text(cell) for cell in row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
