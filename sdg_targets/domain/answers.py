"""What somebody says to one question: the option, a note, the evidence, and whether it may be published.

Evidence is named here, never held: a law or a policy by its title, anything else by an address. Files are evidence too, and
are kept elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

from .languages import gettext_noop

MOST_EVIDENCE: Final = 20
LONGEST_TITLE: Final = 300
LONGEST_ADDRESS: Final = 1000
LONGEST_NOTE: Final = 5000


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    LAW = "law"
    POLICY = "policy"
    LINK = "link"


class SaidError(ValueError):
    """What was said cannot be kept as it is; the message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: a law or policy by its title (and address, where it has one), or a link by its address."""

    kind: EvidenceKind
    title: str = ""
    url: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind.value, "title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer whole. ``option`` is None where there is none (yet); ``consent`` lets answer and evidence be published."""

    option: str | None = None
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    consent: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was said."""
        return self == Said()


def read_evidence(rows: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """The pieces of evidence of a form; rows that were left blank are no evidence. Errors: ``SaidError``."""
    pieces = []
    for row in rows:
        title, url = " ".join(str(row.get("title", "")).split()), str(row.get("url", "")).strip()
        if title or url:
            pieces.append(_piece(str(row.get("kind", "")), title, url))
    if len(pieces) > MOST_EVIDENCE:
        raise SaidError(gettext_noop("An answer has at most 20 pieces of evidence."))
    return tuple(pieces)


def _piece(kind: str, title: str, url: str) -> Evidence:
    if kind not in [known.value for known in EvidenceKind]:
        raise SaidError(gettext_noop("Evidence is a law, a policy or a link: choose one."))
    if len(title) > LONGEST_TITLE or len(url) > LONGEST_ADDRESS:
        raise SaidError(gettext_noop("A title has at most 300 signs, and an address at most 1,000."))
    if url and not _is_address(url):
        raise SaidError(gettext_noop("An address begins with https:// or http://."))
    if kind == EvidenceKind.LINK and not url:
        raise SaidError(gettext_noop("A link needs an address."))
    if kind != EvidenceKind.LINK and not title:
        raise SaidError(gettext_noop("A law or policy needs its title."))
    return Evidence(EvidenceKind(kind), title, url)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))


def read_note(text: str) -> str:
    """A note as it is kept. Errors: ``SaidError`` where it is longer than a note."""
    note = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise SaidError(gettext_noop("A note has at most 5,000 signs."))
    return note
