"""Scored questionnaires: what one asks, and what a set of answers comes to.

An instrument has sections, a section has questions, a question has options, and an option counts from 0 to 1. A section's
score is the mean of its questions times 100, the overall score the mean of all questions times 100: a section with more
questions weighs more. In a returned form an unanswered question counts 0; how many are unanswered is always said beside the
score. Whoever returned no form has no score at all: that is for callers to know, who have no answers then.

Indicator 10.7.2 is one such instrument (source: its metadata of March 2021). A benchmark is another kind: its answers are read
section by section, and nothing is summed up or ranked.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from .figures import number

HUNDRED: Final = Decimal(100)
#: Decimals of a published score: 66.6667 for 20 of 30 points.
PLACES: Final = Decimal("0.0001")
#: Digits of a score in the written formula.
SHOWN_DIGITS: Final = 4


class InstrumentError(ValueError):
    """A definition that cannot be scored; the message says where and why."""


class AnswerError(ValueError):
    """An answer to a question, or with an option, that the instrument does not have."""


class Scoring(StrEnum):
    """What is summed up: everything, each section alone, or nothing (a benchmark)."""

    OVERALL = "overall"
    SECTIONS = "sections"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer; ``weight`` from 0 to 1 is what it counts, and None where nothing is scored."""

    code: str
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its options."""

    code: str
    options: tuple[Option, ...]

    def option(self, code: str) -> Option:
        """The option of this code. Errors: ``AnswerError``."""
        for option in self.options:
            if option.code == code:
                return option
        raise AnswerError(f"Question {self.code} has no answer {code!r}.")


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are scored together: a domain of 10.7.2."""

    code: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ScoreClass:
    """A class begins at ``minimum`` and ends where the next one begins; ``value`` is its published number."""

    value: int
    minimum: Decimal


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of a questionnaire, whole. ``footnote_share``: the per cent unanswered from which a footnote is due."""

    scoring: Scoring
    sections: tuple[Section, ...]
    classes: tuple[ScoreClass, ...] = ()
    footnote_share: Decimal | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    def class_of(self, value: Decimal) -> int | None:
        """The number of the class in which a score lies; None where the instrument has no classes."""
        return next((c.value for c in reversed(self.classes) if c.minimum <= value), None)


@dataclass(frozen=True, slots=True)
class Score:
    """What the answers to some questions come to.

    ``points`` has what each question counts, in their order, 0 where there is no answer; empty where nothing is scored.
    ``value`` is in per cent, unrounded; ``counts`` says how often each option was chosen.
    """

    questions: int
    answered: int
    points: tuple[Decimal, ...] = ()
    value: Decimal | None = None
    class_value: int | None = None
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def unanswered(self) -> int:
        return self.questions - self.answered

    @property
    def unanswered_share(self) -> Decimal:
        """Questions without an answer, in per cent of all."""
        return HUNDRED * self.unanswered / self.questions

    @property
    def total(self) -> Decimal:
        return sum(self.points, Decimal(0))

    @property
    def published(self) -> Decimal | None:
        """The score as it is published: per cent with four decimals at most."""
        if self.value is None:
            return None
        exact = self.value.quantize(PLACES).normalize()
        return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact

    def formula(self, language: str = "en") -> str:
        """The arithmetic with its numbers: ``(1 + 0.5 + 0) ÷ 3 × 100 = 50``; nothing where nothing is scored."""
        if self.value is None:
            return ""
        terms = " + ".join(number(_plain(point), language) for point in self.points)
        result = number(_plain(self.value), language, digits=SHOWN_DIGITS)
        return f"({terms}) ÷ {self.questions} × 100 = {result}"


@dataclass(frozen=True, slots=True)
class Result:
    """The score of a whole form: by the code of each section, and overall (without a value where there is no total)."""

    sections: Mapping[str, Score]
    overall: Score
    needs_footnote: bool

    def summary(self, language: str = "en") -> str:
        """The overall arithmetic from the sections' points: ``(4 + 4 + 5 + 2 + 1 + 4) ÷ 30 × 100 = 66.67``."""
        if self.overall.value is None:
            return ""
        terms = " + ".join(number(_plain(score.total), language) for score in self.sections.values())
        result = number(_plain(self.overall.value), language, digits=SHOWN_DIGITS)
        return f"({terms}) ÷ {self.overall.questions} × 100 = {result}"


