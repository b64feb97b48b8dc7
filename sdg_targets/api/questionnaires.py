"""Questionnaires by API: which a submission is asked, what was answered and what it comes to, and answers to be saved."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from sdg_targets.actions.answers import SavedAnswer, save_answers
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.answers import Said, SaidError, read_evidence, read_note
from sdg_targets.domain.questionnaires import AnswerError
from sdg_targets.models import Submission
from sdg_targets.queries.questionnaires import Asked, Sheet, asked_for, sheet_of, sheets_of
from sdg_targets.queries.submissions import is_of_team
from sdg_targets.web.working import Conflict, Unreadable

from . import questionnaire_documents as documents
from .questionnaire_serializers import AnswerSerializer, AnswersSerializer, SheetRowSerializer, SheetSerializer
from .submissions import SubmissionView, body_of, refuse

Given = dict[str, tuple[Said, int]]


class SubmissionQuestionnaires(SubmissionView):
    """The questionnaires of a submission."""

    @documents.LIST
    def get(self, request: Request, pk: int) -> Response:
        submission = self.found(pk)
        sheets = sheets_of(submission, for_desk=not is_of_team(submission, request.user))
        return Response({"data": SheetRowSerializer(sheets, many=True).data})


class SubmissionAnswers(SubmissionView):
    """One questionnaire with its answers, and changes to them."""

    @documents.READ
    def get(self, request: Request, pk: int, instrument: str, period: str) -> Response:
        submission = self.found(pk)
        sheet = self._sheet(submission, self._asked(submission, instrument, period))
        return Response(SheetSerializer(sheet).data)

    @documents.ANSWER
    def post(self, request: Request, pk: int, instrument: str, period: str) -> Response:
        submission = self.found(pk)
        asked = self._asked(submission, instrument, period)
        given = _given(body_of(request, AnswersSerializer)["answers"])
        try:
            with transaction.atomic():
                saved = save_answers(
                    submission=submission, instrument=instrument, period=period, given=given, by=request.user
                )
                self._refuse_clashes(submission, asked, saved)
        except StepRefused as refused:
            refuse(refused)
        except AnswerError as error:
            raise Unreadable([{"member": "answers", "detail": str(error)}]) from error
        changed = sum(each.changed for each in saved.values())
        return Response({"changed": changed, **SheetSerializer(self._sheet(submission, asked)).data})

    def _asked(self, submission: Submission, instrument: str, period: str) -> Asked:
        asked = asked_for(submission, instrument, period)
        if asked is None:
            raise Http404("This questionnaire is not asked of this submission.")
        return asked

    def _sheet(self, submission: Submission, asked: Asked) -> Sheet:
        return sheet_of(submission, asked, for_desk=not is_of_team(submission, self.request.user))

    def _refuse_clashes(self, submission: Submission, asked: Asked, saved: Mapping[str, SavedAnswer]) -> None:
        """All answers or none. Errors: ``Conflict`` with what stands to each question that clashed."""
        clashed = [code for code, each in saved.items() if each.clashed]
        if clashed:
            sheet = self._sheet(submission, asked)
            stand = [
                {"question": row.code, "by": row.by, "stands": AnswerSerializer(row).data}
                for row in map(sheet.find, clashed)
                if row is not None
            ]
            raise Conflict(
                f"Somebody else answered {len(clashed)} of these questions; nothing was written.", conflicts=stand
            )


def _given(answers: list[dict[str, Any]]) -> Given:
    """What is said to each question. Errors: ``Unreadable`` with the place of each mistake."""
    given: Given = {}
    wrong = []
    for place, answer in enumerate(answers):
        code = answer["question"]
        if code in given:
            wrong.append({"member": f"answers.{place}.question", "detail": f"Question {code[:20]} stands twice."})
            continue
        try:
            evidence = read_evidence(answer["evidence"])
            said = Said(answer["option"] or None, read_note(answer["note"]), evidence, answer["consent"])
        except SaidError as error:
            wrong.append({"member": f"answers.{place}", "detail": str(error)})
            continue
        given[code] = (said, answer["seen"])
    if wrong:
        raise Unreadable(wrong)
    return given
