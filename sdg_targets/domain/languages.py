"""Names in three languages: one accessor that falls back and says so."""

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("en", "fr", "es")


def gettext_noop(text: str) -> str:
    """Mark a text of this framework-free room for the translators' catalogue; whoever shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class LocalName:
    """A text and the language it is really in, which is not always the one asked for."""

    text: str
    lang: str
    asked: str

    @property
    def is_fallback(self) -> bool:
        return self.lang != self.asked

    def __str__(self) -> str:
        return self.text


def local_name(texts: dict[str, str], asked: str | None) -> LocalName:
    """The text in the language asked for, else in English, else in any language that has one."""
    wanted = (asked or "en").split("-")[0].lower()
    for lang in (wanted, *LANGUAGES):
        if text := texts.get(lang, ""):
            return LocalName(text, lang, wanted)
    return LocalName("", wanted, wanted)
