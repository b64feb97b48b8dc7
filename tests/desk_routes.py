"""The addresses of the reviewers' desk, of early access and of country comments: who gets what. A route without a row fails."""

from dataclasses import dataclass
from typing import Any, Final

#: What each kind of answer is by its status: let in (with or without what was asked), refused, sent to sign in, nothing here.
LET_IN: Final = (200, 302, 400, 409)
REFUSED: Final = 403
NOTHING: Final = 404


@dataclass(frozen=True, slots=True)
class DeskRoute:
    """One method of one address. ``may``: accounts that are let in; ``others``: what everybody else who signed in gets.

    ``desk_only``: of a submission that was not handed in there is nothing, whoever asks.
    """

    route: str
    method: str
    may: frozenset[str]
    others: int = REFUSED
    body: Any = None
    desk_only: bool = False


_DESK: Final = frozenset({"reviewer"})
_ENTERS: Final = frozenset({"focal_point", "lead_focal_point"})
_EVERYBODY: Final = frozenset(
    {
        "focal_point", "lead_focal_point", "validator", "reviewer", "importer", "catalogue_editor", "partner_editor",
        "report_writer", "administrator", "outsider", "focal_point of UGA", "reviewer of 142",
    }
)  # fmt: skip
#: A reviewer of another region comes in, and finds nothing of this country.
_ANY_DESK: Final = frozenset({"reviewer", "reviewer of 142"})

DESK_ROUTES: Final = (
    DeskRoute("review/", "get", _ANY_DESK),
    DeskRoute("review/comments/", "get", _ANY_DESK),
    DeskRoute("review/<int:pk>/", "get", _DESK, desk_only=True),
    DeskRoute("review/<int:pk>/marks/", "post", _DESK, body={"accept": "selected"}, desk_only=True),
    DeskRoute("review/<int:pk>/decide/", "post", _DESK, body={"deed": "approve"}, desk_only=True),
    DeskRoute("review/<int:pk>/early-access/", "post", _DESK, body={"email": "x@example.org"}, desk_only=True),
    DeskRoute("review/proposals/", "get", _ANY_DESK),
    # There is none with that number: whoever asks finds nothing. tests/sdg_targets/views tries those that there are.
    DeskRoute("review/proposals/<str:kind>/<int:pk>/", "post", frozenset(), others=NOTHING, body={"accept": "1"}),
    DeskRoute("evidence/<int:pk>/", "get", frozenset(), others=NOTHING),
    DeskRoute("evidence/<int:pk>/remove/", "post", frozenset(), others=NOTHING, body={}),
    DeskRoute("early/", "get", _EVERYBODY),
    DeskRoute("early/<int:pk>/", "get", frozenset(), others=NOTHING),
    DeskRoute("comments/<str:code>/", "get", _ENTERS),
    DeskRoute("comments/<str:code>/", "post", _ENTERS, body={"text": ""}),
    DeskRoute("comments/<int:pk>/step/", "post", _ENTERS | _DESK, others=NOTHING, body={"step": "decline"}),
)