def score(instrument: Instrument, answers: Mapping[str, str]) -> Result:
    """Score a form: the code of the chosen option by the code of the question; a question left out is unanswered.

    Errors: ``AnswerError`` for a question or an option that the instrument does not have.
    """
    if unknown := set(answers) - {question.code for question in instrument.questions}:
        raise AnswerError(f"There is no question {', '.join(sorted(unknown))}.")
    scored = instrument.scoring is not Scoring.NONE
    sections = {s.code: _score(instrument, s.questions, answers, scored) for s in instrument.sections}
    overall = _score(instrument, instrument.questions, answers, instrument.scoring is Scoring.OVERALL)
    share = instrument.footnote_share
    return Result(sections, overall, share is not None and overall.unanswered_share >= share)


def _score(
    instrument: Instrument, questions: tuple[Question, ...], answers: Mapping[str, str], is_scored: bool
) -> Score:
    chosen = [q.option(answers[q.code]) if q.code in answers else None for q in questions]
    given = Counter(option.code for option in chosen if option is not None)
    order = dict.fromkeys(option.code for question in questions for option in question.options)
    counts = tuple((code, given[code]) for code in order)
    answered = sum(option is not None for option in chosen)
    if not is_scored:
        return Score(len(questions), answered, counts=counts)
    points = tuple(Decimal(0) if option is None else option.weight or Decimal(0) for option in chosen)
    value = HUNDRED * sum(points, Decimal(0)) / len(questions)
    return Score(len(questions), answered, points, value, instrument.class_of(value), counts)


def check(instrument: Instrument) -> None:
    """Go on only if every set of answers can be scored. Errors: ``InstrumentError``, with the first thing that is wrong."""
    for fault in _faults(instrument):
        raise InstrumentError(fault)


def _faults(instrument: Instrument) -> Iterator[str]:
    yield from _repeated("Section", [section.code for section in instrument.sections])
    yield from _repeated("Question", [question.code for question in instrument.questions])
    if not instrument.sections:
        yield "There is no section."
    for section in instrument.sections:
        if not section.questions:
            yield f"Section {section.code} has no question."
    for question in instrument.questions:
        yield from _faults_of(question, instrument.scoring is not Scoring.NONE)
    yield from _faults_of_classes(instrument)


def _faults_of(question: Question, is_scored: bool) -> Iterator[str]:
    yield from _repeated(f"Question {question.code}: answer", [option.code for option in question.options])
    if len(question.options) < 2:
        yield f"Question {question.code} has fewer than two answers to choose from."
    for option in question.options:
        if is_scored and option.weight is None:
            yield f"Question {question.code}: answer {option.code} does not say what it counts."
        if option.weight is not None and not 0 <= option.weight <= 1:
            yield f"Question {question.code}: answer {option.code} counts {option.weight}, which is not from 0 to 1."


def _faults_of_classes(instrument: Instrument) -> Iterator[str]:
    classes = instrument.classes
    if classes and instrument.scoring is Scoring.NONE:
        yield "There are classes, but nothing is scored."
    if classes and classes[0].minimum != 0:
        yield "The lowest class does not begin at 0."
    for lower, upper in pairwise(classes):
        if not lower.minimum < upper.minimum <= HUNDRED:
            yield f"Class {upper.value} begins at {upper.minimum}, which is not above {lower.minimum} and up to 100."


def _repeated(what: str, codes: list[str]) -> Iterator[str]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{what} {code} stands {times} times."


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end: 0.50 is shown as 0.5, and 1E+2 as 100."""
    return Decimal(format(value.normalize(), "f"))
