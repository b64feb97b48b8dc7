"""Pages of the UN Statistics Division's API of the global SDG database, one page a line (JSON Lines).

Shape of a page: ``{totalElements, totalPages, pageNumber, data: [{series, geoAreaCode, timePeriodStart, value,
footnotes: [], attributes: {Nature, Units}, dimensions: {Age, Sex}}]}``. A file holds all pages of each series asked for,
in order: as many observations as the pages themselves say there are, or the file is refused. A figure that stands under
several indicators stands once. Source: https://unstats.un.org/sdgapi/swagger/, ``/v1/sdg/Series/Data``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .mapping import CodeMaps
from .unsd_download import CARRIES
from .unsd_row import Printed, dimension_columns, observation, plain_heading

FORMAT: Final = "unsd-api"
#: Attributes of a page that are parts of an observation, by their plain names.
_ATTRIBUTES: Final = {
    "nature": "nature",
    "units": "unit",
    "unitmultiplier": "multiplier",
    "observationstatus": "status",
    "reportingtype": "reporting_type",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number, how many pages and observations there are in all, and its own observations."""

    number: int
    pages: int
    total: int
    data: list[Any]


@dataclass(slots=True)
class Course:
    """The pages of one series as they come, held against what they say themselves."""

    pages: int = 0
    total: int = 0
    seen: int = 0
    counted: int = 0

    @property
    def is_open(self) -> bool:
        return self.seen < self.pages

    def take(self, page: Page) -> None:
        """The next page. Errors: ``FileProblem`` where it is not the one after the last, or says other totals."""
        if not self.is_open:
            self.pages, self.total, self.seen, self.counted = max(page.pages, 1), page.total, 0, 0
        if page.number != self.seen + 1:
            raise FileProblem(f"Page {self.seen + 1} should come here; this is page {page.number}.")
        if (page.total, max(page.pages, 1)) != (self.total, self.pages):
            raise FileProblem(
                f"The data changed while they were fetched: page {page.number} speaks of {page.total} observations on"
                f" {page.pages} pages, the first page of {self.total} on {self.pages}. Fetch them again."
            )
        self.seen += 1
        self.counted += len(page.data)
        if not self.is_open and self.counted != self.total:
            raise FileProblem(f"The pages hold {self.counted} observations and speak of {self.total}.")


def looks_like(head: bytes) -> bool:
    """Whether the first bytes are those of a page."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"totalElements"' in head


def page_of(text: bytes) -> Page:
    """Read one page; numbers keep their digits. Errors: ``FileProblem`` where the bytes are no whole page."""
    if b"\\u0000" in text:
        raise FileProblem("A page is no text: there is a NUL in it.")
    try:
        found = json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise FileProblem(f"A page is not readable JSON: {error}.") from error
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        raise FileProblem("A page has no list of data.")
    number, pages, total = (found.get(name) for name in ("pageNumber", "totalPages", "totalElements"))
    if not (isinstance(number, int) and isinstance(pages, int) and isinstance(total, int)):
        raise FileProblem("A page does not say its number, how many pages there are and how many observations.")
    return Page(number, pages, total, found["data"])


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read pages in their order. Errors, while the items are taken: ``FileProblem`` where a page is not whole or missing."""
    first = stream.readline()
    stream.seek(0)
    # Pages without multipliers say nothing of them: the ones that are known stand.
    carried = CARRIES if b"multiplier" in first.lower() else CARRIES - {"multiplier"}
    return Reading(FORMAT, "", (), carried, _items(stream, dimension_columns(codes)))


def _items(stream: IO[bytes], codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    course = Course()
    for line, text in enumerate(stream, start=1):
        if not text.strip():
            continue
        page = page_of(text)
        course.take(page)
        for index, cell in enumerate(page.data):
            place = f"line {line}, data[{index}]"
            if isinstance(cell, dict):
                yield observation(place, _printed(cell), codes)
            else:
                yield Problem(place, "data", "R03", str(cell)[:80], "an object with series, geoAreaCode and value")
    if course.is_open:
        raise FileProblem(f"Page {course.seen + 1} of {course.pages} is missing.")


def _printed(cell: dict[str, Any]) -> Printed:
    said = {**_texts(cell.get("attributes")), **_texts(cell.get("dimensions"))}
    parts = {_ATTRIBUTES[name]: given for name, given in said.items() if name in _ATTRIBUTES}
    return Printed(
        series=_text(cell.get("series")),
        area=_text(cell.get("geoAreaCode")),
        area_name=_text(cell.get("geoAreaName")),
        period=_text(cell.get("timePeriodStart")),
        value=_text(cell.get("value")),
        dimensions={name: given for name, given in said.items() if name not in _ATTRIBUTES},
        lower_bound=_text(cell.get("lowerBound")),
        upper_bound=_text(cell.get("upperBound")),
        base_period=_text(cell.get("basePeriod")),
        time_detail=_text(cell.get("time_detail")),
        source=_text(cell.get("source")),
        footnote=_joined(cell.get("footnotes")),
        **parts,
    )


def _texts(given: Any) -> Mapping[str, str]:
    """The filled texts of an object, by plain heading."""
    pairs = given.items() if isinstance(given, dict) else ()
    return {plain_heading(name): text for name, value in pairs if (text := _text(value))}


def _joined(notes: Any) -> str | None:
    """Footnotes come as a list, with blank ones among them; the publisher's files put ``|`` between several."""
    texts = notes if isinstance(notes, list) else [notes]
    return " | ".join(text for note in texts if (text := _text(note))) or None


def _text(given: Any) -> str | None:
    if given is None or isinstance(given, (dict, list)):
        return None
    return str(given).strip() or None
