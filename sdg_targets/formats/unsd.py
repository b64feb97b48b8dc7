"""UNSD's own publication files of the global SDG database: the long JSON form (one series a file).

Shape: ``{seriesCode, release, refAreas: [{geoAreaCode, data: [{timePeriod, value_detail, ...Code}]}]}``. What is read:
``value_detail``, never ``value_numeric_part``, which is wrong wherever a value is written with a thousands comma.
Source: files of releases 2019.Q1 to 2019.Q3 as published by the United Nations Statistics Division.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, Final

from sdg_targets.domain.disaggregation import BreakdownError, breakdown
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .area_lists import listed_area
from .mapping import CodeMaps, UnmappedCode

PROVIDER: Final = "unsd"
FORMAT: Final = "unsd-long-json"
#: Keys that are attributes of an observation; every other ``...Code`` is a dimension.
ATTRIBUTE_CODES: Final = frozenset(("natureCode", "unitsCode", "reportingTypeCode"))
CARRIES: Final = frozenset(
    (
        "value_text",
        "status",
        "nature",
        "unit",
        "lower_bound",
        "upper_bound",
        "base_period",
        "time_detail",
        "source",
        "footnote",
    )
)


def looks_like(head: bytes) -> bool:
    """Whether the first bytes are those of a long JSON file."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"refAreas"' in head


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one long JSON file. Errors: ``FileProblem`` where it is no such file; problems of rows are in the items."""
    try:
        document = json.load(stream, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise FileProblem(f"This is not readable JSON: {error}.") from error
    if not isinstance(document, dict) or not isinstance(document.get("refAreas"), list):
        raise FileProblem("This JSON has no list of reference areas (refAreas): it is not a UNSD long file.")
    series = _text(document.get("seriesCode"))
    if series is None:
        raise FileProblem("This file names no series (seriesCode).")
    return Reading(FORMAT, _text(document.get("release")) or "", (series,), CARRIES, _items(document, series, codes))


def _items(document: dict[str, Any], series: str, codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    for i, area in enumerate(document["refAreas"]):
        if not isinstance(area, dict) or not isinstance(area.get("data", []), list):
            yield Problem(f"refAreas[{i}]", "refAreas", "R03", str(area)[:80], "an area with a list of data")
            continue
        for j, cell in enumerate(area.get("data", [])):
            place = f"refAreas[{i}].data[{j}]"
            if not isinstance(cell, dict):
                yield Problem(place, "data", "R03", str(cell)[:80], "an object with timePeriod and value_detail")
                continue
            yield _row(place, series, partial(_area, area, codes), cell, codes)


def _area(area: dict[str, Any], codes: CodeMaps) -> str:
    """Our area for an entry of the file. Errors: ``UnmappedCode``; ``FileProblem`` where its list is not ours."""
    return listed_area(codes, _text(area.get("geoAreaCode")) or "", _text(area.get("geoAreaName")))


def _row(
    place: str, series: str, area: Callable[[], str], cell: dict[str, Any], codes: CodeMaps
) -> ObservationRow | Problem:
    try:
        value, value_text, status = read_value(_text(cell.get("value_detail")), codes)
        return ObservationRow(
            place=place,
            series=series,
            area=area(),
            period=_text(cell.get("timePeriod")) or "",
            breakdown=breakdown(dict(_dimensions(cell, codes))).key,
            value=value,
            value_text=value_text,
            status=status,
            nature=codes.optional("nature", _text(cell.get("natureCode"))),
            unit=codes.optional("unit", _text(cell.get("unitsCode"))),
            lower_bound=_bound(cell.get("lowerBound")),
            upper_bound=_bound(cell.get("upperBound")),
            base_period=_text(cell.get("basePeriod")),
            time_detail=_text(cell.get("timeDetail")),
            source=_text(cell.get("source")),
            footnote=_text(cell.get("footnotes")),
        )
    except UnmappedCode as error:
        return Problem(place, error.concept, "R01", error.given, error.expected)
    except NumberError as error:
        return Problem(place, "value", "R02", _text(cell.get("value_detail")) or "", str(error))
    except BreakdownError as error:
        return Problem(place, "breakdown", "R01", str(error), "codes of letters, digits and _ + - .")


def read_value(text: str | None, codes: CodeMaps) -> tuple[str | None, str | None, str | None]:
    """A published value as (number, printed text, status); a letter such as ``N`` says why there is no number.

    Errors: ``NumberError`` where it is neither a number nor a mapped letter.
    """
    if text is None:
        return None, None, "O"
    if status := codes.find("no_value", text):
        return None, text, status
    return plain_number(text), None, "A"


def _dimensions(cell: dict[str, Any], codes: CodeMaps) -> Iterator[tuple[str, str]]:
    for key, given in cell.items():
        if not key.endswith("Code") or key in ATTRIBUTE_CODES:
            continue
        text = _text(given)
        if text is None:
            continue
        dimension = codes.code("column", key)
        yield dimension, codes.code(dimension, text)


def _bound(given: Any) -> str | None:
    text = _text(given)
    return None if text is None else plain_number(text)


def _text(given: Any) -> str | None:
    """The text of a JSON scalar, trimmed; blank and null are ``None``."""
    if given is None or isinstance(given, (dict, list)):
        return None
    return str(given).strip() or None
