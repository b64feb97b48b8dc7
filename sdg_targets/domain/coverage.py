"""Coverage: what is expected from the catalogue against what there is, and why something is not.

Expected is one figure for every country and every series followed here that no newer series has taken the place of: the
newest in the series' headline breakdown, and one for each dimension by which it should be broken down (sex, age,
migratory status ...). "Country" is a Member State; other areas are looked at when they are asked for, and not counted.
The years expected are those for which the series is published for anybody.

What is not there has a reason. Where the publisher says nothing of a country at all, its figure is not yet received: it
may have been asked for and not come, or not have been passed on. Nothing here says which, and nobody is called late.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from .figures import age_in_years
from .languages import gettext_noop

#: What the publisher of 10.7.2 prints for an area that the inquiry did not go to.
NOT_ASKED_PRINTED: Final = "N"
#: Codes of categories that are no part of a whole: a share of unknown sex does not tell women from men.
NOT_SPECIFIED: Final = "_U"


class State(StrEnum):
    """Whether an expected figure is there and, where it is not, the reason. The order is that of every list."""

    FIGURE = "figure"
    NOT_YET = "not_yet"
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    ELSEWHERE = "elsewhere"
    NOT_ASKED = "not_asked"
    REGIONAL = "regional"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Wording:
    """A state in a few words and in a sentence, with the sign that stands for it beside its colour."""

    label: str
    sentence: str
    sign: str


WORDS: Final[Mapping[State, Wording]] = {
    State.FIGURE: Wording(
        gettext_noop("Figure at hand"),
        gettext_noop("There is a figure; its age is counted from the year it is for."),
        "●",
    ),
    State.NOT_YET: Wording(
        gettext_noop("Not yet received"),
        gettext_noop("Expected, and in none of the publications at hand. It may exist elsewhere."),
        "○",
    ),
    State.NOT_COLLECTED: Wording(
        gettext_noop("Not collected"), gettext_noop("The publisher says that the figure is not collected."), "–"
    ),
    State.NOT_APPLICABLE: Wording(
        gettext_noop("Not applicable"), gettext_noop("There can be no such figure for this country."), "×"
    ),
    State.SUPPRESSED: Wording(
        gettext_noop("Suppressed for confidentiality"),
        gettext_noop("There is a figure, and showing it could disclose somebody."),
        "▪",
    ),
    State.ELSEWHERE: Wording(
        gettext_noop("Included in another category"), gettext_noop("The figure is counted in another category."), "↪"
    ),
    State.NOT_ASKED: Wording(
        gettext_noop("Not asked"),
        gettext_noop("The inquiry did not go to this area: neither a low score nor a refusal."),
        "∅",
    ),
    State.REGIONAL: Wording(
        gettext_noop("Regions only"),
        gettext_noop("The figures are published for regions and groups, not by country."),
        "◇",
    ),
    State.UNPUBLISHED: Wording(
        gettext_noop("No publication at hand"),
        gettext_noop("The publications at hand hold nothing of it for any country."),
        "·",
    ),
}
#: Statuses (SDMX CL_OBS_STATUS) that stand where there is no value, and what each says.
_BY_STATUS: Final = {
    "L": State.NOT_COLLECTED,
    "M": State.NOT_APPLICABLE,
    "O": State.NOT_YET,
    "Q": State.SUPPRESSED,
    "K": State.ELSEWHERE,
}


class Reach(StrEnum):
    """For whom a series has been published at all."""

    COUNTRIES = "countries"
    REGIONS = "regions"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Fact:
    """The newest row of a country in a series' headline breakdown: with a value, or with the status that says why not.

    ``year`` is the one the figure counts for: that of the last day of its period.
    """

    period: str
    year: int
    breakdown: str
    dataset: str
    status: str
    has_value: bool
    printed: str | None = None


def state_of(fact: Fact | None, reach: Reach) -> State:
    """The state of an expected figure, from its newest row (``None``: there is none) and the reach of its series."""
    if fact is None:
        return {Reach.COUNTRIES: State.NOT_YET, Reach.REGIONS: State.REGIONAL, Reach.NOBODY: State.UNPUBLISHED}[reach]
    if fact.has_value:
        return State.FIGURE
    if fact.printed == NOT_ASKED_PRINTED:
        return State.NOT_ASKED
    return _BY_STATUS.get(fact.status, State.NOT_YET)


def is_division(categories: int) -> bool:
    """Whether figures for so many categories of a dimension divide a whole; the total is one, "not specified" none.

    One category alone divides nothing: children of 5 to 17, where no other age is given, are the headline itself.
    """
    return categories > 1


def state_by_dimension(headline: State, *, categories: int) -> State:
    """The state of an expected disaggregation: it is there, or the headline's own reason, or not yet received."""
    if is_division(categories):
        return State.FIGURE
    return State.NOT_YET if headline is State.FIGURE else headline


def is_stated(state: State) -> bool:
    """Whether a publisher said the reason, rather than nothing."""
    return state in (*_BY_STATUS.values(), State.NOT_ASKED) and state is not State.NOT_YET


def best_of(states: Iterable[State]) -> State:
    """The state of an indicator from those of its series, in their order.

    A figure of any series is one; else the first reason that a publisher states; else the least that is known.
    """
    given = list(states)
    stated = [state for state in given if is_stated(state)]
    for state in (State.FIGURE, *stated[:1], State.NOT_YET, State.REGIONAL):
        if state in given:
            return state
    return State.UNPUBLISHED


@dataclass(frozen=True, slots=True)
class Summary:
    """Expected figures counted: how many of them there are, why the others are not, and how old those are that are.

    ``median_age`` is in years up to the reference year; recent figures are for one of the last three, or five, years,
    the reference year among them.
    """

    expected: int
    counts: Mapping[State, int]
    newest_year: int | None
    median_age: float | None
    within_3_years: int
    within_5_years: int

    @property
    def figures(self) -> int:
        return self.counts.get(State.FIGURE, 0)

    @property
    def percent(self) -> int:
        """The share of the expected figures that is there, in whole per cent."""
        return percent(self.figures, self.expected)

    @property
    def in_order(self) -> tuple[tuple[State, int], ...]:
        """Each state that occurs and how often, in the order of the states."""
        return tuple((state, self.counts[state]) for state in State if self.counts.get(state))


def percent(part: int, whole: int) -> int:
    """A share in whole per cent; what is neither none nor all is never shown as 0 or 100."""
    if part in (0, whole):
        return 100 if part else 0
    return min(99, max(1, round(100 * part / whole)))


def summary(states: Collection[State], years: Collection[int], *, reference_year: int) -> Summary:
    """Count states, and the years that the figures among them are for."""
    counts: dict[State, int] = {}
    for state in states:
        counts[state] = counts.get(state, 0) + 1
    ages = [age_in_years(year, this_year=reference_year) for year in years]
    return Summary(
        expected=len(states),
        counts=counts,
        newest_year=max(years, default=None),
        median_age=median(ages) if ages else None,
        within_3_years=sum(1 for age in ages if age < 3),
        within_5_years=sum(1 for age in ages if age < 5),
    )
