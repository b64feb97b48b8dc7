"""In which encoding a text file is written: UTF-8, or the Windows code page of Western Europe, or neither.

Publishers' downloads are UTF-8; a file that went through a spreadsheet is often cp1252 (``é`` is one byte, E9; a
non-breaking space is A0). Any bytes at all can be read as cp1252, so it is believed only where the bytes cannot be
UTF-8 that was damaged on the way.
"""

import codecs
from typing import IO, Final

from sdg_targets.domain.rows import FileProblem

UTF8: Final = "utf-8"
CP1252: Final = "cp1252"
_BLOCK: Final = 1 << 20


def encoding_of(stream: IO[bytes]) -> str:
    """``utf-8`` or ``cp1252``; the stream stands at its beginning again afterwards.

    Errors: ``FileProblem`` where it is neither, or where it is UTF-8 that was cut or damaged.
    """
    try:
        return _checked(stream)
    finally:
        stream.seek(0)


def _checked(stream: IO[bytes]) -> str:
    decoder = codecs.getincrementaldecoder(UTF8)()
    wide_signs = False
    for block in iter(lambda: stream.read(_BLOCK), b""):
        try:
            wide_signs = wide_signs or not decoder.decode(block).isascii()
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(UTF8)
            return _windows(stream, damaged=wide_signs or not before.isascii())
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # One byte at the very end may as well be a letter of cp1252; after signs of UTF-8 it is a cut.
        return _windows(stream, damaged=wide_signs)
    return UTF8


def _windows(stream: IO[bytes], *, damaged: bool) -> str:
    if damaged:
        raise FileProblem("The file begins as UTF-8 text and is damaged or cut: it is in no one encoding.")
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(CP1252)()
    try:
        for block in iter(lambda: stream.read(_BLOCK), b""):
            decoder.decode(block)
    except UnicodeDecodeError as error:
        raise FileProblem("The file is text neither in UTF-8 nor in cp1252.") from error
    return CP1252
