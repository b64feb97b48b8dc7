"""How figures of one table add up: a table holds the figures of one series, area and period, by their breakdowns.

A relation says that a sum of some cells is another: ``{total: 1, part: -1, part: -1}``, all of it 0. Cells that stand in no
row of the table may be in it (the total of all ages of women, where only the ages are given): whoever subtracts knows them
too. Ages are read as spans, so that bands which overlap, nest and tile are related as they really are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .disaggregation import COUNTERPART, TOTAL, Breakdown

#: Categories that make up another or the total, by dimension; ``_U`` (not stated) belongs to the total where it is given.
WHOLES: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "SEX": ((TOTAL, ("F", "M")),),
    "URBANISATION": ((TOTAL, ("U", "R")),),
    "DISABILITY_STATUS": ((TOTAL, ("PD", "PWD")),),
    "INCOME_WEALTH_QUANTILE": ((TOTAL, ("Q1", "Q2", "Q3", "Q4", "Q5")),),
    "MIGRATORY_STATUS": (
        (TOTAL, ("MS_MIGRANT", "MS_NOMIGRANT")),
        ("MS_MIGRANT", ("MS_EUMIGRANT", "MS_NONEUMIGRANT")),
    ),
}
AGE: Final = "AGE"
NOT_STATED: Final = "_U"
_BAND: Final = re.compile(r"Y(?P<one>[0-9]{1,3})|Y(?P<from>[0-9]{1,3})T(?P<to>[0-9]{1,3})|Y_GE(?P<open>[0-9]{1,3})")
#: The end of an age band that has none.
OPEN: Final = 1000

#: Cells by their key, or people under an age by a name that is no key.
Relation = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that make it up, by breakdown keys; ``sure`` where the parts are known to be all of it."""

    total: str
    dimension: str
    parts: tuple[str, ...]
    sure: bool


def age_span(code: str) -> tuple[int, int] | None:
    """First year of an age band and the first after it: ``Y0T4`` is 0 to 5; ``None`` for what is no band of years."""
    match = _BAND.fullmatch(code)
    if match is None:
        return None
    if match["one"]:
        return int(match["one"]), int(match["one"]) + 1
    if match["open"]:
        return int(match["open"]), OPEN
    first, after = int(match["from"]), int(match["to"]) + 1
    return (first, after) if first < after else None


def closure(breakdowns: Iterable[Breakdown]) -> set[Breakdown]:
    """The breakdowns with all that come of them when dimensions are summed up."""
    found: set[Breakdown] = set()
    waiting = list(breakdowns)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [Breakdown(tuple(p for p in one.parts if p != part)) for part in one.parts]
    return found


def _groups(breakdowns: Iterable[Breakdown]) -> Iterator[tuple[str, Breakdown, dict[str, Breakdown]]]:
    """Of each dimension and each rest of a breakdown: the breakdowns by their category of the dimension."""
    groups: defaultdict[tuple[str, Breakdown], dict[str, Breakdown]] = defaultdict(dict)
    for one in breakdowns:
        for dimension, code in one.parts:
            rest = Breakdown(tuple(part for part in one.parts if part[0] != dimension))
            groups[dimension, rest][code] = one
    for (dimension, rest), members in sorted(groups.items(), key=lambda group: (group[0][0], group[0][1].key)):
        yield dimension, rest, members


def sums(breakdowns: Iterable[Breakdown]) -> Iterator[Sum]:
    """Every total of the breakdowns with its parts.

    Of a dimension whose list of categories is open (occupations, countries of origin) the parts that are there are taken
    for all, and ``sure`` is false: nobody can know from the table that there are others.
    """
    given = set(breakdowns)
    for dimension, rest, members in _groups(given):
        if dimension == AGE:
            yield from _age_sums(rest, members)
        elif dimension in WHOLES:
            yield from _sums_of_wholes(dimension, rest, members)
        else:
            codes = sorted(code for code in members if dimension != COUNTERPART or not code.isdigit())
            if len(codes) > 1:
                yield Sum(rest.key, dimension, tuple(members[code].key for code in codes), sure=False)


def _sums_of_wholes(dimension: str, rest: Breakdown, members: Mapping[str, Breakdown]) -> Iterator[Sum]:
    for total, parts in WHOLES[dimension]:
        if all(part in members for part in parts) and (total == TOTAL or total in members):
            stated = parts if total != TOTAL or NOT_STATED not in members else (*parts, NOT_STATED)
            whole = rest if total == TOTAL else members[total]
            yield Sum(whole.key, dimension, tuple(members[part].key for part in stated), sure=True)


def _age_sums(rest: Breakdown, members: Mapping[str, Breakdown]) -> Iterator[Sum]:
    """Bands that tile another band, or all ages: of each span the tiling with the fewest bands."""
    spans = {span: key for code, key in members.items() if (span := age_span(code))}
    for span, whole in spans.items():
        parts = _tiling(span, spans.keys() - {span})
        if parts:
            yield Sum(whole.key, AGE, tuple(spans[part].key for part in parts), sure=True)
    if parts := _tiling((0, OPEN), spans.keys()):
        unknown = [members[NOT_STATED].key] if NOT_STATED in members else []
        yield Sum(rest.key, AGE, (*(spans[part].key for part in parts), *unknown), sure=True)


def _tiling(span: tuple[int, int], bands: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The fewest bands that lie end to end from the first year of a span to its last, or none."""
    best: dict[int, tuple[tuple[int, int], ...]] = {span[0]: ()}
    for band in sorted(bands):
        if band[0] in best and band[1] <= span[1]:
            reached = (*best[band[0]], band)
            if band[1] not in best or len(reached) < len(best[band[1]]):
                best[band[1]] = reached
    return best.get(span[1], ()) if span[1] != span[0] else ()


def relations(breakdowns: Iterable[Breakdown]) -> list[Relation]:
    """Everything that a reader of the table knows to be 0, over the closure of its breakdowns.

    Bands of age are differences of two counts each (people younger than 15, less those younger than 5), which holds every
    tiling at once. Such a count is named ``<15`` and the rest of the breakdown, which is no key.
    """
    whole = closure(breakdowns)
    found: list[Relation] = []
    for dimension, rest, members in _groups(whole):
        if dimension == AGE:
            found += _age_relations(rest, members)
    for one in sums(whole):
        if one.dimension != AGE:
            found.append({one.total: 1, **dict.fromkeys(one.parts, -1)})
    return found


def _age_relations(rest: Breakdown, members: Mapping[str, Breakdown]) -> list[Relation]:
    """A band is those up to its end less those up to its beginning; nobody is counted up to the first beginning."""
    spans = {code: span for code in members if (span := age_span(code))}
    edges = sorted({edge for span in spans.values() for edge in span})
    counted = {edge: {} if edge == edges[0] else {f"<{edge} {rest.key}": 1} for edge in edges}
    found: list[Relation] = []
    for code, (first, after) in spans.items():
        found.append({members[code].key: -1, **counted[after], **_negative(counted[first])})
    if edges and edges[0] == 0 and edges[-1] == OPEN:
        unknown = {members[NOT_STATED].key: 1} if NOT_STATED in members else {}
        found.append({rest.key: -1, **counted[OPEN], **unknown})
    return found


def _negative(relation: Relation) -> Relation:
    return {key: -n for key, n in relation.items()}


__all__ = ["AGE", "OPEN", "WHOLES", "Relation", "Sum", "age_span", "closure", "relations", "sums"]
