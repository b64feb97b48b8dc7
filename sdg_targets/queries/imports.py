"""What became of an import's rows: counts, refusals by rule, and the codes that have no meaning here yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db.models import F, Field, Sum, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext

from sdg_targets.domain.sentences import SAID_BY_READER, in_words
from sdg_targets.domain.validation import READER_RULES, RULES
from sdg_targets.models import Import, Refusal

from .mappings import is_concept

#: What can become of a row that was read: these add up to the rows read.
OUTCOMES: Final = ("new", "revised", "unchanged", "repeated", "gathered", "refused")
#: The rule that a code without a meaning here breaks.
UNMAPPED: Final = "R01"
#: So many places are shown of each rule.
FIRST: Final = 5
#: So many codes without a meaning are shown on a page.
CODES_SHOWN: Final = 100
#: The heading of the list of refusals as a file.
REFUSAL_COLUMNS: Final = ("file", "place", "column", "rule", "sentence", "found", "expected", "rows")


@dataclass(frozen=True, slots=True)
class Count:
    """One outcome: the heading of its column and how many rows had it."""

    heading: str
    rows: int


@dataclass(frozen=True, slots=True)
class Change:
    """One observation that a trial would add, revise or withdraw; ``before`` and ``after`` as they are written."""

    kind: str
    series: str
    area: str
    period: str
    breakdown: str
    before: str | None
    after: str | None

    @property
    def same_value(self) -> bool:
        """Whether only what stands beside the value would change: its source, footnote, nature or unit."""
        return self.before == self.after

    @property
    def kind_here(self) -> str:
        """The kind of change in the language of the reader."""
        return _heading(self.kind)


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One rule that rows of an import broke: its sentence, how many rows, and the first places."""

    number: str
    sentence: str
    rows: int
    first: tuple[Refusal, ...]

    @property
    def more(self) -> int:
        """Rows beyond those shown."""
        return self.rows - sum(refusal.rows for refusal in self.first)


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A code of a provider that has no meaning here, and how many rows were refused for it.

    ``can_be_mapped`` is whether a mapping of this kind would be read.
    """

    provider: str
    concept: str
    given: str
    rows: int
    can_be_mapped: bool


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The whole account of an import. ``adds_up`` is whether the outcomes make up the rows read."""

    counts: tuple[Count, ...]
    read: int
    withdrawn: int
    changes: tuple[Change, ...]
    rules: tuple[BrokenRule, ...]
    unmapped: tuple[Unmapped, ...]
    more_unmapped: int = 0

    @property
    def accounted(self) -> int:
        return sum(count.rows for count in self.counts)

    @property
    def adds_up(self) -> bool:
        return self.accounted == self.read


def report_of(made: Import) -> ImportReport:
    """The account of an import, in a few queries however many rows were refused."""
    codes = unmapped_of(made)
    return ImportReport(
        counts=tuple(Count(_heading(name), getattr(made, name)) for name in OUTCOMES),
        read=made.read,
        withdrawn=made.withdrawn,
        changes=tuple(Change(**change) for change in made.sample),
        rules=broken_rules_of(made),
        unmapped=codes[:CODES_SHOWN],
        more_unmapped=len(codes[CODES_SHOWN:]),
    )


def _heading(name: str) -> str:
    field: Field[int, int] = getattr(Import, name).field
    return str(field.verbose_name)


def broken_rules_of(made: Import, *, first: int = FIRST) -> tuple[BrokenRule, ...]:
    """The rules that rows of an import broke, in order of their numbers, each with its first places."""
    refusals = Refusal.objects.filter(of_import=made)
    counts = refusals.order_by("rule").values_list("rule").annotate(Sum("rows"))
    turn = Window(RowNumber(), partition_by=F("rule"), order_by=F("id").asc())
    shown: dict[str, list[Refusal]] = {}
    for refusal in refusals.annotate(turn=turn).filter(turn__lte=first).order_by("id"):
        shown.setdefault(refusal.rule, []).append(refusal)
    return tuple(BrokenRule(rule, sentence_here(rule), rows, tuple(shown[rule])) for rule, rows in counts)


def unmapped_of(made: Import) -> tuple[Unmapped, ...]:
    """Codes without a meaning here, by concept, those that cost most rows first."""
    groups = (
        Refusal.objects.filter(of_import=made, rule=UNMAPPED)
        .order_by()
        .values_list("column", "found")
        .annotate(many=Sum("rows"))
        .order_by("column", "-many", "found")
    )
    concepts: dict[str, bool] = {}
    found = []
    for concept, given, rows in groups:
        known = concepts.setdefault(concept, is_concept(concept))
        found.append(Unmapped(made.provider, concept, given, rows, bool(made.provider) and known))
    return tuple(found)


def sentence_here(rule: str) -> str:
    """What a rule asks for, in the language of the reader; of a rule that is no more, its number."""
    if rule in RULES:
        return gettext(RULES[rule].sentence)
    return gettext(READER_RULES[rule]) if rule in READER_RULES else rule


def refusal_cells(made: Import) -> Iterator[tuple[str, ...]]:
    """The cells of every refusal of an import, under ``REFUSAL_COLUMNS``, in the order of the file; memory stays flat."""
    sentences = {rule: sentence_here(rule) for rule in (*RULES, *READER_RULES)}
    here = lru_cache(maxsize=1024)(lambda text: in_words(text, gettext))
    rows = Refusal.objects.filter(of_import=made).order_by("id")
    for place, column, rule, found, expected, count in rows.values_list(
        "place", "column", "rule", "found", "expected", "rows"
    ).iterator(chunk_size=2_000):
        told = here(found) if rule in SAID_BY_READER else found
        yield made.file_name, place, column, rule, sentences.get(rule, rule), told, here(expected), str(count)
