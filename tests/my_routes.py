"""The addresses of a country's own pages: who is let in, and what becomes of it in each state. A route without a row fails.

Strangers are asked to sign in. Whoever is not of the country's team gets exactly what an address that is none gets.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from tests.working_routes import ENTERS, TEAM

ALL: Final = ("draft", "validated", "submitted", "returned", "approved", "published")
EDITABLE: Final = ("draft", "returned")


@dataclass(frozen=True, slots=True)
class Mine:
    """One method of one address below /my/KEN/; ``changes`` says for whom, and in which states, it is let through.

    Others of the team are told why not: a form leads back with a sentence, a script gets 403 or 409.
    """

    route: str
    address: str
    method: str = "get"
    body: dict[str, Any] = field(default_factory=dict)
    who: frozenset[str] = TEAM
    states: tuple[str, ...] = ALL
    is_data: bool = False


_R: Final = "my/<iso3:iso3>/"
_S: Final = "my/<iso3:iso3>/<slug:code>/"
_CELL: Final = "cell/?series=SI_RMT_COST&period=2015&breakdown=_T"
_CHANGE: Final = {
    "cells": [{"series": "SI_RMT_COST", "period": "2016", "breakdown": "_T", "seen": 0, "fields": {"value": "5"}}]
}
_VALIDATES: Final = frozenset(("validator",))
MINE: Final = (
    Mine(_R, ""),
    Mine(_S, "2026/"),
    Mine(_S, "2026/", "post", {"SI_RMT_COST|2016|_T|0": "5"}, ENTERS, EDITABLE),
    Mine(_S + "begin/", "2026/begin/", "post", {}, ENTERS, ()),  # the submission is there already: nothing is changed
    Mine(_S + "cells/", "2026/cells/", is_data=True),
    Mine(_S + "cells/", "2026/cells/", "post", _CHANGE, ENTERS, EDITABLE, is_data=True),
    Mine(_S + "findings/", "2026/findings/", is_data=True),
    Mine(_S + "cell/", "2026/" + _CELL),
    Mine(_S + "cell/", "2026/" + _CELL, "post", {"value": "6", "seen": "1"}, ENTERS, EDITABLE),
    Mine(_S + "comments/", "2026/comments/", "post", {"text": "A word"}, TEAM, ALL),
    Mine(_S + "steps/<str:name>/", "2026/steps/submit/", "post", {}, TEAM, EDITABLE),
    Mine(_S + "steps/<str:name>/", "2026/steps/recall/", "post", {}, TEAM, ("validated", "submitted")),
    Mine(_S + "steps/<str:name>/", "2026/steps/send_back/", "post", {"note": "why"}, _VALIDATES, ("validated",)),
    Mine(_S + "steps/<str:name>/", "2026/steps/validate/", "post", {}, _VALIDATES, ()),  # this country does not ask for it
    Mine(_S + "revise/", "2026/revise/", "post", {"reason": "error", "note": "why"}, ENTERS, ("published",)),
    Mine(_S + "as-last-year/", "2026/as-last-year/", "post", {}, ENTERS, EDITABLE),
    Mine(_S + "nothing/", "2026/nothing/", "post", {"reason": "L"}, ENTERS, EDITABLE),
)  # fmt: skip
#: The choice between several countries, for everybody who is signed in.
CHOICE: Final = "my/"
