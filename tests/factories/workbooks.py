"""Workbooks made in memory: as a spreadsheet writes them, or with a sheet, a part or a header of one's own."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
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


def in_the_manner_of_libreoffice(rows: Sequence[Sequence[Any]]) -> bytes:
    """An XLSX as LibreOffice writes one: long attributes, inline strings, styles of its own for dates, formulas with results.

    Its heading is that of a filled template; a day is the number of days with LibreOffice's format, a number is a formula.
    """
    heading = ["series", "breakdown", "period", "value"]
    lines = "".join(
        f'<row r="{at}" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false">'
        + "".join(_libreoffice_cell(f"{'ABCD'[column]}{at}", cell) for column, cell in enumerate(row))
        + "</row>"
        for at, row in enumerate([heading, *rows], start=1)
    )
    styles = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2">'
        '<numFmt numFmtId="164" formatCode="General"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="164"/></cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="false"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="false"/></cellXfs></styleSheet>'
    )
    return repacked(with_rows(lines), {"xl/styles.xml": styles.encode(), "xl/sharedStrings.xml": None})


def _libreoffice_cell(place: str, cell: Any) -> str:
    if cell is None:
        return f'<c r="{place}" s="0"/>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="1"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}" s="0"><f aca="false">{cell / 2}*2</f><v>{cell}</v></c>'
    return f'<c r="{place}" s="0" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>'
