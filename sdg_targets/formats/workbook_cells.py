"""A program of its own: one workbook on standard input, its cells as lines of JSON on standard output.

``workbook.py`` runs it in a process that can be lost: a hostile sheet that names its last possible cell, a library that
panics, a loop without end take this process and nothing else. So it limits itself first, and imports nothing of the
product. An archive is checked by what it declares, then unpacked and counted, and what was counted is what is parsed.

Lines: ``{"kind": "xlsx"}``; for each sheet ``{"sheet": name}`` and its rows, each a list of cells from column A and
row 1 on; at the end ``{"end": true}``, or ``{"problem": "..."}`` in words for whoever gave the file. A cell is a text
(blank where there is nothing), a number, a truth value, a pair of a kind of time and its ISO form, or, of an XLSX, the pair
``["percent", 0.062]`` where 6.2% is shown.
"""

import io
import json
import math
import re
import resource
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

MIB: Final = 1024**2
#: Limits of this process: memory, seconds of computing, bytes of answer.
MEMORY: Final = 1536 * MIB
SECONDS: Final = 60
ANSWER: Final = 256 * MIB
#: Limits of an archive: its parts, what they unpack to, and how many times their size that is where it is much.
MAX_PARTS: Final = 2_000
MAX_UNPACKED: Final = 256 * MIB
MAX_RATIO: Final = 200
RATIO_FROM: Final = 16 * MIB
#: Limits of a workbook: cells (blank ones between filled ones included) and columns, as many as Excel has.
MAX_CELLS: Final = 5_000_000
MAX_COLUMNS: Final = 16_384
#: What stands for a formula whose result the file does not hold.
NO_RESULT: Final = "#FORMULA!"

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_READ: Final = re.compile(r"(xl/.*|\[Content_Types\])\.xml|_rels/.*|xl/.*\.rels")
_SHEET: Final = re.compile(r"xl/(?!_rels/).*sheet.*\.xml", re.IGNORECASE)
_DECLARES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHERS: Final = (
    ("word/", "a text document (DOCX)"),
    ("ppt/", "a presentation (PPTX)"),
    ("content.xml", "an OpenDocument file"),
    ("xl/workbook.bin", "a binary workbook (XLSB)"),
)
#: The library leaves an error, and a formula without a result, blank: both are made texts before it reads them.
_ERROR: Final = re.compile(rb"(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(?:\"e\"|'e')")
_FORMULA: Final = re.compile(
    rb"<((?:\w+:)?)c(\s[^<>]*)?>\s*(?:<(?:\w+:)?f(?:\s[^<>]*)?/>|<(?:\w+:)?f(?:\s[^<>]*)?>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
#: What the library does not say of a number: that it is shown as a percentage. Such a number is marked by a sign that no
#: alphabet has, and taken for one again when it comes out.
PERCENT: Final = "\ue025"
_STYLES: Final = "xl/styles.xml"
_FORMAT: Final = re.compile(rb"<(?:\w+:)?numFmt\s[^<>]*>")
_FORMAT_ID: Final = re.compile(rb"\snumFmtId\s*=\s*[\"']([0-9]+)[\"']")
_FORMAT_CODE: Final = re.compile(rb"\sformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LITERAL: Final = re.compile(rb"&quot;.*?&quot;|\\.")
_CELL_STYLES: Final = re.compile(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_STYLE: Final = re.compile(rb"<(?:\w+:)?xf\s[^<>]*>")
_TYPE: Final = re.compile(rb"\st\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Refused(Exception):  # noqa: N818 - what this program says of a file
    """Why the file is not read, in words for whoever gave it."""


def main() -> None:
    """Answer for the file on standard input."""
    limit()
    try:
        for line in answer(sys.stdin.buffer):
            sys.stdout.write(line)
        problem = ""
    except Refused as refused:
        problem = str(refused)
    except MemoryError:
        problem = f"it needs more than {MEMORY // MIB} MiB of memory"
    except PasswordError:
        problem = "it is protected by a password"
    except CalamineError as error:
        problem = f"it is damaged, or no workbook ({str(error)[:200]})"
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the library panics with an exception that is none of Python's
        problem = f"it is damaged ({type(error).__name__}: {str(error)[:200]})"
    sys.stdout.write(json.dumps({"problem": problem} if problem else {"end": True}) + "\n")


def limit() -> None:
    """Take from this process what it must not have."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))  # the first ends it by a signal that says why


def answer(given: IO[bytes]) -> Iterator[str]:
    """The lines for a workbook. Errors: ``Refused``, and whatever the library raises."""
    old = given.read(len(_OLE)) == _OLE
    given.seek(0)
    yield json.dumps({"kind": "xls" if old else "xlsx"}) + "\n"
    if old:
        data = given.read()
        if _LOCKED in data:
            raise Refused("it is protected by a password")
        yield from sheets_of(CalamineWorkbook.from_filelike(io.BytesIO(data)))
        return
    with tempfile.TemporaryFile() as counted:
        copy_counted(given, counted)
        counted.seek(0)
        yield from sheets_of(CalamineWorkbook.from_filelike(counted))


def copy_counted(given: IO[bytes], into: IO[bytes]) -> None:
    """Copy the parts that are read into an archive of their own, checked and counted. Errors: ``Refused``."""
    try:
        with zipfile.ZipFile(given) as archive, zipfile.ZipFile(into, "w") as kept:
            check_declared(archive.infolist())
            left, percent = MAX_UNPACKED, None
            for part in sorted(archive.infolist(), key=lambda part: part.filename != _STYLES):
                data = unpacked(archive, part, left)
                left -= len(data)
                if part.filename == _STYLES:
                    percent = percentages(data)
                if _READ.fullmatch(part.filename):
                    kept.writestr(part.filename, as_read(part.filename, data, percent))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError, ValueError) as error:
        raise Refused(f"its archive is damaged or cut off ({str(error)[:200]})") from error


def check_declared(parts: list[zipfile.ZipInfo]) -> None:
    """What an archive says of itself is believed where it speaks against it. Errors: ``Refused``."""
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        raise Refused(f"its archive has {len(parts)} parts, more than {MAX_PARTS}")
    if len(set(names)) < len(names):
        raise Refused("its archive has two parts of the same name")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("it is protected by a password")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused("its archive is packed in a way that workbooks are not")
    large = sum(part.file_size for part in parts)
    if large > MAX_UNPACKED:
        raise Refused(f"it unpacks to {large // MIB} MiB, more than {MAX_UNPACKED // MIB}")
    if large > RATIO_FROM and large > MAX_RATIO * sum(part.compress_size for part in parts):
        raise Refused(f"it unpacks to more than {MAX_RATIO} times its size")
    if "xl/workbook.xml" not in names:
        other = next((what for start, what in _OTHERS if any(name.startswith(start) for name in names)), "")
        raise Refused(f"it is {other or 'an archive of other files'}, not an XLSX workbook: save it as XLSX")


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """A part's bytes, counted: the size that is declared can be a lie. Errors: ``Refused``."""
    declared, part.file_size = part.file_size, left + 2  # the archive's reader would stop where the lie says
    with archive.open(part) as stream:
        data = stream.read(left + 1)
    if len(data) > left:
        raise Refused(f"it unpacks to more than {MAX_UNPACKED // MIB} MiB")
    if len(data) != declared:
        raise Refused(f"its archive says that {part.filename[:80]} has {declared} bytes; it has {len(data)}")
    return data


def percentages(styles: bytes) -> re.Pattern[bytes] | None:
    """What finds the numbers that are shown as percentages, with their cells; ``None`` where no style shows any."""
    formats = {b"9", b"10"}  # the two that every spreadsheet has
    for declared in _FORMAT.findall(styles):
        number, code = _FORMAT_ID.search(declared), _FORMAT_CODE.search(declared)
        if number and code and b"%" in _LITERAL.sub(b"", code[1] or code[2] or b""):
            formats.add(number[1])
    cells = _CELL_STYLES.search(styles)
    numbers = (_FORMAT_ID.search(style) for style in _CELL_STYLE.findall(cells[0] if cells else b""))
    shown = [str(at).encode() for at, number in enumerate(numbers) if number and number[1] in formats]
    if not shown:
        return None
    return re.compile(
        rb"<((?:\w+:)?)c(\s(?:[^<>]*\s)?s\s*=\s*[\"'](?:%b)[\"'][^<>]*)>\s*"
        rb"(?:<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?"
        rb"<(?:\w+:)?v>([^<]+)</(?:\w+:)?v>\s*</(?:\w+:)?c>" % b"|".join(shown)
    )


def as_read(name: str, data: bytes, percent: re.Pattern[bytes] | None) -> bytes:
    """A part as it is given to the library. Errors: ``Refused`` where it declares a document type or entities."""
    if _DECLARES.search(data):
        raise Refused(f"its part {name[:80]} declares a document type or entities, as no workbook does")
    if b"\0" in data:
        raise Refused(f"its part {name[:80]} is damaged: it holds a NUL, which is no text")
    if not _SHEET.fullmatch(name):
        return data
    if b'"e"' in data or b"'e'" in data:  # a look for what is rare takes a tenth of the time of a replacement
        data = _ERROR.sub(rb'\1"str"', data)
    if b"<f" in data or b":f" in data:
        data = _FORMULA.sub(_without_result, data)
    return percent.sub(_marked, data) if percent else data


def _without_result(match: re.Match[bytes]) -> bytes:
    if _kind(match) == b"str":
        return match[0]  # a formula whose result is an empty text
    return _text_cell(match, NO_RESULT.encode())


def _marked(match: re.Match[bytes]) -> bytes:
    if _kind(match) not in (b"", b"n"):
        return match[0]  # a text, an error, a truth value: whatever its style
    return _text_cell(match, PERCENT.encode() + match[3])


def _kind(match: re.Match[bytes]) -> bytes:
    """The type that the attributes of a cell say."""
    found = _TYPE.search(match[2] or b"")
    return (found[1] or found[2] or b"") if found else b""


def _text_cell(match: re.Match[bytes], text: bytes) -> bytes:
    """The same cell with a text in it."""
    prefix, attributes = match[1], _TYPE.sub(b"", match[2] or b"")
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (prefix, attributes, prefix, text, prefix, prefix)


def sheets_of(book: CalamineWorkbook) -> Iterator[str]:
    """Each sheet and its rows. Errors: ``Refused`` where there are more cells than are read."""
    cells = 0
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        rows, columns = (last + 1 for last in sheet.end or (-1, -1))
        if columns > MAX_COLUMNS:
            raise Refused(f"its sheet {about.name} has {columns} columns, more than {MAX_COLUMNS}")
        cells += rows * columns
        if cells > MAX_CELLS:
            raise Refused(f"it has more than {MAX_CELLS} cells (up to sheet {about.name})")
        yield json.dumps({"sheet": about.name}) + "\n"
        yield from rows_of(sheet)


def rows_of(sheet: CalamineSheet) -> Iterator[str]:
    """The rows of a sheet from its first cell on, whichever is the first filled one."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        try:
            line = _line(before + row)
            if _MARK in line:
                line = _line([*before, *map(_percent, row)])
        except ValueError:  # a number that is none, which JSON has no word for
            line = _line([*before, *(str(cell) if _is_none(cell) else cell for cell in row)])
        yield line + "\n"


def _is_none(cell: Any) -> bool:
    return isinstance(cell, float) and not math.isfinite(cell)


def _percent(cell: Any) -> Any:
    """A marked number as what it is; every other cell as it is."""
    if not isinstance(cell, str) or not cell.startswith(PERCENT):
        return cell
    try:
        return ["percent", float(cell.removeprefix(PERCENT))]
    except ValueError:
        return cell


def _as_json(cell: datetime | date | time | timedelta) -> list[str | float]:
    """What JSON cannot say by itself, as its kind and its ISO form (seconds, for a span of time)."""
    kind = type(cell).__name__
    return [kind, cell.total_seconds() if isinstance(cell, timedelta) else cell.isoformat()]


#: A number is written as the shortest text that reads back as the same number.
_line: Final = json.JSONEncoder(allow_nan=False, default=_as_json).encode
#: The mark as JSON writes it.
_MARK: Final = json.dumps(PERCENT).strip('"')


if __name__ == "__main__":
    main()
