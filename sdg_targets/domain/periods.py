"""Time periods: what people and publishers write, read into one value with a first and a last day.

Codes follow SDMX: ``2015``, ``2015-Q3``, ``2015-07``, ``2015-07-31``; a range of years is ``2010/2015``, and so is
a split year (fiscal, academic), ``2015/2016``: it is counted in the year of its last day. Source: SDMX 2.1 technical
notes, section 4.2.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100


class PeriodError(ValueError):
    """A text that is not a time period; the message says what would be one."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A time period: ``start`` and ``end`` are its first and last day; ``frequency`` is A, Q, M, D or R (a range)."""

    end: date
    start: date
    frequency: str
    code: str

    @property
    def year(self) -> int:
        """The calendar year it is counted in: that of its last day."""
        return self.end.year

    def __str__(self) -> str:
        return self.code


def _checked_year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"{text} is not a year between {FIRST_YEAR} and {LAST_YEAR}.")
    return year


def year_period(year: int) -> Period:
    """A calendar year."""
    _checked_year(str(year))
    return Period(date(year, 12, 31), date(year, 1, 1), "A", f"{year:04}")


def _month_span(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _quarter(match: re.Match[str]) -> Period:
    year, quarter = _checked_year(match["y"]), int(match["q"])
    start, end = _month_span(year, 3 * quarter - 2, 3 * quarter)
    return Period(end, start, "Q", f"{year:04}-Q{quarter}")


def _month(match: re.Match[str]) -> Period:
    year, month = _checked_year(match["y"]), int(match["m"])
    if not 1 <= month <= 12:
        raise PeriodError(f"{match[0]} has no month {match['m']}.")
    start, end = _month_span(year, month, month)
    return Period(end, start, "M", f"{year:04}-{month:02}")


def _day(match: re.Match[str]) -> Period:
    _checked_year(match["y"])
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError as error:
        raise PeriodError(f"{match[0]} is not a day of the calendar.") from error
    return Period(day, day, "D", day.isoformat())


def _range(match: re.Match[str]) -> Period:
    first = _checked_year(match["y"])
    tail = match["z"]
    last = _checked_year(tail if len(tail) == 4 else match["y"][:2] + tail)
    if last <= first:
        raise PeriodError(f"{match[0]} ends before it begins.")
    return Period(date(last, 12, 31), date(first, 1, 1), "R", f"{first:04}/{last:04}")


_YEAR: Final = re.compile(r"(?P<y>[0-9]{4})(?:\.0+)?")
_FORMS: Final = (
    (re.compile(r"(?P<y>[0-9]{4})-?[Qq](?P<q>[1-4])"), _quarter),
    (re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"), _day),
    (re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})"), _month),
    (re.compile(r"(?P<y>[0-9]{4})[/\u2013-](?P<z>[0-9]{4})"), _range),
    (re.compile(r"(?P<y>[0-9]{4})/(?P<z>[0-9]{2})"), _range),
)


def parse_period(text: str) -> Period:
    """Read one time period.

    ``2015-07`` is a month, ``2015/16`` a split year. Errors: ``PeriodError`` with what would be right.
    """
    given = text.strip()
    if match := _YEAR.fullmatch(given):
        return year_period(_checked_year(match["y"]))
    for form, read in _FORMS:
        if match := form.fullmatch(given):
            return read(match)
    raise PeriodError(f"{given!r} is not a time period: write 2015, 2015-Q3, 2015-07, 2015-07-31 or 2010/2015.")
