"""A template that came back, as rows of texts: a workbook in whatever state a spreadsheet left it, or a CSV.

The heading is the row that names our columns by their codes, in the one sheet that has it; columns may stand in any order,
be hidden or missing, others may stand between them, and rows may be blank, sorted, hidden or hold a remark. A cell is read
as what it is: a number, a text as typed, a day in the column of periods as its year where that is certain. What a
spreadsheet made of a cell by itself is refused with its place, and never guessed back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Final

from sdg_targets.domain.filled import ENTERED, NUMBERS, Given, Slip
from sdg_targets.domain.languages import gettext_noop
from sdg_targets.domain.rows import FileProblem

from .encodings import encoding_of
from .lines import numbered_rows
from .round_template import KEY
from .workbook import Cell, Percent, is_error, is_workbook, number_text, open_workbook, place_of

#: Columns without which a file says nothing.
REQUIRED: Final = (*KEY, "value")
READ: Final = frozenset((*KEY, *ENTERED, "area", "seen", "template"))
#: The heading is looked for in so many rows of each sheet.
FURTHEST: Final = 50
SEPARATORS: Final = (",", ";", "\t")
_NUMERIC: Final = frozenset((*NUMBERS, "multiplier"))

ERROR_CELL: Final = gettext_noop("The cell holds an error, or a formula without a result: write the value itself.")
TRUTH_CELL: Final = gettext_noop("The cell holds a truth value: write a number or a text.")
PERCENT_CELL: Final = gettext_noop(
    "The cell is shown as a percentage, which a spreadsheet keeps as a hundredth: take that format off the cell and write 6.2"
    " for 6.2 per cent."
)
DATE_CELL: Final = gettext_noop("The spreadsheet made a date of the cell: write what was meant as a number or a text.")
PERIOD_CELL: Final = gettext_noop(
    "The cell is a date that is no year: write the period as text, such as 2015 or 2015-Q3."
)


class TemplateProblem(FileProblem):
    """A file that is no filled template; ``message`` is for the translators' catalogue, ``values`` what it names."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message, self.values = message, values


EMPTY_FILE: Final = gettext_noop("The file is empty.")
TOO_MANY_ROWS: Final = gettext_noop("The file has more than %(most)s rows of observations: give it in parts.")
SEVERAL_TEMPLATES: Final = gettext_noop("Rows of several templates stand in this file: %(names)s.")
OLD_FORMAT: Final = gettext_noop(
    "Save this workbook as XLSX: in the older format an error cannot be told from a blank cell."
)
SEVERAL_SHEETS: Final = gettext_noop("Several sheets hold observations (%(names)s): give a workbook with one of them.")
NO_HEADING: Final = gettext_noop(
    "No row names the columns %(names)s, as the hidden first row of the template does. It may have been deleted, or this is"
    " another file: download the template again."
)
TWICE: Final = gettext_noop("The heading has columns twice: %(names)s.")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a file stand: the sheet (blank in a CSV), and each column's place, counted from 0."""

    sheet: str
    at: Mapping[str, int]

    def place(self, row: int, column: str) -> str:
        """A cell as a person finds it: ``Data!H12``; in a CSV the line and the column."""
        if not self.sheet:
            return f"{row}: {column}"
        return place_of(self.sheet, row, self.at.get(column, 0))


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: its number in the file, what its cells say by column, and what of them no reader can take."""

    layout: Layout
    number: int
    given: Mapping[str, Given]
    slips: Sequence[Slip] = ()

    def text(self, column: str) -> str:
        cell = self.given.get(column)
        return cell.text if cell else ""

    def place(self, column: str = "value") -> str:
        return self.layout.place(self.number, column)


@dataclass(frozen=True, slots=True)
class Filled:
    """A file that came back: ``made`` says for whom the template was made (blank: the file does not say), then its rows."""

    made: str
    rows: Sequence[FilledRow] = field(default_factory=list)


def read(stream: IO[bytes], *, most: int) -> Filled:
    """Read a filled template of at most so many rows. Errors: ``FileProblem``, which says what is wrong with the file."""
    head = stream.read(4096)
    stream.seek(0)
    if not head:
        raise TemplateProblem(EMPTY_FILE)
    rows = _of_workbook(stream) if is_workbook(head) else _of_csv(stream)
    kept: list[FilledRow] = []
    made: set[str] = set()
    for row in rows:
        if len(kept) == most:
            raise TemplateProblem(TOO_MANY_ROWS, most=most)
        kept.append(row)
        made |= {row.text("template")} - {""}
    if len(made) > 1:
        raise TemplateProblem(SEVERAL_TEMPLATES, names=", ".join(sorted(made)[:3]))
    return Filled(made.pop() if made else "", kept)


def _of_workbook(stream: IO[bytes]) -> Iterator[FilledRow]:
    book = open_workbook(stream)
    if book.kind != "xlsx":
        raise TemplateProblem(OLD_FORMAT)
    found = {name: at for name, rows in book.sheets.items() if (at := _heading_at(rows)) is not None}
    if not found:
        raise TemplateProblem(NO_HEADING, names=", ".join(REQUIRED))
    if len(found) > 1:
        raise TemplateProblem(SEVERAL_SHEETS, names=", ".join(found))
    ((sheet, at),) = found.items()
    rows = book.sheets[sheet]
    layout = Layout(sheet, _columns([str(cell) for cell in rows[at]]))
    numbered = ((number + 1, rows[number]) for number in range(at + 1, len(rows)))
    yield from _filled(layout, numbered)


def _filled(layout: Layout, rows: Iterator[tuple[int, list[Cell]]]) -> Iterator[FilledRow]:
    """The rows below the codes; the first can be that of the headings."""
    for at, (number, cells) in enumerate(rows):
        if at == 0 and _is_headings(layout, cells):
            continue
        if row := _row(layout, number, cells):
            yield row


def _is_headings(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether the row below the codes holds their words: each of the key is a word, the period one without a digit."""
    keys = [str(cells[layout.at[column]]) if layout.at[column] < len(cells) else "" for column in KEY]
    return all(keys) and not any(sign.isdigit() for sign in keys[-1])


