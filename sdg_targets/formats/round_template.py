"""The template of a round: a workbook, or a CSV, in which a country fills in what it is asked for.

Three sheets: instructions in three languages, the observations (one a row), and the lists of codes. A hidden row of column
codes stands above the headings, so that the file is read whatever language its headings are in, and two hidden columns say
of each row for whom it was made and which version of the cell it shows. Headings and keys are locked without a password:
against slips, not against anybody. Rows are written as they come, in constant memory.

Cells for numbers have no number format. A spreadsheet turns what is typed as 6.2% into 0.062, and shows it as a percentage
only where no other format stands; a reader who sees the percentage can ask, one who sees 0.062 cannot.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sdg_targets.domain.filled import ENTERED, NUMBERS
from sdg_targets.domain.numbers import is_plain_number

#: Every column, in order, with its width in signs. What a person enters is ``ENTERED``; all else is locked.
WIDTHS: Final[Mapping[str, int]] = {
    "series": 18, "series_label": 34, "breakdown": 14, "breakdown_label": 20, "period": 9, "published": 13, "global": 13,
    "value": 14, "status": 22, "unit": 14, "multiplier": 16, "source": 34, "footnote": 28, "note": 28, "lower_bound": 13,
    "upper_bound": 13, "numerator": 13, "denominator": 13, "base_period": 12, "time_detail": 20, "explanation": 34,
    "seen": 6, "template": 24,
}  # fmt: skip
COLUMNS: Final = tuple(WIDTHS)
KEY: Final = ("series", "breakdown", "period")
HIDDEN: Final = ("seen", "template")
SHOWN_NUMBERS: Final = ("published", "global")
#: So many rows below the last one can be filled in with further observations.
SPARE: Final = 200
#: The first row of observations, counted from 0, below the hidden codes and the headings.
FIRST: Final = 2
#: So many signs stand in a line of the instructions.
_LINE: Final = 88
#: What tells a spreadsheet that a CSV is UTF-8.
MARK: Final = "\N{BYTE ORDER MARK}"
SEPARATORS: Final[Mapping[str, str]] = {"en": ",", "fr": ";", "es": ";"}
_LOCKED: Final = {
    "bg_color": "#EDEFF1",
    "font_color": "#3A4855",
    "valign": "top",
    "border": 1,
    "border_color": "#D3DDE5",
}
_OPEN: Final = {"locked": False, "valign": "top", "border": 1, "border_color": "#D3DDE5"}
#: Fifteen digits are what a spreadsheet keeps of a number.
_EXACT_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class Made:
    """For whom a template was made: the codes of country and round, the submission (0: none yet), and the language."""

    area: str
    round: str
    submission: int
    language: str

    @property
    def text(self) -> str:
        return f"{self.area}/{self.round}/{self.submission}/{self.language}"

    @classmethod
    def read(cls, text: str) -> "Made | None":
        """What ``text`` gave; ``None`` where it is none."""
        parts = text.split("/")
        if len(parts) != 4 or not parts[2].isdecimal() or len(parts[2]) > 18:
            return None
        return cls(parts[0], parts[1], int(parts[2]), parts[3])


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One observation: its keys and words, what is published, and what the cell says (by column) at version ``seen``."""

    series: str
    series_label: str
    breakdown: str
    breakdown_label: str
    period: str
    unit: str
    published: str = ""
    comparison: str = ""
    said: Mapping[str, str] | None = None
    seen: int = 0

    def texts(self, made: Made) -> list[str]:
        """The row as text, in the order of the columns."""
        given = {
            "series": self.series,
            "series_label": self.series_label,
            "breakdown": self.breakdown,
            "breakdown_label": self.breakdown_label,
            "period": self.period,
            "unit": self.unit,
            "published": self.published,
            "global": self.comparison,
            "seen": str(self.seen),
            "template": made.text,
        } | dict(self.said or {})
        return [given.get(column, "") for column in COLUMNS]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a template in the reader's language, and its instructions in all of them.

    ``headings`` are by column; ``statuses`` and ``multipliers`` the entries of the lists, each beginning with its code;
    ``instructions`` are a title and paragraphs in each language.
    """

    sheets: tuple[str, str, str]
    headings: Mapping[str, str]
    statuses: Sequence[str]
    multipliers: Sequence[str]
    instructions: Sequence[tuple[str, Sequence[str]]]


def write_workbook(rows: Iterable[TemplateRow], into: IO[bytes], *, made: Made, words: Words) -> int:
    """Write the template; returns how many observations it has."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(into, options) as book:
        instructions, data, codes = (book.add_worksheet(name) for name in words.sheets)
        _write_instructions(book, instructions, words)
        count = _write_data(book, data, rows, made, words)
        _write_codes(book, codes, words)
        data.activate() if count else instructions.activate()
    return count


