"""Answers as a page sends them: each question's fields by its code, and back to the page what could not be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from sdg_targets.domain.answers import Said, SaidError, read_evidence, read_note
from sdg_targets.models import EvidenceItem
from sdg_targets.queries.questionnaires import Part, Row

#: The version that was seen stands with each question that is sent.
SEEN = "-seen"


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One question as the page shows it: what stands, or what was typed and could not be kept, with the reason.

    ``theirs`` is what somebody else saved in between; ``files`` are those attached to the answer.
    """

    row: Row
    option: str
    note: str
    evidence: tuple[Mapping[str, str], ...]
    consent: bool
    seen: int
    fault: str = ""
    theirs: Row | None = None
    files: tuple[EvidenceItem, ...] = ()

    @classmethod
    def of(cls, row: Row) -> Self:
        """What stands."""
        said = row.said
        pieces = tuple(piece.as_dict() for piece in said.evidence)
        return cls(row, said.option or "", said.note, pieces, said.consent, row.seen)

    @property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """The evidence, and a blank row for one more."""
        return (*self.evidence, {"kind": "law", "title": "", "url": ""})

    @property
    def count(self) -> int:
        """How much stands in the part that is folded away."""
        return len(self.evidence) + len(self.files) + bool(self.note)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed to one question, and either what is said by it or why it cannot be kept."""

    option: str
    note: str
    evidence: tuple[Mapping[str, str], ...]
    consent: bool
    seen: int
    said: Said | None
    fault: str = ""

    def on(self, row: Row, *, theirs: bool = False) -> AnswerField:
        """As the page shows it again. What somebody else saved is shown beside, and is what was seen from now on."""
        seen = row.seen if theirs else self.seen
        other = row if theirs else None
        return AnswerField(row, self.option, self.note, self.evidence, self.consent, seen, self.fault, other)


def read_answers(data: QueryDict) -> dict[str, Typed]:
    """Every question that a page sent, by its code. A question whose fields are not there was not sent."""
    codes = [name.removesuffix(SEEN) for name in data if name.endswith(SEEN)]
    return {code: _read(code, data) for code in codes}


def _read(code: str, data: QueryDict) -> Typed:
    columns = (data.getlist(f"{code}-{name}") for name in ("kind", "title", "url"))
    rows = tuple({"kind": kind, "title": title, "url": url} for kind, title, url in zip(*columns, strict=False))
    option, note = data.get(f"{code}-option", ""), data.get(f"{code}-note", "")
    consent, seen = f"{code}-consent" in data, data.get(f"{code}{SEEN}", "")
    filled = tuple(row for row in rows if row["title"].strip() or row["url"].strip())
    said, fault = None, ""
    try:
        said = Said(option or None, read_note(note), read_evidence(rows), consent)
    except SaidError as error:
        fault = _(str(error))
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    return Typed(option, note, filled, consent, number, said, fault)


def fields_of(part: Part, shown: Mapping[str, AnswerField], attached: Iterable[EvidenceItem] = ()) -> list[AnswerField]:
    """The questions of a section as the page shows them, each with the files that are attached to its answer."""
    files: dict[int, list[EvidenceItem]] = {}
    for item in attached:
        if item.answer_id is not None:
            files.setdefault(item.answer_id, []).append(item)
    fields = [shown.get(row.code) or AnswerField.of(row) for row in part.rows]
    return [replace(field, files=tuple(files.get(field.row.answer or 0, ()))) for field in fields]


def as_json(field: AnswerField) -> dict[str, Any]:
    """What stands, for the page's script to put into its fields."""
    return {
        "option": field.option,
        "note": field.note,
        "evidence": list(field.evidence),
        "consent": field.consent,
        "seen": field.seen,
    }
