"""What the OpenAPI document says of questionnaires: each operation with a sentence, an example and its errors."""

from typing import Any, Final

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from sdg_targets.web.problems import problem

from .questionnaire_serializers import AnswersSerializer, PartSerializer, SheetRowSerializer, SheetSerializer
from .submission_documents import example_of, operation

SCORE: Final[dict[str, Any]] = {
    "value": "3.3333",
    "class_value": 1,
    "formula": "(1 + 0 + 0 + 0 + 0) ÷ 5 × 100 = 20",
    "questions": 30,
    "answered": 1,
}
ANSWER_ROW: Final[dict[str, Any]] = {
    "question": "1a",
    "text": "Essential and/or emergency health care",
    "options": [
        {"code": "ALL", "name": "Yes, regardless of immigration status", "weight": "1"},
        {"code": "REGULAR", "name": "Yes, only for those with legal immigration status", "weight": "0.5"},
        {"code": "NO", "name": "No", "weight": "0"},
    ],
    "option": "ALL",
    "note": "",
    "evidence": [{"kind": "law", "title": "Health Act", "url": "https://example.org/health-act"}],
    "consent": True,
    "seen": 1,
    "changed_at": "2026-11-25T09:05:00Z",
    "last_time": {"period": "2021", "option": "REGULAR"},
}
ROW: Final[dict[str, Any]] = {
    "instrument": "10.7.2",
    "version": "2021",
    "period": "2024",
    "name": "Migration policies",
    "score": SCORE,
    "needs_footnote": True,
}
SHEET: Final[dict[str, Any]] = {
    **ROW,
    "sections": [
        {
            "section": "PD_1",
            "name": "Migrant rights",
            "lead": "Does the Government provide non-nationals equal access to the following services?",
            "score": {**SCORE, "value": "20", "questions": 5},
            "questions": [ANSWER_ROW],
        }
    ],
}
BODY: Final = {
    "answers": [{"question": "1a", "option": "ALL", "evidence": ANSWER_ROW["evidence"], "consent": True, "seen": 0}]
}
CLASH: Final = problem(
    409,
    "Somebody else answered 1 of these questions; nothing was written.",
    conflicts=[{"question": "1a", "by": "A. Colleague", "stands": ANSWER_ROW}],
)

LIST = operation(
    "list_submission_questionnaires",
    "The questionnaires that a submission is asked, with what each comes to as it stands.",
    answers=inline_serializer("QuestionnairePage", {"data": SheetRowSerializer(many=True)}),
    example={"data": [ROW]},
)
READ = operation(
    "read_submission_questionnaire",
    "One questionnaire: its questions with their options, what was answered, and what it comes to.",
    answers=SheetSerializer,
    example=SHEET,
)
ANSWER = operation(
    "answer_submission_questionnaire",
    "Save answers: all of them or none.",
    description="Each says the whole of what is said to its question, and which version of the answer was seen. Where"
    " somebody else answered in between, the answer is 409 with what stands, and nothing is written. Figures are computed"
    " from the answers when the submission is handed in: they are not typed in as values.",
    answers=inline_serializer(
        "AnsweredQuestionnaire",
        {
            "changed": serializers.IntegerField(),
            **SheetRowSerializer().get_fields(),
            "sections": PartSerializer(many=True),
        },
    ),
    example={"changed": 1, **SHEET},
    body=AnswersSerializer,
    body_example=BODY,
    more=(example_of("Somebody was there before", CLASH, status=409),),
)