def _write_instructions(book: Any, sheet: Worksheet, words: Words) -> None:
    """One paragraph a row, each as high as its text: not every spreadsheet looks how high a row must be."""
    title, text = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 0, _LINE, text)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    row = 0
    for heading, paragraphs in words.instructions:
        sheet.set_row(row, 24)
        sheet.write_string(row, 0, heading, title)
        for paragraph in paragraphs:
            row += 1
            sheet.set_row(row, 16 * (1 + len(paragraph) // (_LINE - 10)))
            sheet.write_string(row, 0, paragraph, text)
        row += 2
    sheet.protect()


def _write_codes(book: Any, sheet: Worksheet, words: Words) -> None:
    """The lists that the cells choose from; the lists' cells are named in ``_choices``."""
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 1, 44)
    sheet.write_row(0, 0, [words.headings["status"], words.headings["multiplier"]], bold)
    for row in range(max(len(words.statuses), len(words.multipliers))):
        for column, entries in enumerate((words.statuses, words.multipliers)):
            if row < len(entries):
                sheet.write_string(row + 1, column, entries[row])
    sheet.protect()


def _write_data(book: Any, sheet: Worksheet, rows: Iterable[TemplateRow], made: Made, words: Words) -> int:
    locked, opened = book.add_format(_LOCKED), book.add_format(_OPEN)
    wrapped = book.add_format(_OPEN | {"text_wrap": True})
    formats = {column: opened if column in ENTERED else locked for column in COLUMNS} | {"source": wrapped}
    _lay_out(book, sheet, words)
    entries = {"status": _by_code(words.statuses), "multiplier": _by_code(words.multipliers)}
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, (column, text) in enumerate(zip(COLUMNS, row.texts(made), strict=True)):
            shown = entries[column].get(text, text) if column in entries else text
            _write_cell(sheet, FIRST + count - 1, at, column, shown, formats[column])
    _choices(sheet, FIRST + count + SPARE, words)
    sheet.autofilter(FIRST - 1, 0, FIRST + max(count, 1) - 1, len(COLUMNS) - 1)
    return count


def _by_code(entries: Sequence[str]) -> dict[str, str]:
    return {entry.partition(":")[0]: entry for entry in entries}


def _lay_out(book: Any, sheet: Worksheet, words: Words) -> None:
    """Widths, the two rows of headings, and what is locked. Cells without a row of ours are open, keys among them."""
    spare = book.add_format({"locked": False})
    heading = book.add_format(
        _LOCKED | {"bold": True, "text_wrap": True, "bg_color": "#06334B", "font_color": "#FFFFFF"}
    )
    for at, (column, width) in enumerate(WIDTHS.items()):
        sheet.set_column(at, at, width, spare, {"hidden": column in HIDDEN})
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, 48)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(0, at, column, heading)
    for at, column in enumerate(COLUMNS):
        sheet.write_string(1, at, words.headings.get(column, column), heading)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(FIRST, COLUMNS.index("period") + 1)
    allowed = ("format_cells", "format_columns", "format_rows", "sort", "autofilter", "insert_rows")
    sheet.protect("", dict.fromkeys(allowed, True))


def _write_cell(sheet: Worksheet, row: int, at: int, column: str, text: str, style: Format) -> None:
    """A number as a number where a spreadsheet keeps all of its digits, everything else as the text it is."""
    if not text:
        sheet.write_blank(row, at, None, style)
    elif column in (*NUMBERS, *SHOWN_NUMBERS, "seen") and _is_kept(text):
        sheet.write_number(row, at, float(text), style)
    else:
        sheet.write_string(row, at, text, style)


def _is_kept(text: str) -> bool:
    return is_plain_number(text) and len(Decimal(text).normalize().as_tuple().digits) <= _EXACT_DIGITS


def _choices(sheet: Worksheet, last: int, words: Words) -> None:
    """Drop-down lists; what is no entry of the list can be written all the same, and is read if it is a code."""
    lists = words.sheets[2].replace("'", "''")
    for letter, column, entries in (("A", "status", words.statuses), ("B", "multiplier", words.multipliers)):
        source = f"='{lists}'!${letter}$2:${letter}${len(entries) + 1}"
        options = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(FIRST, COLUMNS.index(column), last, COLUMNS.index(column), options)


def write_csv(rows: Iterable[TemplateRow], into: IO[str], *, made: Made) -> None:
    """The same as CSV, as spreadsheets of the language write it."""
    writer = csv.writer(into, delimiter=SEPARATORS.get(made.language, ","))
    into.write(MARK)
    writer.writerow(COLUMNS)
    for row in rows:
        texts = zip(COLUMNS, row.texts(made), strict=True)
        writer.writerow([_csv_text(column, text, made.language) for column, text in texts])


def _csv_text(column: str, text: str, language: str) -> str:
    """A cell of the CSV: a number in the language's notation, a text that no spreadsheet takes for a formula."""
    if column in (*NUMBERS, *SHOWN_NUMBERS) and is_plain_number(text):
        return number_in(text, language)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def number_in(text: str, language: str) -> str:
    """A plain number as a person of the language types it, with one reading alone.

    ``1,234`` could be a thousand and more to a French reader: a nought at its end says that it is not.
    """
    if language == "en" or "." not in text:
        return text
    whole, _, decimals = text.partition(".")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}"
