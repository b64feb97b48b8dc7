"""Questionnaires being filled in: which are asked of a submission, and one of them with its answers and score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from sdg_targets.domain import questionnaires as domain
from sdg_targets.domain.answers import Said
from sdg_targets.domain.languages import LocalName
from sdg_targets.domain.periods import parse_period
from sdg_targets.domain.workflow import State
from sdg_targets.models import Answer, AnswerVersion, InstrumentVersion, Option, Question, Response, Section, Submission

from .instruments import definition_of, whole_versions


@dataclass(frozen=True, slots=True)
class Asked:
    """One questionnaire for one period, which a country is asked, or may want, to fill in."""

    version: InstrumentVersion
    period: str

    @property
    def instrument(self) -> str:
        return self.version.instrument.code


def asked_of(submission: Submission) -> list[Asked]:
    """The questionnaires of a submission, by instrument and period.

    A round asks for one by asking for the series that is computed from it, for the years named there. One from which no
    series is computed can be filled in for the year in which the round opens.
    """
    years: dict[int, list[str]] = {item.series_id: item.period_codes for item in submission.round.items.all()}
    own_year = [str(submission.round.opens_on.year)]
    found: dict[tuple[str, str], InstrumentVersion] = {}
    versions = InstrumentVersion.objects.filter(
        is_open=True, instrument__area_kinds__contains=[submission.area.kind]
    ).select_related("instrument")
    for version in versions.order_by("instrument__code", "valid_from", "code"):
        series = [pk for pk in (version.category_series_id, version.score_series_id) if pk is not None]
        for code in own_year if not series else sorted({code for pk in series for code in years.get(pk, [])}):
            if _holds(version, code):
                found[version.instrument.code, code] = version  # the newest version in force comes last
    return [Asked(version, period) for (_instrument, period), version in found.items()]


def _holds(version: InstrumentVersion, code: str) -> bool:
    """Whether the version is the one to use for this period: it is in force on its last day."""
    end = parse_period(code).end
    return (version.valid_from is None or version.valid_from <= end) and (
        version.valid_to is None or end <= version.valid_to
    )


def asked_for(submission: Submission, instrument: str, period: str) -> Asked | None:
    """The one of this instrument and period, ``None`` where it is not asked."""
    return next((a for a in asked_of(submission) if (a.instrument, a.period) == (instrument, period)), None)


def is_answered(submission: Submission, asked: Asked) -> bool:
    """Whether anything was said in this form."""
    responses = Response.objects.filter(submission_id=submission.pk, version=asked.version, period__code=asked.period)
    return Answer.objects.filter(response__in=responses).exists()


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered last time to a question: the words, the period, and all that was said."""

    word: LocalName | None
    period: str
    said: Said


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what was said to it; ``seen`` is the version of the answer, 0 where there is none.

    ``answer`` is the id of the answer, on which files hang.
    """

    question: Question
    options: tuple[Option, ...]
    said: Said
    seen: int = 0
    by: str = ""
    at: datetime | None = None
    before: Before | None = None
    answer: int | None = None

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def word(self) -> LocalName | None:
        """The words of the chosen answer."""
        return next((option.name for option in self.options if option.code == self.said.option), None)

    @property
    def when(self) -> str:
        return date_format(self.at, "DATETIME_FORMAT") if self.at else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its questions and its score."""

    section: Section
    rows: tuple[Row, ...]
    score: domain.Score
    class_word: LocalName | None

    @property
    def counts(self) -> list[tuple[LocalName, int]]:
        """How often each answer was given, in the order of the answers."""
        words = {option.code: option.name for row in self.rows for option in row.options}
        return [(words[code], times) for code, times in self.score.counts]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A questionnaire with its answers and what they come to."""

    version: InstrumentVersion
    period: str
    parts: tuple[Part, ...]
    result: domain.Result
    class_word: LocalName | None
    before: str = ""

    @property
    def overall(self) -> domain.Score:
        return self.result.overall

    @property
    def has_total(self) -> bool:
        return self.overall.value is not None

    def find(self, question: str) -> Row | None:
        """One question by its code, None where there is none."""
        return next((row for part in self.parts for row in part.rows if row.code == question), None)

    def after(self, part: Part) -> Part | None:
        """The section that follows."""
        place = self.parts.index(part) + 1
        return self.parts[place] if place < len(self.parts) else None


def sheets_of(submission: Submission, *, for_desk: bool = False) -> list[Sheet]:
    """All questionnaires of a submission with their answers, for lists of a few."""
    return [sheet_of(submission, asked, for_desk=for_desk) for asked in asked_of(submission)]


def sheet_of(submission: Submission, asked: Asked, *, for_desk: bool = False) -> Sheet:
    """The questionnaire as the country's team sees it; ``for_desk``: as it was handed in, while it is being changed."""
    version = whole_versions().get(pk=asked.version.pk)
    response = Response.objects.filter(submission_id=submission.pk, version=version, period__code=asked.period).first()
    as_handed_in = for_desk and submission.state == State.RETURNED
    given = handed_in(response) if as_handed_in else answers_of(response)
    return fill(version, asked.period, given, before=_last_time(submission, asked))


