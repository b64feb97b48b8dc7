"""Files that nobody should give: broken, mutated, swollen, or made to harm. Each is to be refused with a clear word."""

import gzip
import io
import random
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

HEADING: Final = b"series,area,period,breakdown,value\n"
ROW: Final = b"SI_RMT_COST,KEN,2015,_T,5\n"
LONG: Final = b'{"seriesCode": "SI_RMT_COST", "refAreas": '
MEBIBYTE: Final = 1 << 20
ENTITY: Final = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
FAR_CELL: Final = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)
CONTENT_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
WORKBOOK: Final = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip archive with these members; names may stand twice in other archives, not here."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook(sheet: str | bytes) -> bytes:
    """An XLSX file whose one sheet is this XML."""
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"),
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def lying_zip() -> bytes:
    """A workbook whose directory declares a small size for a member that unpacks to 64 MiB."""
    honest = bytearray(workbook(b" " * (64 * MEBIBYTE)))
    end = honest.rindex(b"PK\x05\x06")
    (at,) = struct.unpack_from("<I", honest, end + 16)
    while honest[at : at + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<HHH", honest, at + 28)
        (size,) = struct.unpack_from("<I", honest, at + 24)
        if size == 64 * MEBIBYTE:
            struct.pack_into("<I", honest, at + 24, 1000)
        at += 46 + name + extra + comment
    return bytes(honest)


def many_members() -> bytes:
    """An archive of a hundred thousand empty files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"data/indicator_1-1-{n}.csv"), b"")
    return made.getvalue()


def tar_with(*members: tuple[str, bytes]) -> bytes:
    """A tar.gz archive of members given by name and type (a link, a device, a file)."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, kind in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            archive.addfile(info)
    return made.getvalue()


def zip_with_the_same_name_twice() -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for value in (b"Year,Value\n2015,1\n", b"Year,Value\n2015,2\n"):
            archive.writestr("data/indicator_10-c-1.csv", value)
    return made.getvalue()


#: What is given, by a name that says what is wrong with it.
FILES: Final[dict[str, Callable[[], bytes]]] = {
    "nothing at all": lambda: b"",
    "a byte order mark alone": lambda: b"\xef\xbb\xbf",
    "blanks alone": lambda: b" \n\t\n" * 1000,
    "a megabyte of NUL": lambda: bytes(MEBIBYTE),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "a PDF document": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "a web page": lambda: b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
    "a program": lambda: b"\x7fELF\x02\x01\x01" + bytes(200),
    "noise": lambda: random.Random(1).randbytes(MEBIBYTE),
    "a heading in UTF-16": lambda: (HEADING + ROW).decode().encode("utf-16"),
    "a heading in UTF-32": lambda: (HEADING + ROW).decode().encode("utf-32"),
    "a cell in cp1252": lambda: HEADING + b"SI_RMT_COST,C\xf4te d'Ivoire,2015,_T,5\n",
    "a cell in Shift JIS": lambda: HEADING + "SI_RMT_COST,日本,2015,_T,5\n".encode("shift_jis"),
    "NUL in a cell": lambda: HEADING + b"SI_RMT_COST,KEN\0,2015,_T,5\n",
    "a lone surrogate": lambda: HEADING + b"SI_RMT_COST,\xed\xa0\x80,2015,_T,5\n",
    "an overlong sequence": lambda: HEADING + b"SI_RMT_COST,\xc0\xaf,2015,_T,5\n",
    "50,000 columns in the heading": lambda: b",".join([HEADING.strip(), *(b"c%d" % n for n in range(50_000))]) + b"\n",
    "50,000 cells in a row": lambda: HEADING + b",".join([b"1"] * 50_000) + b"\n",
    "a column twice": lambda: b"series,series,area,period,breakdown,value\n",
    "a quotation that never ends": lambda: HEADING + b'"' + b"x" * (10 * MEBIBYTE),
    "a line of 20 megabytes": lambda: b"x" * (20 * MEBIBYTE),
    "JSON that is cut": lambda: LONG + b'[{"geoAreaCode": "404", "data": [{"timePeriod": ',
    "JSON nested 100,000 deep": lambda: LONG + b"[" * 100_000,
    "JSON nested 100,000 deep and closed": lambda: LONG + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "JSON whose list is a text": lambda: LONG + b'"none"}',
    "JSON in UTF-16": lambda: (LONG + b"[]}").decode().encode("utf-16"),
    "gzip that is cut": lambda: gzip.compress(HEADING + ROW * 10_000)[:-20],
    "gzip of noise": lambda: gzip.compress(random.Random(2).randbytes(1000)),
    "gzip with other bytes after it": lambda: gzip.compress(HEADING + ROW) + b"and more",
    "gzip of gzip": lambda: gzip.compress(gzip.compress(HEADING + ROW)),
    "gzip whose checksum is wrong": lambda: gzip.compress(HEADING + ROW)[:-8] + bytes(8),
    "a zip archive that is cut": lambda: zipped({"data/indicator_10-c-1.csv": b"Year,Value\n2015,1\n" * 999})[:200],
    "a zip archive of one note": lambda: zipped({"note.txt": b"hello"}),
    "a zip archive that climbs out": lambda: zipped({"../../etc/cron.d/x": b"* * * * * root true\n"}),
    "a zip archive of absolute names": lambda: zipped({"/etc/cron.d/x": b"* * * * * root true\n"}),
    "a zip archive with the same name twice": zip_with_the_same_name_twice,
    "a zip archive of 100,000 members": many_members,
    "a zip archive that unpacks to gigabytes": lambda: zipped(
        {f"data/indicator_1-1-{n}.csv": bytes(300 * MEBIBYTE) for n in range(8)}
    ),
    "a tar archive of links": lambda: tar_with(("data/indicator_10-c-1.csv", tarfile.SYMTYPE)),
    "a tar archive of hard links": lambda: tar_with(("data/indicator_10-c-1.csv", tarfile.LNKTYPE)),
    "a tar archive of devices": lambda: tar_with(("data/indicator_10-c-1.csv", tarfile.CHRTYPE)),
    "a tar archive that climbs out": lambda: tar_with(("../../tmp/x.csv", tarfile.REGTYPE)),
    "a workbook of external entities": lambda: workbook(ENTITY),
    "a workbook with a cell at its furthest corner": lambda: workbook(FAR_CELL),
    "a workbook whose sizes lie": lying_zip,
    "a workbook that unpacks to gigabytes": lambda: workbook(bytes(2200 * MEBIBYTE)),
    "a workbook whose sheet is no XML": lambda: workbook(b"<<<<\0\0"),
    "a text document": lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}),
    "an OLE file of noise": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(100_000),
    "an OLE file that is cut": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


def mutations(data: bytes, *, seed: int, count: int) -> Iterator[bytes]:
    """Bytes that were damaged on the way: cut, flipped, doubled, swapped or filled with NUL; the same for a seed."""
    chance = random.Random(seed)
    for _ in range(count):
        at, length = chance.randrange(max(1, len(data))), chance.randrange(1, 200)
        damage = chance.choice(("cut", "flip", "double", "drop", "nul", "noise"))
        if damage == "cut":
            yield data[:at]
            continue
        piece = data[at : at + length]
        put = {
            "flip": bytes(byte ^ (1 << chance.randrange(8)) for byte in piece),
            "double": piece * 2,
            "drop": b"",
            "nul": bytes(len(piece)),
            "noise": chance.randbytes(len(piece)),
        }[damage]
        yield data[:at] + put + data[at + length :]
