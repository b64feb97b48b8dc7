"""What a file is, by its content: documents, tables, pictures and plain text that are taken as evidence, and nothing else.

The name that came with it says nothing. Sources: the signatures of PDF (ISO 32000), PNG (ISO/IEC 15948) and JPEG
(ISO/IEC 10918-1); the parts of Office Open XML (ECMA-376) and of OpenDocument packages (ISO/IEC 26300).
"""

import zipfile
from pathlib import Path
from typing import Final

from sdg_targets.domain.rows import FileProblem

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TEXT: Final = "text/plain"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
#: Kinds of files that are taken, with the ending under which each is given back.
ENDINGS: Final = {
    PDF: ".pdf",
    PNG: ".png",
    JPEG: ".jpg",
    TEXT: ".txt",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    f"{_OFFICE}spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}presentationml.presentation": ".pptx",
    f"{_OPEN}text": ".odt",
    f"{_OPEN}spreadsheet": ".ods",
    f"{_OPEN}presentation": ".odp",
}
_PARTS: Final = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_SIGNATURES: Final = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
#: An archive of more parts than any document has is none.
_MOST_PARTS: Final = 20_000
_BLOCK: Final = 1 << 20
WANTED: Final = "PDF, PNG, JPEG, DOCX, XLSX, PPTX, ODT, ODS, ODP or plain text in UTF-8"


def media_type_of(path: Path) -> str:
    """The media type of a stored file. Errors: ``FileProblem`` for what is none of those that are taken."""
    with open(path, "rb") as stream:
        head = stream.read(8)
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    found = _in_archive(path) if head.startswith(b"PK\x03\x04") else TEXT if _is_text(path) else None
    if found is None:
        raise FileProblem(f"This kind of file is not taken as evidence. Give {WANTED}.")
    return found


def _in_archive(path: Path) -> str | None:
    """What a document that is a ZIP archive is; nothing of it is unpacked but the few bytes that name an OpenDocument."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if len(names) > _MOST_PARTS:
                return None
            if any(name.rpartition("/")[2].lower() == "vbaproject.bin" or name.startswith("Basic/") for name in names):
                raise FileProblem("The document holds macros. Save it without them and give it again.")
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return said if said in ENDINGS else None
            return next((kind for part, kind in _PARTS.items() if part in names), None)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FileProblem("The document is damaged: it cannot be opened.") from error


def _is_text(path: Path) -> bool:
    """Whether every byte of it is UTF-8 without control characters; and it does not pretend to be a page or a program."""
    allowed = {"\n", "\r", "\t", "\f", "\N{ZERO WIDTH NO-BREAK SPACE}"}
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            first = stream.read(1024).lstrip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n").lower()
            if first.startswith(("<", "#!", "mz", "{\\rtf")):
                return False
            stream.seek(0)
            while block := stream.read(_BLOCK):
                if any(sign < " " and sign not in allowed for sign in set(block)):
                    return False
    except UnicodeDecodeError:
        return False
    return True
