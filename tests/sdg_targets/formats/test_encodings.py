"""In which encoding a file is: UTF-8 where it can be, cp1252 where it must be, refused where it is neither."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.encodings import encoding_of


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", "utf-8"),
        (b"Value,1", "utf-8"),
        (b"\xef\xbb\xbfValue", "utf-8"),
        ("Côte d’Ivoire".encode(), "utf-8"),
        ("Côte d’Ivoire".encode("cp1252"), "cp1252"),
        (b"1\xa0013", "cp1252"),
        (b"last sign \xe9", "cp1252"),
    ],
)
def test_what_can_be_utf8_is_utf8_and_the_rest_is_cp1252(content: bytes, encoding: str) -> None:
    stream = io.BytesIO(content)
    assert encoding_of(stream) == encoding
    assert stream.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        "Côte d’Ivoire, Réunion".encode()[:-6],  # cut inside a sign
        "Côte".encode() + b" and \xe9 alone",  # two encodings in one file
        b"\xef\xbb\xbfValue \xe9",  # the mark of UTF-8, and something else
        b"caf\xe9 \x81",  # a byte that cp1252 does not have
    ],
)
def test_damaged_text_is_refused_and_never_guessed(content: bytes) -> None:
    with pytest.raises(FileProblem):
        encoding_of(io.BytesIO(content))


@given(st.text())
def test_all_text_in_utf8_is_known_as_such(text: str) -> None:
    assert encoding_of(io.BytesIO(text.encode("utf-8", "ignore"))) == "utf-8"
