"""The kind of a file is told by its content; what pretends, holds macros, or is a page or a program is refused."""

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.file_types import ENDINGS, JPEG, PDF, PNG, TEXT, media_type_of


def archive(*names: str, mimetype: str = "") -> bytes:
    """A ZIP archive of small parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument."
ODT = "application/vnd.oasis.opendocument.text"
KNOWN = [
    (b"%PDF-1.7\n...", PDF),
    (b"\x89PNG\r\n\x1a\n....", PNG),
    (b"\xff\xd8\xff\xe0....", JPEG),
    ("Enquête, 2 015 ménages\n".encode(), TEXT),
    ("\ufeffyear;value\n2015;8,4\n".encode(), TEXT),
    (archive("[Content_Types].xml", "word/document.xml"), f"{OFFICE}wordprocessingml.document"),
    (archive("xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
    (archive("content.xml", mimetype=ODT), ODT),
]  # fmt: skip
REFUSED = [
    b"<!DOCTYPE html><script>alert(1)</script>",
    b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'/>",
    b"#!/bin/sh\nrm -rf /\n",
    b"MZ\x90\x00\x03",
    b"\x7fELF\x02\x01",
    b"{\\rtf1}",
    b"GIF89a\x01\x00",
    "latin-1: é".encode("latin-1"),
    b"a\0b",
    archive("anything.txt"),
    archive("xl/workbook.xml", "xl/vbaProject.bin"),
    archive("content.xml", "Basic/Standard/Module1.xml", mimetype=ODT),
    archive("content.xml", mimetype="application/x-msdownload"),
    archive("xl/workbook.xml")[:40],
]


@pytest.mark.parametrize(("content", "expected"), KNOWN, ids=range(len(KNOWN)))  # an archive holds the time
def test_what_is_taken_is_known_by_its_content(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "invoice.exe"
    path.write_bytes(content)
    assert media_type_of(path) == expected
    assert expected in ENDINGS


@pytest.mark.parametrize("content", REFUSED, ids=range(len(REFUSED)))
def test_what_is_none_of_them_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=r"\."):
        media_type_of(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_kind_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    for whole in (content, b"PK\x03\x04" + content):
        path.write_bytes(whole)
        with contextlib.suppress(FileProblem):
            assert media_type_of(path) in ENDINGS
