"""The addresses of submissions: who may do what there, by account and by state. A route without a row fails.

``sees`` is who finds the submission at all; whoever does not gets exactly what a submission that is none gets. Of those who
see it, ``may`` are let through to the deed, which may still say that it is not possible now; the others are refused.
"""

from dataclasses import dataclass
from typing import Any, Final

#: States of a submission, and which accounts see it there. Own: the country's team; others never.
TEAM: Final = frozenset(("focal_point", "lead_focal_point", "validator"))
ENTERS: Final = frozenset(("focal_point", "lead_focal_point"))
DESK: Final = frozenset(("reviewer",))
PRIVATE: Final = ("draft", "validated")
STATES: Final = ("draft", "validated", "submitted", "returned", "approved", "published")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address: the route in the URL conf, a body, and the accounts that are let through."""

    route: str
    method: str
    may: frozenset[str]
    body: Any = None
    by_page: bool = False


def _step(step: str, may: frozenset[str], **more: Any) -> Route:
    return Route("api/v1/submissions/<int:pk>/steps/", "post", may, {"step": step, "note": "why", **more})


_CHANGE: Final = {"cells": [{"series": "SI_RMT_COST", "period": "2012", "value": "1", "source": "x"}]}
_ANSWER: Final = {"answers": [{"question": "a1", "option": "ALL"}]}
_FORM: Final = "api/v1/submissions/<int:pk>/questionnaires/<str:instrument>/<str:period>/"
ROUTES: Final = (
    Route("api/v1/submissions/<int:pk>/", "get", TEAM | DESK),
    Route("api/v1/submissions/<int:pk>/cells/", "get", TEAM | DESK),
    Route("api/v1/submissions/<int:pk>/cells/", "post", ENTERS, _CHANGE),
    Route("api/v1/submissions/<int:pk>/cells/<int:cell>/versions/", "get", TEAM | DESK),
    Route("api/v1/submissions/<int:pk>/findings/", "get", TEAM | DESK),
    Route("api/v1/submissions/<int:pk>/comments/", "get", TEAM | DESK),
    Route("api/v1/submissions/<int:pk>/comments/", "post", TEAM | DESK, {"text": "x"}),
    Route("api/v1/submissions/<int:pk>/events/", "get", TEAM | DESK),
    Route("api/v1/submissions/<int:pk>/marks/", "post", DESK, {"mark": "accepted", "cells": {"1": 1}}),
    Route("api/v1/submissions/<int:pk>/questionnaires/", "get", TEAM | DESK),
    Route(_FORM, "get", TEAM | DESK),
    Route(_FORM, "post", ENTERS, _ANSWER),
    _step("validate", frozenset(("validator",))),
    _step("send_back", frozenset(("validator",))),
    _step("submit", TEAM),
    _step("recall", TEAM),
    _step("return", DESK),
    _step("approve", DESK, sha256="0" * 64),
    _step("unapprove", DESK),
    _step("publish", DESK),
    _step("reopen", ENTERS, reason="error"),
)  # fmt: skip

#: Pages of the country's team alone, in every state: for others, the desk among them, they do not exist.
_MY: Final = "my/<iso3:iso3>/<slug:code>"
TEAM_PAGES: Final = (
    Route(f"{_MY}/template.xlsx", "get", TEAM, by_page=True),
    Route(f"{_MY}/template.csv", "get", TEAM, by_page=True),
    Route(f"{_MY}/upload/", "get", ENTERS, by_page=True),
    Route(f"{_MY}/upload/", "post", ENTERS, by_page=True),
    Route(f"{_MY}/upload/<int:pk>/", "get", ENTERS, by_page=True),
    Route(f"{_MY}/upload/<int:pk>/", "post", ENTERS, {"deed": "all"}, by_page=True),
    Route(f"{_MY}/evidence/", "get", TEAM, by_page=True),
    Route(f"{_MY}/evidence/", "post", TEAM, by_page=True),
    Route("my/<iso3:iso3>/own-series/", "get", TEAM, by_page=True),
    Route("my/<iso3:iso3>/own-series/", "post", TEAM, by_page=True),
    Route("my/<iso3:iso3>/metadata/", "get", TEAM, by_page=True),
    Route("my/<iso3:iso3>/metadata/<str:code>/", "get", TEAM, by_page=True),
    Route("my/<iso3:iso3>/metadata/<str:code>/", "post", TEAM, by_page=True),
)


def sees(account: str, state: str) -> bool:
    """Whether an account of this country, or of the desk, finds a submission in that state."""
    return account in TEAM or (account in DESK and state not in PRIVATE)