def answers_of(response: Response | None) -> dict[int, Answer]:
    """Answers by the id of their question."""
    if response is None:
        return {}
    return {answer.question_id: answer for answer in response.answers.with_names()}


def handed_in(response: Response | None) -> dict[int, Answer]:
    """The answers as they were when the submission was handed in last."""
    found = answers_of(response)
    wanted = {answer.pk: answer for answer in found.values() if answer.submitted_version}
    versions = AnswerVersion.objects.filter(answer__in=wanted).select_related("option")
    for kept in versions:
        answer = wanted[kept.answer_id]
        if kept.version == answer.submitted_version:
            answer.option, answer.note, answer.evidence, answer.consent = (
                kept.option, kept.note, kept.evidence, kept.consent,
            )  # fmt: skip
    return {answer.question_id: answer for answer in wanted.values()}


def fill(
    version: InstrumentVersion, period: str, given: Mapping[int, Answer], *, before: Mapping[str, Before] | None = None
) -> Sheet:
    """A whole version with these answers, by the id of their question, and their score."""
    questions = {q.pk: q.code for section in version.sections.all() for q in section.questions.all()}
    chosen = {questions[pk]: answer.option.code for pk, answer in given.items() if answer.option is not None}
    result = domain.score(definition_of(version), chosen)
    words = {row.value: row.name for row in version.classes.all()}
    earlier = before or {}
    parts = tuple(
        Part(
            section,
            tuple(_row(question, given.get(question.pk), earlier) for question in section.questions.all()),
            result.sections[section.code],
            _word(words, result.sections[section.code]),
        )
        for section in version.sections.all()
    )
    last = next((each.period for each in earlier.values()), "")
    return Sheet(version, period, parts, result, _word(words, result.overall), last)


def _word(words: Mapping[int, LocalName], score: domain.Score) -> LocalName | None:
    return None if score.class_value is None else words[score.class_value]


def _row(question: Question, answer: Answer | None, before: Mapping[str, Before]) -> Row:
    options = tuple(question.options.all())
    earlier = before.get(question.code)
    if answer is None:
        return Row(question, options, Said(), before=earlier)
    by: Any = answer.changed_by
    name = by.name if by else ""
    return Row(question, options, answer.said, answer.version, name, answer.changed_at, earlier, answer.pk)


def _last_time(submission: Submission, asked: Asked) -> dict[str, Before]:
    """What the country answered in its newest published form of this questionnaire up to this period, by question."""
    newest = (
        Response.objects.published()
        .filter(
            submission__area=submission.area_id,
            version__instrument=asked.version.instrument_id,
            period__end__lte=parse_period(asked.period).end,
        )
        .exclude(submission_id=submission.pk)
        .select_related("period")
        .order_by("-period__end", "-submission_id")
        .first()
    )
    if newest is None:
        return {}
    given = answers_of(newest)
    questions = Question.objects.filter(section__version=newest.version_id)
    return {question.code: _before(given.get(question.pk), newest.period.code) for question in questions}


def _before(answer: Answer | None, period: str) -> Before:
    if answer is None:
        return Before(None, period, Said())
    return Before(answer.option.name if answer.option else None, period, answer.said)
