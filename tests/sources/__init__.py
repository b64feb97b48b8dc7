"""The publishers' files at hand: what each holds by a count that shares nothing with the readers, and what is taken of it.

One module a publisher, each with its ``SOURCES``. ``tests/test_sources.py`` imports every file and compares;
``make sources`` prints the table of ``docs/sources.md``.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sdg_targets.models import Import

#: The heading of the table of documents.
HEADING: Final = (
    "| publisher | file | rows counted apart | rows read | taken | repeated | gathered | refused |",
    "|---|---|--:|--:|--:|--:|--:|---|",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file (or folder) of a publisher.

    ``path`` is below the folder of publishers' files; ``count`` counts its rows (those an import accounts for: one for
    each figure that the file could give) without the product's readers; ``refused`` is how many rows are refused by each
    rule, ``repeated`` how many say again what another row said, and ``gathered`` how many were added to a figure for which
    another row stands already (events are summed up). Rows that are none of these are taken. ``why`` says
    in a sentence what is refused.
    """

    publisher: str
    path: str
    dataset: str
    count: Callable[[Path], int]
    vintage: str = ""
    refused: Mapping[str, int] = field(default_factory=dict)
    repeated: int = 0
    gathered: int = 0
    why: str = ""

    def taken(self, rows: int) -> int:
        """How many of so many rows become figures."""
        return rows - sum(self.refused.values()) - self.repeated - self.gathered


def refused_by_rule(record: "Import") -> dict[str, int]:
    """Rows that an import refused, by rule. A row that breaks several counts under the first."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for place, rule, rows in record.refusals.order_by("rule", "id").values_list("place", "rule", "rows"):
        if place not in seen:
            counts[rule] += rows
            seen.add(place)
    return dict(counts)


def line(source: Source, rows: int, record: "Import") -> str:
    """A file's line of the table: the count made apart, and what an import made of it."""
    refused = ", ".join(f"{rule} {count:,}" for rule, count in sorted(refused_by_rule(record).items())) or "none"
    if source.why:
        refused += f": {source.why}"
    numbers = " | ".join(f"{number:,}" for number in (rows, record.read, record.new, record.repeated, record.gathered))
    return f"| {source.publisher} | {source.path.removeprefix('data/')} | {numbers} | {refused} |"
