"""The publishers' files at hand: what each holds by a count that shares nothing with the readers, and what is taken of it.

One module a publisher, each with its ``SOURCES``. ``tests/test_sources.py`` imports every file and compares;
``python -m tests.sources`` prints the table of ``docs/sources.md``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One file (or folder) of a publisher.

    ``path`` is below the folder of publishers' files; ``count`` counts its rows (those an import accounts for: one for
    each figure that the file could give) without the product's readers; ``refused`` is how many rows are refused by each
    rule, ``repeated`` how many say again what another row said, and ``gathered`` how many were added to a figure for which
    another row stands already (events are summed up). Rows that are none of these are taken. ``before`` names
    files that must be imported first. ``why`` says in a sentence what is refused.
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

    @property
    def taken(self) -> Callable[[int], int]:
        """How many rows become figures, given how many there are."""
        return lambda rows: rows - sum(self.refused.values()) - self.repeated - self.gathered
