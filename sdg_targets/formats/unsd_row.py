"""One observation as the UN Statistics Division prints it, whatever the form: wide file, workbook, download or API.

The forms differ in where a thing stands; what it means is the same, and is said here once. Headings are compared without
case, blanks, brackets and underscores: ``[Migratory status]``, ``Migratory status`` and ``migratory_status`` are one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sdg_targets.domain.disaggregation import BreakdownError, breakdown
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import ObservationRow, Problem
from sdg_targets.domain.validation import MISSING

from .area_lists import listed_area
from .mapping import CodeMaps, UnmappedCode
from .unsd import read_value

#: The reporting type of figures of the global database; those of countries stand in the countries' own datasets.
GLOBAL: Final = "G"
_APART: Final = re.compile(r"[\[\]\s_]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of one observation, in the publisher's codes; ``None`` is a blank cell. ``dimensions`` by heading."""

    series: str | None
    area: str | None
    period: str | None
    value: str | None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    area_name: str | None = None
    nature: str | None = None
    unit: str | None = None
    multiplier: str | None = None
    status: str | None = None
    reporting_type: str | None = None
    lower_bound: str | None = None
    upper_bound: str | None = None
    base_period: str | None = None
    time_detail: str | None = None
    source: str | None = None
    footnote: str | None = None


def plain_heading(text: str) -> str:
    """A heading without case, blanks, brackets and underscores."""
    return _APART.sub("", text).casefold()


def dimension_columns(codes: CodeMaps) -> CodeMaps:
    """The same mappings, with the headings of columns as ``plain_heading`` writes them."""
    columns = {plain_heading(given): code for given, code in codes.maps.get("column", {}).items()}
    return replace(codes, maps={**codes.maps, "column": columns})


def observation(place: str, printed: Printed, codes: CodeMaps) -> ObservationRow | Problem:
    """The row that is meant, or what is wrong with it at its place."""
    try:
        return _row(place, printed, codes)
    except UnmappedCode as error:
        return Problem(place, error.concept, "R01", error.given, error.expected)
    except NumberError as error:
        return Problem(place, "value", "R02", printed.value or "", str(error))
    except BreakdownError as error:
        return Problem(place, "breakdown", "R01", str(error), "codes of letters, digits and _ + - .")


def _row(place: str, printed: Printed, codes: CodeMaps) -> ObservationRow:
    if printed.reporting_type not in (None, GLOBAL):
        raise UnmappedCode("reporting type", printed.reporting_type or "", "G: national figures are of their countries")
    value, value_text, status = read_value(printed.value, codes)
    return ObservationRow(
        place=place,
        series=printed.series or "",
        area=listed_area(codes, printed.area or "", printed.area_name),
        period=printed.period or "",
        breakdown=breakdown(_categories(printed.dimensions, codes)).key,
        value=value,
        value_text=value_text,
        status=_status(status, codes.optional("status", printed.status)),
        nature=codes.optional("nature", printed.nature),
        unit=codes.optional("unit", printed.unit),
        multiplier=_multiplier(printed, codes),
        lower_bound=_number(printed.lower_bound),
        upper_bound=_number(printed.upper_bound),
        base_period=printed.base_period,
        time_detail=printed.time_detail,
        source=printed.source,
        footnote=printed.footnote,
    )


def _categories(dimensions: Mapping[str, str], codes: CodeMaps) -> dict[str, str]:
    """Our categories by dimension. Errors: ``UnmappedCode`` for a filled cell in a column without meaning here."""
    categories: dict[str, str] = {}
    for heading, given in dimensions.items():
        dimension = codes.code("column", heading)
        code = codes.code(dimension, given)
        if categories.setdefault(dimension, code) != code:
            raise UnmappedCode(dimension, f"{categories[dimension]} and {code}", "one category of the dimension")
    return categories


def _status(read: str | None, printed: str | None) -> str | None:
    """The status that is printed, but for one that gives no reason where there is no value."""
    if read in MISSING and printed not in MISSING:
        return read
    return printed or read


def _multiplier(printed: Printed, codes: CodeMaps) -> str | None:
    """The power of ten; a unit that is in millions here (``CON_USD``) has its own mapping, ``CON_USD|6``."""
    given = printed.multiplier
    if given is None:
        return None
    return codes.find("multiplier", f"{printed.unit}|{given}") or codes.code("multiplier", given)


def _number(text: str | None) -> str | None:
    return None if text is None else plain_number(text)
