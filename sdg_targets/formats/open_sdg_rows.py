"""Rows of a data file of an Open SDG repository.

What a column is, its mapping says (concept ``column``, for one file ``10-7-4|Country`` or for all ``Country``): ``period``,
``value``, ``series``, ``unit``, ``multiplier``, ``status``, ``area`` (its texts have the concept ``geo``), ``ignored``, a
dimension, or ``wider:`` a dimension: a wider level that says nothing more where a narrower column of that dimension is
filled. A filled cell in any other column refuses its row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sdg_targets.domain.disaggregation import BreakdownError, breakdown, parse_breakdown
from sdg_targets.domain.numbers import NumberError, plain_number
from sdg_targets.domain.rows import ObservationRow, Problem
from sdg_targets.domain.validation import MISSING, sentence

from .mapping import CodeMaps, UnmappedCode

CARRIES: Final = frozenset(("status", "unit", "multiplier", "time_detail", "source"))
WIDER: Final = "wider:"
IGNORED: Final = "ignored"
#: What a column may be of which a row has one text.
PARTS: Final = frozenset(("period", "value", "series", "unit", "multiplier", "status"))
#: Every word that a column may be mapped to besides a dimension, and ``wider:`` before one.
ROLES: Final = PARTS | {"area", IGNORED}
_QUARTER: Final = re.compile(r"([0-9]{4}) Q([1-4])")
_FROM_TO: Final = re.compile(r"([0-9]{4}) to ([0-9]{4})")


@dataclass(slots=True)
class _Cells:
    """What the cells of a row say, sorted by what their columns are."""

    parts: dict[str, str] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    categories: dict[str, str] = field(default_factory=dict)
    wider: dict[str, str] = field(default_factory=dict)


def rows_of(
    name: str, key: str, heading: Sequence[str], rows: Sequence[tuple[int, list[str]]], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    """The observations and problems of a file, each at ``name, line n``."""
    names = _without_blank_end(heading)
    for line, cells in rows:
        place, given = f"{name}, line {line}", _without_blank_end(cells)
        if len(cells) < len(names) or len(given) > len(names):
            yield Problem(place, "", "R03", f"{len(cells)} cells", f"{len(names)} cells, as in the heading")
            continue
        yield _row(place, key, [(n, c.strip()) for n, c in zip(names, cells, strict=False) if c.strip()], codes)


def _without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    """Cells without the blank ones at their end: ``Year,Value,,`` is two columns."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _row(place: str, key: str, filled: Sequence[tuple[str, str]], codes: CodeMaps) -> ObservationRow | Problem:
    printed = ""
    try:
        cells = _sorted_cells(key, filled, codes)
        printed = cells.parts.get("value", "")
        status = codes.optional("status", cells.parts.get("status"))
        if not printed and status not in MISSING:
            return Problem(place, "value", "R05", cells.parts.get("status", ""), sentence("R05"))
        return _observation(place, key, cells, status, codes)
    except UnmappedCode as error:
        return Problem(place, error.concept, "R01", error.given, error.expected)
    except NumberError as error:
        return Problem(place, "value", "R02", printed, str(error))
    except BreakdownError as error:
        return Problem(place, "breakdown", "R01", str(error), "codes of letters, digits and _ + - .")


def _sorted_cells(key: str, filled: Sequence[tuple[str, str]], codes: CodeMaps) -> _Cells:
    cells = _Cells()
    for heading, text in filled:
        role = codes.find("column", f"{key}|{heading}") or codes.code("column", heading)
        if role in PARTS:
            cells.parts[role] = text
        elif role == "area":
            cells.areas.append(codes.code("geo", text))
        elif role.startswith(WIDER):
            cells.wider[role.removeprefix(WIDER)] = text
        elif role != IGNORED:
            _put(cells.categories, role, codes.code(role, text))
    for dimension in cells.wider.keys() - cells.categories.keys():
        cells.categories[dimension] = codes.code(dimension, cells.wider[dimension])
    return cells


def _put(categories: dict[str, str], dimension: str, code: str) -> None:
    """Errors: ``UnmappedCode`` where two columns say two things of one dimension."""
    if categories.setdefault(dimension, code) != code:
        raise UnmappedCode(dimension, f"{categories[dimension]} and {code}", "one category of the dimension")


def _observation(place: str, key: str, cells: _Cells, status: str | None, codes: CodeMaps) -> ObservationRow:
    series, implied = _series(key, cells.parts.get("series", ""), cells.parts.get("unit", ""), codes)
    period, detail = period_of(cells.parts.get("period", ""))
    value = cells.parts.get("value")
    return ObservationRow(
        place=place,
        series=series,
        area=_area(cells.areas, codes),
        period=period,
        breakdown=breakdown({**implied, **cells.categories}).key,
        value=None if value is None else plain_number(value),
        status=status,
        unit=codes.optional("unit", cells.parts.get("unit")),
        multiplier=codes.optional("multiplier", cells.parts.get("multiplier")),
        time_detail=detail,
    )


def _series(key: str, said: str, unit: str, codes: CodeMaps) -> tuple[str, dict[str, str]]:
    """The series mapped to a file, to what a row says in its column of series, and to a unit; with what it implies.

    A code such as ``SG_REG_BRTH AGE=Y0T4`` implies a breakdown that the file does not spell out. What a row says is
    never passed over: where its column of series is filled, that text must be mapped. Errors: ``UnmappedCode``.
    """
    for given in (f"{key}|{said}|{unit}", f"{key}|{said}") if said else (f"{key}||{unit}", key):
        if found := codes.find("series", given):
            code, _blank, implied = found.partition(" ")
            return code, parse_breakdown(implied).codes if implied else {}
    raise UnmappedCode("series", f"{key}|{said}|{unit}".rstrip("|"), "a series mapped to this part of the file")


def _area(areas: Sequence[str], codes: CodeMaps) -> str:
    """The area that all filled columns of areas mean; the country where none is filled. Errors: ``UnmappedCode``."""
    if len(set(areas)) > 1:
        raise UnmappedCode("area", " and ".join(areas), "one reference area")
    return areas[0] if areas else codes.home


def period_of(text: str) -> tuple[str, str | None]:
    """A period as it is written, without marks of footnotes; where any stood, what was printed is kept beside it.

    ``2013 Q1`` is a quarter, ``1980 to 1990`` and ``2021-2022*`` are ranges. What is no period stays, for the rules.
    """
    plain = _without_marks(text)
    if match := _QUARTER.fullmatch(plain):
        return f"{match[1]}-Q{match[2]}", text if plain != text else None
    if match := _FROM_TO.fullmatch(plain):
        return f"{match[1]}/{match[2]}", text if plain != text else None
    return plain, text if plain != text else None


def _without_marks(text: str) -> str:
    """``2019*`` and ``2019/20 [Note 5]`` without what points to a footnote."""
    plain = text.rstrip("* ")
    if plain.endswith("]") and "[" in plain:
        plain = plain[: plain.rindex("[")]
    return plain.rstrip("* ")
