"""Entered figures and what they are checked against, small and without a database."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sdg_targets.domain.entered import Cell, CellKey, typed_cell
from sdg_targets.domain.findings import Context, Point
from sdg_targets.domain.limits import Limits, Measure, default_limits
from sdg_targets.domain.periods import parse_period
from sdg_targets.domain.validation import Reference, SeriesFacts

TODAY = date(2026, 11, 24)
KINDS = {
    "SHARE": ("percent", "PT"),
    "COUNT": ("number", "NUMBER"),
    "RATE": ("rate", "PER_100000_POP"),
    "CLASS": ("ordinal", "NUMBER"),
    "MONEY": ("money", "USD"),
}
DIMENSIONS = frozenset(("SEX", "AGE", "OCCUPATION"))
CATEGORIES = {
    "SEX": frozenset(("F", "M", "_U")),
    "AGE": frozenset(("Y0T14", "Y15T64", "Y_GE65", "_U")),
    "OCCUPATION": frozenset(("PHYS", "NURS")),
}


def make_cell(
    value: str = "",
    *,
    series: str = "SHARE",
    area: str = "KEN",
    period: str = "2020",
    breakdown: str = "_T",
    language: str = "en",
    **texts: str,
) -> Cell:
    """A cell as typed; a value has a source unless told otherwise."""
    given = {"value": value, **({"source": "Survey"} if value else {}), **texts}
    return typed_cell(CellKey(series, area, period, breakdown), given, language=language)


def make_point(period: str, value: str | None, status: str = "A", multiplier: int = 0) -> Point:
    return Point(parse_period(period), None if value is None else Decimal(value), status, multiplier)


def make_context(
    published: Mapping[str, str] | None = None,
    *,
    series: str = "SHARE",
    lines: Mapping[tuple[str, str], list[Point]] | None = None,
    limits: Mapping[str, Limits] | None = None,
    breaks: frozenset[int] = frozenset(),
) -> Context:
    """Kenya's context: ``published`` are values of the total of ``series`` by period, ``lines`` points of any line."""
    given = {
        (series, "_T"): [make_point(period, value) for period, value in (published or {}).items()],
        **(lines or {}),
    }
    return Context(
        known=Reference(
            series={
                code: SeriesFacts(unit, DIMENSIONS, *((Decimal(1), Decimal(4)) if code == "CLASS" else ()))
                for code, (_kind, unit) in KINDS.items()
            },
            areas=frozenset(("KEN", "UGA")),
            units=frozenset(("PT", "NUMBER", "USD", "PER_100000_POP")),
            categories=CATEGORIES,
            today=TODAY,
        ),
        area="KEN",
        measures={
            code: Measure(
                kind,
                unit,
                (limits or {}).get(code, default_limits(kind, unit)),
                breaks,
                frozenset(map(Decimal, (1, 2, 3, 4))) if kind == "ordinal" else frozenset(),
            )
            for code, (kind, unit) in KINDS.items()
        },
        published={line: {point.period.code: point for point in points} for line, points in given.items() if points},
    )
