"""Workbooks made in memory: as a spreadsheet writes them, or with a sheet, a part or a header of one's own."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
_END = "</sheetData></worksheet>"


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """An XLSX with these rows in these sheets; a text is written as text, whatever it looks like."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    elif cell is not None:
                        sheet.write(r, c, cell)
    return made.getvalue()


def repacked(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """An archive with some parts replaced, added or (``None``) left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys((*old.namelist(), *parts)):
            content = parts[name] if name in parts else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()


def with_rows(xml: str, *, before: str = "") -> bytes:
    """An XLSX whose one sheet, ``Data``, has these rows of XML as they are."""
    return repacked(
        workbook(Data=[["x"]]),
        {SHEET: _BEGIN.replace("<worksheet", before + "<worksheet", 1).encode() + (xml + _END).encode()},
    )
