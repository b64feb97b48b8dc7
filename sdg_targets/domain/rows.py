"""The one row shape at every border: an observation on its way in or out.

Every value is text, or ``None`` where the file has no such column. Codes are ours (SDMX), the period and the
breakdown are canonical keys, numbers are plain decimals. This is the column contract of the product's own CSV format,
of the staging table and of the exports.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from .metadata import MetadataText


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation as text. ``place`` is where it stood in the file (line, cell or path)."""

    place: str
    series: str
    area: str
    period: str
    breakdown: str
    value: str | None
    value_text: str | None = None
    status: str | None = None
    nature: str | None = None
    unit: str | None = None
    multiplier: str | None = None
    lower_bound: str | None = None
    upper_bound: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    base_period: str | None = None
    time_detail: str | None = None
    source: str | None = None
    footnote: str | None = None

    def cells(self) -> tuple[str | None, ...]:
        return _cells(self)


#: Column names, in order.
COLUMNS: Final[tuple[str, ...]] = tuple(field.name for field in fields(ObservationRow))
#: ``dataclasses.astuple`` copies what it meets: 25 times the time, a third of that of reading a large file.
_cells: Final[Callable[[ObservationRow], tuple[str | None, ...]]] = attrgetter(*COLUMNS)
#: Columns a file may lack: what a file does not carry, it does not change.
OPTIONAL: Final[tuple[str, ...]] = (
    "value_text",
    "status",
    "nature",
    "unit",
    "multiplier",
    "lower_bound",
    "upper_bound",
    "numerator",
    "denominator",
    "base_period",
    "time_detail",
    "source",
    "footnote",
)
KEY: Final[tuple[str, ...]] = ("series", "area", "period", "breakdown")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a cell of it, that cannot be read: where, which rule, what was found, what would be right.

    ``rows`` is how many rows it stands for: a file of a folder that is refused whole is one problem.
    """

    place: str
    column: str
    rule: str
    found: str
    expected: str
    rows: int = 1


class FileProblem(Exception):  # noqa: N818 - a refusal, in the words of the domain
    """A whole file that cannot be read; nothing of it is taken. The message is for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: its label, what columns it carries, and its rows and problems in order.

    ``items`` is an iterator: memory stays flat however long the file is. ``metadata`` is what was said of the indicators
    beside the figures, ``provider`` is whose codes were read (blank: our own), ``dataset`` the dataset of which the rows say
    they are (blank where they say nothing). ``gathered`` is how many figures were added to a row that another figure
    already stands for: events are summed up to observations.
    """

    format: str
    vintage: str
    series: tuple[str, ...]
    carries: frozenset[str]
    items: Iterator[ObservationRow | Problem]
    metadata: tuple[MetadataText, ...] = ()
    provider: str = ""
    dataset: str = ""
    gathered: int = 0
