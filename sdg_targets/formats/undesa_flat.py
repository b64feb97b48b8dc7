"""International Migrant Stock of UN DESA, revision 2019, as two flat files: by origin, and estimates of refugees.

By origin: ``Year,Destination,Total,Other South,Other North,<a column for each origin>``; the reference area is the country
of destination, the counterpart area that of origin. Refugees: ``Destination,1990_est_(mf),...,1990_pct_(mf),...,
1990-1995_annual_rc_(mf),...``. Both know areas by their names alone; the same region stands twice, in the list of
geographic regions and in that of the SDG regions. A blank cell is no figure. Source: revision 2019 as flattened in
DiTo97/international-migrant-stock-1990-2020.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from sdg_targets.domain.disaggregation import TOTAL
from sdg_targets.domain.numbers import NumberError
from sdg_targets.domain.rows import FileProblem, ObservationRow, Problem, Reading

from .lines import numbered_rows
from .mapping import CodeMaps, UnmappedCode
from .undesa import PROVIDER, SOURCE, area_named, value_of

FORMAT: Final = "undesa-stock-flat"
VINTAGE: Final = "2019"
CARRIES: Final = frozenset(("value_text", "status", "source"))
BY_ORIGIN: Final = "IMS_STOCK_ORIGIN"
_ORIGINS: Final = ["Year", "Destination", "Total"]
_MEASURE: Final = re.compile(r"(?P<period>[0-9]{4}(?:-[0-9]{4})?)_(?P<measure>est|pct|annual_rc)_\(mf\)")
#: What a line says where it is no area's: it heads a list.
_MISSING: Final = ".."


@dataclass(frozen=True, slots=True)
class _Column:
    """What the figures of one column are; ``problem`` is why they cannot be read. ``period`` is blank where rows say it."""

    heading: str
    series: str
    breakdown: str
    period: str = ""
    problem: UnmappedCode | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of file: how many columns stand before the figures, which of them is the area, and the columns."""

    before: int
    columns: tuple[_Column, ...]


def looks_like(head: bytes) -> bool:
    """Whether the first line is the heading of one of the two files."""
    first = head.removeprefix(b"\xef\xbb\xbf")
    return first.startswith((b"Year,Destination,Total,", b"Destination,1990_est_(mf),"))


def read(stream: IO[bytes], codes: CodeMaps) -> Reading:
    """Read one of the two files. Errors: ``FileProblem`` for a heading that has no meaning here."""
    rows = numbered_rows(stream)
    _line, names = next(rows, (1, []))
    form = _by_origin(names, codes) if names[:3] == _ORIGINS else _refugees(names, codes)
    series = tuple(dict.fromkeys(column.series for column in form.columns))
    return Reading(FORMAT, VINTAGE, series, CARRIES, _items(rows, form, codes))


def _by_origin(names: list[str], codes: CodeMaps) -> _Form:
    return _Form(2, tuple(_origin(name, codes) for name in names[2:]))


def _origin(name: str, codes: CodeMaps) -> _Column:
    origin = codes.find("COUNTERPART_AREA", name) or area_named(name, codes)
    if origin is None:
        problem = UnmappedCode("COUNTERPART_AREA", name, "the name of an area as UN DESA writes it")
        return _Column(name, BY_ORIGIN, TOTAL, problem=problem)
    return _Column(name, BY_ORIGIN, TOTAL if origin == TOTAL else f"COUNTERPART_AREA={origin}")


def _refugees(names: list[str], codes: CodeMaps) -> _Form:
    columns = []
    for name in names[1:]:
        match = _MEASURE.fullmatch(name)
        if match is None:
            raise FileProblem(f"The column {name!r} is none of the estimates of refugees by destination.")
        columns.append(_Column(name, codes.code("series", match["measure"]), TOTAL, match["period"]))
    return _Form(1, tuple(columns))


def _items(rows: Iterator[tuple[int, list[str]]], form: _Form, codes: CodeMaps) -> Iterator[ObservationRow | Problem]:
    width = form.before + len(form.columns)
    for line, cells in rows:
        if len(cells) != width:
            yield Problem(f"line {line}", "", "R03", f"{len(cells)} cells", f"{width} cells, as in the heading")
            continue
        figures = cells[form.before :]
        area = area_named(cells[form.before - 1], codes)
        if area is not None:
            yield from _line(line, cells[0], area, zip(form.columns, figures, strict=True), codes)
        elif any(cell not in ("", _MISSING) for cell in figures):  # else it is the title of a list
            filled = sum(cell != "" for cell in figures)
            expected = "the name of an area as UN DESA writes it"
            yield Problem(f"line {line}", "area", "R01", cells[form.before - 1], expected, rows=filled)


def _line(
    line: int, year: str, area: str, figures: Iterator[tuple[_Column, str]], codes: CodeMaps
) -> Iterator[ObservationRow | Problem]:
    for column, text in figures:
        if text == "":
            continue
        place = f"line {line}, {column.heading}"
        if column.problem is not None:
            yield Problem(place, column.problem.concept, "R01", column.problem.given, column.problem.expected)
            continue
        try:
            value, sign, status = value_of(text, codes)
        except NumberError as error:
            yield Problem(place, "value", "R02", text, str(error))
            continue
        yield ObservationRow(
            place=place,
            series=column.series,
            area=area,
            period=column.period or year,
            breakdown=column.breakdown,
            value=value,
            value_text=sign,
            status=status,
            source=SOURCE.format(VINTAGE),
        )


__all__ = ["FORMAT", "PROVIDER", "VINTAGE", "looks_like", "read"]
