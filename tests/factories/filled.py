"""Templates downloaded through the product's own page and filled in as a person would, with a spreadsheet's library."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sdg_targets.formats.round_template import COLUMNS, FIRST

MY = "/my/KEN/2026"


def download(client: Client, address: str = f"{MY}/template.xlsx") -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return content_of(answer)


def content_of(answer: Any) -> bytes:
    """Everything that was answered; a stream is read to its end, which closes its file."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def opened(data: bytes) -> Any:
    """The sheet of observations, whatever its name; its book is ``sheet.parent``."""
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]


def saved(sheet: Any) -> bytes:
    made = io.BytesIO()
    sheet.parent.save(made)
    return made.getvalue()


def row_of(sheet: Any, period: str, breakdown: str = "_T", series: str = "SI_RMT_COST") -> int:
    """The row of an observation, as a spreadsheet counts rows."""
    names = {name: at for at, name in enumerate(COLUMNS, start=1)}
    for row in range(FIRST + 1, sheet.max_row + 1):
        said = [sheet.cell(row, names[name]).value for name in ("series", "breakdown", "period")]
        if said == [series, breakdown, period]:
            return row
    raise AssertionError(f"no row of {series} {breakdown} {period}")


def put(sheet: Any, period: str, breakdown: str = "_T", **cells: Any) -> None:
    """Write into the cells of an observation, by column."""
    row = row_of(sheet, period, breakdown)
    for column, value in cells.items():
        sheet.cell(row, COLUMNS.index(column) + 1).value = value


def filled(data: bytes, cells: Mapping[str, Mapping[str, Any]]) -> bytes:
    """A template with these cells written, by period."""
    sheet = opened(data)
    for period, given in cells.items():
        put(sheet, period, **given)
    return saved(sheet)


def changed(data: bytes, change: Callable[[Any], Any]) -> bytes:
    """A template after anything was done to its sheet of observations."""
    sheet = opened(data)
    change(sheet)
    return saved(sheet)


def give(client: Client, data: bytes, *, name: str = "template.xlsx", address: str = f"{MY}/upload/") -> Any:
    """Upload a file as the page's form does; the answer."""
    return client.post(address, {"file": SimpleUploadedFile(name, data), "whole": "1"})
