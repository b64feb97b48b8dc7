"""What the OpenAPI document says of submissions: each operation with a sentence, an example and its errors."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from sdg_targets.domain.workflow import State
from sdg_targets.web.problems import MEDIA_TYPE, ProblemSerializer, problem

from .submission_serializers import (
    CellSerializer,
    ChangesSerializer,
    CommentSerializer,
    DetailSerializer,
    EventSerializer,
    FindingSerializer,
    MarksSerializer,
    OpenSerializer,
    SayingSerializer,
    StepSerializer,
    SubmissionSerializer,
    VersionSerializer,
)

SUBMISSION: Final[dict[str, Any]] = {
    "id": 7,
    "area": "KEN",
    "round": "2026",
    "dataset": "national:KEN",
    "state": "draft",
    "state_means": "Being entered. Only your country’s team can see it.",
    "version": 1,
    "opened_at": "2026-11-25T09:00:00Z",
    "changed_at": "2026-11-25T09:00:00Z",
    "submitted_at": None,
    "publish_at": None,
    "revision": None,
    "revises": None,
    "steps": ["submit"],
}
DETAIL_ROW: Final = {**SUBMISSION, "filled": 1, "accepted": 0, "queried": 0, "sha256": "9f86d081884c7d65"}
CELL: Final[dict[str, Any]] = {
    "id": 41,
    "series": "SI_RMT_COST",
    "period": "2025",
    "breakdown": "_T",
    "version": 1,
    "typed": "8.40",
    "value": "8.40",
    "status": "A",
    "nature": "C",
    "unit": "PT",
    "multiplier": 0,
    "lower_bound": None,
    "upper_bound": None,
    "numerator": None,
    "denominator": None,
    "base_period": "",
    "time_detail": "",
    "source": "Central bank, survey of remittance services",
    "footnote": "",
    "note": "",
    "explanation": "",
    "is_empty": False,
    "mark": "",
    "changed_at": "2026-11-25T09:05:00Z",
}
CHANGE: Final = {
    "cells": [
        {
            "series": "SI_RMT_COST",
            "period": "2025",
            "value": "8.40",
            "source": "Central bank, survey of remittance services",
            "seen": 0,
            "key": "6f1c8a52-3f3e-4a6e-9a53-0d0f4e2b7c11",
        }
    ]
}
CLASH: Final = problem(
    409,
    "Somebody else changed 1 of these values; nothing was written.",
    conflicts=[{"index": 0, "yours": {"value": "8.40", "status": "A"}, "stands": CELL, "by": "A. Colleague"}],
)
COMMENT_ROW: Final = {
    "id": 3,
    "cell": 41,
    "answers": None,
    "text": "Is this the third quarter?",
    "internal": False,
    "from_reviewers": True,
    "at": "2026-11-25T10:00:00Z",
    "settled_at": None,
}
EVENT_ROW: Final = {
    "step": "submit",
    "begins": "draft",
    "ends": "submitted",
    "at": "2026-11-25T09:30:00Z",
    "by": "F. Point",
    "note": "",
}
VERSION_ROW: Final = {
    "version": 1,
    "typed": "8.40",
    "value": "8.40",
    "status": "A",
    "at": "2026-11-25T09:05:00Z",
    "by": "F. Point",
    "way": "api",
}

FINDING_ROW: Final = {
    "cell": 41,
    "series": "SI_RMT_COST",
    "period": "2025",
    "breakdown": "_T",
    "rule": "E07",
    "strength": "warning",
    "column": "value",
    "text": "16.4 against 8.1 in 2024: a change of 8.3; up to 5 is expected.",
    "explanation": "",
    "blocks": True,
}

_ERRORS: Final = {
    400: "The body or a parameter cannot be read; each mistake is named with its place, and nothing was written",
    401: "Nobody is signed in, and no token was given",
    403: "This person, or this token, may not do this",
    404: "There is no such submission, or none that this person may see",
    409: "It cannot be done as things stand; a clash carries both values",
}


def example_of(name: str, value: Any, *, status: int | None = None) -> OpenApiExample:
    """An example of a body, or of an answer where a status is given."""
    if status is None:
        return OpenApiExample(name, value=value, request_only=True, media_type="application/json")
    media_type = MEDIA_TYPE if status >= 400 else "application/json"
    return OpenApiExample(name, value=value, response_only=True, status_codes=[str(status)], media_type=media_type)


def operation(
    name: str,
    sentence: str,
    *,
    answers: Any,
    example: Any,
    status: int = 200,
    body: Any = None,
    body_example: Any = None,
    more: tuple[OpenApiExample, ...] = (),
    parameters: tuple[OpenApiParameter, ...] = (),
    description: str = "",
) -> Any:
    errors = [400, 401, 404] if body is None else [400, 401, 403, 404, 409]
    responses: dict[Any, Any] = {(status, "application/json"): answers}
    for code in errors:
        responses[code, MEDIA_TYPE] = OpenApiResponse(ProblemSerializer, description=_ERRORS[code])
    examples = [example_of("An answer", example, status=status), *more]
    if body_example is not None:
        examples.append(example_of("A body", body_example))
    return extend_schema(
        operation_id=name,
        summary=sentence,
        description=description or sentence,
        tags=["submissions"],
        request=body,
        responses=responses,
        examples=examples,
        parameters=list(parameters),
    )


def _rows(name: str, serializer: type[serializers.BaseSerializer[Any]]) -> Any:
    return inline_serializer(name, {"data": serializer(many=True)})


LIST = operation(
    "list_submissions",
    "The submissions that one may see: of one’s own countries all, of others what was handed in to the reviewers.",
    answers=_rows("SubmissionPage", SubmissionSerializer),
    example={"data": [SUBMISSION]},
    parameters=(
        OpenApiParameter("area", str, description="Code of a country"),
        OpenApiParameter("round", str, description="Code of a reporting round"),
        OpenApiParameter("state", str, enum=[str(state) for state in State], description="Where it stands"),
    ),
)
OPEN = operation(
    "open_submission",
    "Open the submission of a country in a round, or get the one that is in work.",
    answers=SubmissionSerializer,
    example=SUBMISSION,
    status=201,
    body=OpenSerializer,
    body_example={"area": "KEN", "round": "2026"},
)
DETAIL = operation(
    "read_submission",
    "One submission: where it stands, what is in it, counted, and what can be done next.",
    answers=DetailSerializer,
    example=DETAIL_ROW,
)
CELLS = operation(
    "list_submission_cells",
    "The values of a submission; of one that was returned the reviewers see what was submitted.",
    answers=_rows("CellPage", CellSerializer),
    example={"data": [CELL]},
)
FILL = operation(
    "fill_submission",
    "Write values: all of them or none.",
    description="Each change says the whole of its cell and which version of it was seen. Where somebody else wrote in"
    " between, the answer is 409 with both values, and nothing is written. Sent again with the same keys it is the same"
    " change. At most 20,000 at once.",
    answers=inline_serializer("FilledPage", {"changed": serializers.IntegerField(), "data": CellSerializer(many=True)}),
    example={"changed": 1, "data": [CELL]},
    body=ChangesSerializer,
    body_example=CHANGE,
    more=(example_of("Somebody was there before", CLASH, status=409),),
)
FINDINGS = operation(
    "list_submission_findings",
    "What the checks find in the values: errors, warnings with their explanations, notes.",
    answers=inline_serializer(
        "FindingPage",
        {
            "blocking": serializers.IntegerField(help_text="How many stand in the way of submitting"),
            "counts": serializers.DictField(child=serializers.IntegerField(), help_text="By strength"),
            "data": FindingSerializer(many=True),
        },
    ),
    example={"blocking": 1, "counts": {"error": 0, "warning": 1, "note": 0}, "data": [FINDING_ROW]},
)
VERSIONS = operation(
    "list_cell_versions",
    "Every version of one value, the newest first: who wrote it, when, and how it came in.",
    answers=_rows("CellVersionPage", VersionSerializer),
    example={"data": [VERSION_ROW]},
)
STEP = operation(
    "step_submission",
    "Take a step: validate, send_back, submit, recall, return, approve, unapprove, publish or reopen.",
    description="return, send_back and unapprove need a note, reopen a note and a reason, approve the checksum of what was"
    " seen. publish may name a time: until then nothing of it is seen by anybody else.",
    answers=DetailSerializer,
    example={**DETAIL_ROW, "state": "submitted", "steps": ["recall", "return", "approve"]},
    body=StepSerializer,
    body_example={"step": "submit", "seen": 1, "note": ""},
)
MARKS = operation(
    "mark_submission_cells",
    "Mark values as accepted, as queried or, with a blank mark, as not looked at.",
    answers=_rows("MarkedPage", CellSerializer),
    example={"data": [{**CELL, "mark": "accepted"}]},
    body=MarksSerializer,
    body_example={"mark": "accepted", "cells": {"41": 1}},
)
COMMENTS = operation(
    "list_submission_comments",
    "What was said of a submission and of its values, as far as one’s side may read it.",
    answers=_rows("CommentPage", CommentSerializer),
    example={"data": [COMMENT_ROW]},
)
COMMENT = operation(
    "comment_submission",
    "Say something of a submission or of one of its values, or answer what was said.",
    answers=CommentSerializer,
    example=COMMENT_ROW,
    status=201,
    body=SayingSerializer,
    body_example={"cell": 41, "text": "Is this the third quarter?"},
)
EVENTS = operation(
    "list_submission_events",
    "Every step that was taken: by whom, when, from where to where, and why.",
    answers=_rows("EventPage", EventSerializer),
    example={"data": [EVENT_ROW]},
)
