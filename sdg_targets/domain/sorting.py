"""Keys by which names sort as readers of a language expect: Åland under A, Émirats under E, Spanish ñ after n."""

import re
import unicodedata
from typing import Final

#: Letters that do not fall apart into a letter and an accent.
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "ı": "i"})
_SIGNS: Final = re.compile(r"[^0-9a-z]+")


def name_key(name: str, language: str = "en") -> str:
    """The sort key of a name: small letters without accents, words parted by one blank."""
    small = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    if language == "es":
        small = small.replace("ñ", "nzz")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", small) if not unicodedata.combining(sign))
    return _SIGNS.sub(" ", bare).strip()
