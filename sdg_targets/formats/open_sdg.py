"""Open SDG repositories: a country's own figures, a CSV file an indicator, with a file of metadata beside each.

``data/indicator_<g-t-i>.csv`` has the columns Year and Value, and between them whatever the office breaks its figures down
by; a blank cell there is the total. Which columns, texts and units mean what is a mapping of the country's dataset
(concepts ``column``, ``series``, ``unit``, ``status``, ``multiplier``, ``geo`` and each dimension), overlaid on what the
repositories share (``open-sdg``). A file of which nothing is mapped, and one that the office does not report yet, is
refused whole, as one problem that stands for all its rows. Source: https://open-sdg.readthedocs.io (data format).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading
from sdg_targets.domain.validation import sentence

from .encodings import encoding_of
from .given import Folder
from .lines import numbered_rows
from .mapping import CodeMaps
from .open_sdg_metadata import metadata_texts, reporting_statuses, sole_sources
from .open_sdg_rows import CARRIES, rows_of

PROVIDER: Final = "open-sdg"
FORMAT: Final = "open-sdg"
#: States of an indicator in which its file holds no figure that the office reports.
NOT_REPORTED: Final = frozenset(("notstarted", "notapplicable", "notavailable"))
#: A data file may have this many bytes: ten times what the largest repositories have.
MAX_BYTES: Final = 64 * 1024**2
_DATA: Final = re.compile(r"data/(?:indicator_)?(?P<key>[^/]+)\.csv", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"data/indicator_[0-9]{1,2}[-_][0-9a-z]{1,2}[-_][0-9]{1,2}.*\.csv", re.IGNORECASE)
#: The groups by which the template's example file is broken down.
_EXAMPLE_GROUPS: Final = frozenset(("A", "B", ""))


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file: its name, the indicator it is of (``10-7-4``), its heading, and its rows that are not blank, by line."""

    name: str
    key: str
    heading: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]

    def column(self, heading: str) -> Iterator[str]:
        """The texts of a column, blank where a row is too short; none at all where there is no such column."""
        if heading in self.heading:
            index = self.heading.index(heading)
            yield from (cells[index].strip() if index < len(cells) else "" for _line, cells in self.rows)


def looks_like(folder: Folder) -> bool:
    """Whether there are data files of indicators, and metadata or a configuration beside them."""
    has_data = any(_NUMBERED.fullmatch(name) for name in folder.names)
    return has_data and any(name == "config_data.yml" or name.startswith("meta/") for name in folder.names)


def read(folder: Folder, codes: CodeMaps) -> Reading:
    """Read a whole repository. Errors: ``FileProblem`` where it is given to a dataset that is of no country."""
    if not codes.home:
        raise FileProblem(
            "An Open SDG repository holds the figures of one country: import it into that country's dataset (such as"
            " national:KEN), which names the reference area."
        )
    return Reading(FORMAT, "", (), CARRIES, _items(folder, codes), metadata_texts(folder, codes))


def _items(folder: Folder, codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    statuses, sources = reporting_statuses(folder), sole_sources(folder, _followed(codes))
    for name in folder.names:
        match = _DATA.fullmatch(name)
        if match is None:
            continue
        try:
            file = _opened(folder, name, match["key"].replace("_", "-"))
        except FileProblem as problem:
            yield Problem(name, "", "R03", str(problem), "a file that can be read")
            continue
        refusal = refused_whole(file, statuses.get(file.key, ""), codes)
        if refusal is None:
            source = sources.get(file.key)
            for item in rows_of(file.name, file.key, file.heading, file.rows, codes):
                yield replace(item, source=source) if isinstance(item, ObservationRow) else item
        elif file.rows:
            yield refusal


def _opened(folder: Folder, name: str, key: str) -> DataFile:
    """Read a data file; a row in which nothing stands is none, before the heading too. Errors: ``FileProblem``."""
    if folder.paths[name].stat().st_size > MAX_BYTES:
        raise FileProblem(f"The file has more than {MAX_BYTES // 1024**2} MiB.")
    with folder.open(name) as stream:
        rows = numbered_rows(stream, encoding=encoding_of(stream))
        kept = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    heading = tuple(cell.strip() for cell in kept[0][1]) if kept else ()
    return DataFile(name, key, heading, tuple(kept[1:]))


def refused_whole(file: DataFile, status: str, codes: CodeMaps) -> Problem | None:
    """Why no row of a file is taken: it is a placeholder, it cannot hold figures, or no series is mapped to it."""
    rows = len(file.rows)
    if found := _placeholder(file, status):
        return Problem(file.name, "", "R04", found, sentence("R04"), rows)
    if file.key not in _followed(codes):
        return Problem(file.name, "series", "R06", file.key, sentence("R06"), rows)
    roles = {codes.find("column", heading) for heading in file.heading}
    if not {"period", "value"} <= roles:
        return Problem(file.name, "", "R03", ", ".join(file.heading)[:200], "columns for the year and the value", rows)
    return None


def _followed(codes: CodeMaps) -> frozenset[str]:
    """The indicators of files to which, or to a part of which, a series is mapped."""
    return frozenset(given.partition("|")[0] for given in codes.maps.get("series", {}))


def _placeholder(file: DataFile, status: str) -> str:
    """What shows that a file holds no figures of the office's own; blank where nothing does."""
    if PurePosixPath(file.name).name.startswith("demo_"):
        return "a demonstration file of the template"
    if status in NOT_REPORTED:
        return f"reporting status {status}"
    groups = set(file.column("Group"))
    if set(file.heading) == {"Year", "Group", "Value"} and {"A", "B"} <= groups <= _EXAMPLE_GROUPS:
        return "the groups A and B of the template's example"
    years, values = list(file.column("Year")), list(file.column("Value"))
    if years and not any(values) and not any(sign.isdigit() for year in years for sign in year):
        return years[0]
    return ""