def _heading_at(rows: Sequence[list[Cell]]) -> int | None:
    for at in range(min(len(rows), FURTHEST)):
        if set(REQUIRED) <= {str(cell).strip() for cell in rows[at]}:
            return at
    return None


def _columns(names: Sequence[str]) -> dict[str, int]:
    """The place of each of our columns. Errors: ``TemplateProblem`` where one stands twice."""
    stripped = [name.strip() for name in names]
    twice = sorted(name for name in READ if stripped.count(name) > 1)
    if twice:
        raise TemplateProblem(TWICE, names=", ".join(twice))
    return {name: at for at, name in enumerate(stripped) if name in READ}


def _row(layout: Layout, number: int, cells: Sequence[Cell]) -> FilledRow | None:
    """A row, unless it is blank, or a remark: it names one part of a key at most and holds nothing."""
    given: dict[str, Given] = {}
    slips: list[Slip] = []
    for column, at in layout.at.items():
        cell = cells[at] if at < len(cells) else ""
        given[column], slip = _read(column, cell)
        slips += [slip] if slip else []
    if not slips and _says_nothing(given):
        return None
    return FilledRow(layout, number, given, slips)


def _says_nothing(given: Mapping[str, Given]) -> bool:
    entered = any(given[column].text for column in ENTERED if column in given)
    return not entered and sum(1 for column in KEY if given[column].text) <= 1


def _read(column: str, cell: Cell) -> tuple[Given, Slip | None]:
    """One cell. What cannot be taken comes with its text as found."""
    if isinstance(cell, str):
        text = cell.strip()
        return Given(text), Slip(column, "R02", text, ERROR_CELL) if is_error(text) else None
    if isinstance(cell, bool):
        return Given(str(cell).upper()), Slip(column, "R02", str(cell).upper(), TRUTH_CELL)
    if isinstance(cell, Percent) and column in _NUMERIC:
        return Given(number_text(cell)), Slip(column, "R02", f"{number_text(cell * 100)}%", PERCENT_CELL)
    if isinstance(cell, int | float):
        return Given(number_text(cell), exact=True), None
    return _moment(column, cell)


def _moment(column: str, cell: date | datetime | time | timedelta) -> tuple[Given, Slip | None]:
    """A date or time: a year where it is the first or last day of one, in the column of periods; a text among texts."""
    day = cell.date() if isinstance(cell, datetime) and cell.time() == time() else cell
    if isinstance(day, datetime) or not isinstance(day, date):
        return Given(str(cell)), Slip(column, "R02", str(cell), DATE_CELL)
    if column == "period":
        if (day.month, day.day) in ((1, 1), (12, 31)):
            return Given(str(day.year)), None
        return Given(day.isoformat()), Slip(column, "V03", day.isoformat(), PERIOD_CELL)
    if column in _NUMERIC or column in KEY or column in ("area", "status"):
        return Given(day.isoformat()), Slip(column, "R02", day.isoformat(), DATE_CELL)
    return Given(day.isoformat()), None


def _of_csv(stream: IO[bytes]) -> Iterator[FilledRow]:
    """Rows of a CSV whose columns are parted by commas, semicolons or tabs, in UTF-8 or cp1252; titles may stand above."""
    encoding = encoding_of(stream)
    rows = numbered_rows(stream, delimiter=_separator_of(stream), encoding=encoding)
    for line, cells in rows:
        if set(REQUIRED) <= {cell.strip() for cell in cells}:
            layout = Layout("", _columns(cells))
            yield from _filled(layout, ((number, [_without_guard(cell) for cell in row]) for number, row in rows))
            return
        if line > FURTHEST:
            break
    raise TemplateProblem(NO_HEADING, names=", ".join(REQUIRED))


def _separator_of(stream: IO[bytes]) -> str:
    """What parts the columns of the heading; the stream stands at its beginning again."""
    head = stream.read(1 << 16).decode("utf-8", "replace").removeprefix("\ufeff")
    stream.seek(0)
    for line in head.splitlines()[:FURTHEST]:
        for sign in SEPARATORS:
            if set(REQUIRED) <= {cell.strip('" ') for cell in line.split(sign)}:
                return sign
    raise TemplateProblem(NO_HEADING, names=", ".join(REQUIRED))


def _without_guard(cell: str) -> str:
    """A text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell
