"""Saving answers to a questionnaire: against the version that was seen, every version kept, as cells are saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.answers import Said
from sdg_targets.domain.questionnaires import AnswerError
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Answer, AnswerVersion, Option, Question, Response, Submission
from sdg_targets.permissions import require
from sdg_targets.queries.questionnaires import Asked, answers_of, asked_for, sheet_of

from .cells import require_editable
from .interning import intern_periods
from .stepping import StepRefused, locked

_CONTENT: Final = ("option", "note", "evidence", "consent")


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What became of one answer: as it stands now (None where nothing was ever said), and whether it clashed.

    Where it clashed, somebody else was there in between: nothing was written, and ``answer`` is theirs.
    """

    answer: Answer | None
    clashed: bool = False
    changed: bool = True


@transaction.atomic
def save_answers(
    *,
    submission: Submission,
    instrument: str,
    period: str,
    given: Mapping[str, tuple[Said, int]],
    by: Any,
) -> dict[str, SavedAnswer]:
    """Save what was said to some questions: by question, what is said and the version that was seen (0 for none).

    What clashes is not written; all else is. The same answer sent twice is one. Errors: ``PermissionDenied``;
    ``StepRefused`` where nothing can be entered now, or the questionnaire is not asked; ``AnswerError`` for a question or
    an option that it does not have, and then nothing is written.
    """
    now = locked(submission)
    require(by, Permission.ENTER_DATA, area=now.area)
    require_editable(now)
    asked = asked_for(now, instrument, period)
    if asked is None:
        raise StepRefused(_("This questionnaire is not asked for %(period)s.") % {"period": period})
    questions, options = _parts(asked)
    for code, (said, _seen) in given.items():
        if code not in questions:
            raise AnswerError(f"There is no question {code}.")
        if said.option is not None and (code, said.option) not in options:
            raise AnswerError(f"Question {code} has no answer {said.option!r}.")
    response = _response(now, asked)
    standing = answers_of(response)
    saved = {}
    for code, (said, seen) in given.items():
        question = questions[code]
        option = None if said.option is None else options[code, said.option]
        saved[code] = _save(response, question, standing.get(question.pk), said, option, seen, by)
    return saved


def _parts(asked: Asked) -> tuple[dict[str, Question], dict[tuple[str, str], Option]]:
    """The questions by code, and the options by their question's code and their own."""
    options = Option.objects.filter(question__section__version=asked.version).select_related("question")
    by_code = {(option.question.code, option.code): option for option in options}
    return {option.question.code: option.question for option in by_code.values()}, by_code


def _response(submission: Submission, asked: Asked) -> Response:
    period = intern_periods([asked.period])[asked.period]
    return Response.objects.get_or_create(submission=submission, version=asked.version, period=period)[0]


def _save(
    response: Response,
    question: Question,
    answer: Answer | None,
    said: Said,
    option: Option | None,
    seen: int,
    by: Any,
) -> SavedAnswer:
    if (answer is None and said.is_empty) or (answer is not None and answer.said == said):
        return SavedAnswer(answer, changed=False)  # nothing to write, or both said the same
    if seen != (answer.version if answer else 0):
        return SavedAnswer(answer, clashed=True, changed=False)
    answer = answer or Answer(response=response, question=question, version=0)
    answer.option, answer.note, answer.consent = option, said.note, said.consent
    answer.evidence = [piece.as_dict() for piece in said.evidence]
    answer.version, answer.changed_by, answer.changed_at = answer.version + 1, by, timezone.now()
    answer.save()
    content = {name: getattr(answer, name) for name in _CONTENT}
    AnswerVersion.objects.create(answer=answer, version=answer.version, by=by, at=answer.changed_at, **content)
    return SavedAnswer(answer)


@transaction.atomic
def answer_as_before(*, submission: Submission, instrument: str, period: str, by: Any) -> int:
    """Answer every question that has no answer yet as it was answered last time; returns how many.

    Note and evidence come with the answer; consent does not, for it was given to the form of that time. Errors: as
    ``save_answers``.
    """
    now = locked(submission)
    require(by, Permission.ENTER_DATA, area=now.area)
    asked = asked_for(now, instrument, period)
    if asked is None:
        raise StepRefused(_("This questionnaire is not asked for %(period)s.") % {"period": period})
    rows = [row for part in sheet_of(now, asked).parts for row in part.rows]
    given = {}
    for row in rows:
        known = {option.code for option in row.options}
        if row.said.is_empty and row.before is not None and row.before.said.option in known:
            earlier = row.before.said
            given[row.code] = (Said(earlier.option, earlier.note, earlier.evidence), row.seen)
    saved = save_answers(submission=now, instrument=instrument, period=period, given=given, by=by)
    return sum(each.changed for each in saved.values())
