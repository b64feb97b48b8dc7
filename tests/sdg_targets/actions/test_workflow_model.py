"""Any sequence of steps by anybody, against a simple model of the workflow: what is refused, what moves, what is published."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from idm.accounts.models import User
from sdg_targets.actions import deciding, publishing, submissions
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.models import Event, Latest, Mandate, Mark, Observation, ReportingCountry, Revision, Submission
from sdg_targets.queries.submissions import fingerprint, visible_to
from tests.factories.accounts import make_account
from tests.factories.kept import check_what_is_kept
from tests.factories.submissions import enter, make_submission
from tests.factories.undone import undone

pytestmark = pytest.mark.django_db
YEARS: Final = ("2014", "2015", "2016")
#: People of the model, with what they may do. The fourth is of both sides: what she entered she does not decide on.
PEOPLE: Final = {
    "focal_point": {"enter", "submit"},
    "validator": {"validate", "submit"},
    "reviewer": {"review"},
    "both": {"enter", "submit", "review"},
    "stranger": set(),
}


@dataclass
class Model:
    """What the workflow is, in a few lines: where the submission stands, what it says, who said it, what is public."""

    validates: bool
    state: str = "draft"
    cells: dict[str, Decimal] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    authors: dict[str, set[str]] = field(default_factory=dict)
    public: dict[str, Decimal] = field(default_factory=dict)
    revisions: int = 0

    def wrote(self, who: str) -> bool:
        return any(who in authors for authors in self.authors.values())

    def may(self, deed: str, who: str, year: str) -> bool:
        """Whether the deed is possible, by its table of conditions."""
        can, editable = PEOPLE[who], self.state in ("draft", "returned")
        begins = {"draft", "returned"} if not self.validates else {"validated"}
        return {
            "enter": "enter" in can and editable,
            "validate": "validate" in can and self.validates and editable and bool(self.cells) and not self.wrote(who),
            "send_back": "validate" in can and self.state == "validated",
            "submit": "submit" in can and self.state in begins and bool(self.cells),
            "recall": "submit" in can and self.state in ("validated", "submitted"),
            "accept": "review" in can
            and self.state == "submitted"
            and year in self.cells
            and who not in self.authors[year],
            "return": "review" in can and self.state == "submitted",
            "approve": "review" in can
            and self.state == "submitted"
            and not self.wrote(who)
            and self.accepted == set(self.cells),
            "unapprove": "review" in can and self.state == "approved",
            "publish": "review" in can and self.state == "approved" and not self.wrote(who),
            "reopen": "enter" in can and self.state == "published",
        }[deed]

    def do(self, deed: str, who: str, year: str, value: Decimal) -> None:
        """What the deed changes."""
        ends = {
            "validate": "validated", "send_back": "draft", "submit": "submitted", "recall": "draft", "return": "returned",
            "approve": "approved", "unapprove": "submitted", "publish": "published", "reopen": "draft",
        }  # fmt: skip
        self.state = ends.get(deed, self.state)
        if deed == "enter" and self.cells.get(year) != value:
            self.cells[year] = value
            self.authors.setdefault(year, set()).add(who)
            self.accepted.discard(year)
        elif deed == "accept":
            self.accepted.add(year)
        elif deed == "publish":
            self.revisions += any(self.public.get(year) != value for year, value in self.cells.items())
            self.public |= self.cells
        elif deed == "reopen":
            self.cells, self.accepted, self.authors = {}, set(), {}


DEEDS: Final = (
    "enter", "enter", "validate", "send_back", "submit", "submit", "recall", "accept", "accept", "accept", "return",
    "approve", "approve", "unapprove", "publish", "publish", "reopen",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(DEEDS), st.sampled_from(list(PEOPLE)), st.sampled_from(YEARS), st.integers(0, 3).map(Decimal)
    ),
    min_size=5,
    max_size=40,
)
#: A sequence that goes all the way, so that chance need not find it: begun with it, the rest is chance.
ALL_THE_WAY: Final = [
    ("enter", "focal_point", "2015", Decimal(2)), ("submit", "focal_point", "2015", Decimal(0)),
    ("accept", "reviewer", "2015", Decimal(0)), ("approve", "reviewer", "2015", Decimal(0)),
    ("publish", "reviewer", "2015", Decimal(0)), ("reopen", "focal_point", "2015", Decimal(0)),
]  # fmt: skip


def people() -> dict[str, User]:
    made = {name: make_account(name) for name in ("focal_point", "validator", "reviewer")}
    made["both"] = make_account("lead_focal_point")
    Mandate.objects.create(user=made["both"], role="reviewer")
    made["stranger"] = make_account("focal_point", area="UGA")
    return made


def act(deed: str, submission: Submission, by: Any, year: str, value: Decimal) -> Submission:
    """The deed itself. Errors: as the deed."""
    where: dict[str, Any] = {"submission": submission, "by": by}
    if deed == "enter":
        enter(submission, by, str(value), of=year, explanation="The model says so, year by year.")
        return submission
    if deed == "accept":
        seen = dict(submission.cells.filter(period__code=year).values_list("pk", "version")) or {0: 1}
        deciding.mark_cells(seen=seen, mark=Mark.ACCEPTED, **where)
        return submission
    if deed == "approve":
        return deciding.approve(seen_sha256=fingerprint(submission), **where)
    if deed == "reopen":
        return submissions.reopen(reason="error", note="why", **where)
    found = {
        "validate": submissions.validate, "send_back": submissions.send_back, "submit": submissions.submit,
        "recall": submissions.recall, "return": deciding.return_submission, "unapprove": deciding.unapprove,
        "publish": publishing.publish,
    }  # fmt: skip
    done: Submission = found[deed](note="why", **where)  # type: ignore[operator]
    return done


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(begin=st.sampled_from(([], ALL_THE_WAY)), chance=STEPS, validates=st.booleans())
def test_any_sequence_of_steps_does_what_the_model_does(
    begin: list[Any], chance: list[Any], validates: bool, db: None
) -> None:
    with undone():
        accounts = people()
        submission = make_submission(accounts["focal_point"])
        ReportingCountry.objects.create(area=submission.area, validates_first=validates)
        model = Model(validates)
        for deed, who, year, value in [*begin, *chance]:
            events = Event.objects.count()
            if model.may(deed, who, year):
                submission = act(deed, submission, accounts[who], year, value)
                model.do(deed, who, year, value)
            else:
                with pytest.raises((StepRefused, PermissionDenied)), transaction.atomic():
                    act(deed, submission, accounts[who], year, value)
                assert Event.objects.count() == events
                submission = Submission.objects.get(pk=submission.pk)
            check(model, submission, accounts)


def check(model: Model, submission: Submission, accounts: dict[str, User]) -> None:
    """State, values, marks and figures are those of the model; drafts are seen by the country alone."""
    assert submission.state == model.state
    cells = {cell.period.code: cell for cell in submission.cells.select_related("period")}
    assert {year: cell.value for year, cell in cells.items()} == model.cells
    assert {year for year, cell in cells.items() if cell.mark == Mark.ACCEPTED} == model.accepted
    public = Observation.objects.current().values_list("period__code", "value")
    assert dict(public) == model.public
    assert Revision.objects.count() == model.revisions
    at_desk = model.state not in ("draft", "validated")
    for who, held in PEOPLE.items():
        sees = visible_to(accounts[who]).filter(pk=submission.pk).exists()
        assert sees == (bool(held - {"review"}) or ("review" in held and at_desk)), (who, model.state)
    if model.public:
        assert Latest.objects.get().period.code == max(model.public)
        check_what_is_kept({"national:KEN": {("KEN", year, "_T"): value for year, value in model.public.items()}})
