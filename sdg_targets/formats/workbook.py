"""Workbooks (XLSX and the older XLS) as sheets of cells: the one place where a spreadsheet's bytes are opened."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Final

from python_calamine import CalamineError, CalamineWorkbook

from sdg_targets.domain.rows import FileProblem

Cell = str | int | float | bool | date | datetime | time | timedelta
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook by name, in order; each is a list of rows of cells, from the first row of the sheet on.

    A blank cell is an empty text. Row ``n`` of a sheet is ``sheets[name][n - 1]``.
    """

    sheets: dict[str, list[list[Cell]]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.sheets)


def is_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of a zip archive or of an OLE file, as workbooks are."""
    return head.startswith((_ZIP, _OLE))


def open_workbook(stream: IO[bytes]) -> Workbook:
    """Read every sheet. Errors: ``FileProblem``."""
    try:
        book = CalamineWorkbook.from_filelike(stream)
        return Workbook(
            {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        )
    except CalamineError as error:
        raise FileProblem(f"This workbook cannot be read: {error}.") from error
