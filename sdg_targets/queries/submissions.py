"""Submissions as people may see them, and what is in them."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, Q, When
from django.utils import timezone

from sdg_targets.domain.roles import Permission, roles_with
from sdg_targets.domain.workflow import State, Step
from sdg_targets.models import Answer, Area, Cell, CellVersion, Comment, Event, Mandate, Mark, Submission
from sdg_targets.models.cells import CONTENT
from sdg_targets.models.mandates import MandateQuerySet
from sdg_targets.models.submissions import SubmissionQuerySet
from sdg_targets.permissions import areas_of, owes_second_factor, permissions_of, roles_of

#: Who belongs to a country's team.
TEAM: Final = (Permission.ENTER_DATA, Permission.VALIDATE_DATA, Permission.SUBMIT_DATA)


def countries_of(user: Any) -> list[Area]:
    """The countries for which a person enters, validates or submits, in the order of their names."""
    return list(Area.objects.filter(pk__in=_mandates(user).values("area")).in_name_order())


def _mandates(user: Any) -> MandateQuerySet:
    """What makes somebody one of a country's team: none, while the person owes a second factor."""
    if not getattr(user, "is_authenticated", False) or not user.is_active or owes_second_factor(user, roles_of(user)):
        return Mandate.objects.none()
    roles = frozenset().union(*(roles_with(permission) for permission in TEAM))
    return Mandate.objects.of(user).in_force(on=timezone.localdate()).filter(role__in=roles)


def own_submission(user: Any, area_code: str, round_code: str) -> Submission | None:
    """The submission of one of a person's own countries in a round: the one in work, else the newest."""
    own = Submission.objects.filter(area__in=_mandates(user).values("area"), area__code=area_code)
    published = Case(When(state=State.PUBLISHED, then=1), default=0)
    return own.filter(round__code=round_code).with_names().order_by(published, "-pk").first()


def visible_to(user: Any) -> SubmissionQuerySet:
    """What a person may see: all of one's own countries; of others, as a reviewer, what was handed in.

    What is not among these answers exactly as what does not exist.
    """
    held = permissions_of(user)
    seen = Q(pk__in=[])
    if countries := countries_of(user):
        seen |= Q(area__in=countries)
    if Permission.REVIEW_DATA in held:
        reviewed = areas_of(user, Permission.REVIEW_DATA)
        at_desk = Q(pk__in=Submission.objects.at_desk())
        seen |= at_desk if reviewed is None else at_desk & Q(area__in=reviewed)
    return Submission.objects.filter(seen)


def fingerprint(submission: Submission) -> str:
    """A checksum of the identity and version of every value and every answer: it changes when anything in it does."""
    rows = list(submission.cells.order_by("pk").values_list("pk", "version", "is_empty"))
    answers = list(Answer.objects.filter(response__submission=submission).order_by("pk").values_list("pk", "version"))
    return hashlib.sha256(repr((rows, answers) if answers else rows).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many values a submission holds, and what the reviewers said of them."""

    filled: int
    accepted: int
    queried: int

    @property
    def open(self) -> int:
        """How many nobody has looked at."""
        return self.filled - self.accepted - self.queried


def progress_of(submission: Submission) -> Progress:
    """Counts of the values that say something."""
    counts = submission.cells.filled().aggregate(
        filled=Count("pk"),
        accepted=Count("pk", filter=Q(mark=Mark.ACCEPTED)),
        queried=Count("pk", filter=Q(mark=Mark.QUERIED)),
    )
    return Progress(**counts)


def is_of_team(submission: Submission, user: Any) -> bool:
    """Whether a person works for the country, and so sees what is being entered."""
    return submission.area in countries_of(user)


def desk_view(submission: Submission, user: Any) -> list[Cell]:
    """The values of a submission as a person may see them, in the order in which they were begun.

    The country's team sees each as it stands. The desk sees what was handed in: of a submission that came back, each value
    as it was submitted, and none that was added since. Two queries.
    """
    cells = list(submission.cells.with_names().order_by("pk"))
    if submission.state != State.RETURNED or is_of_team(submission, user):
        return cells
    handed_in = [cell for cell in cells if cell.submitted_version is not None]
    changed = {cell.pk: cell.submitted_version for cell in handed_in if cell.submitted_version != cell.version}
    versions = {
        version.cell_id: version
        for version in CellVersion.objects.filter(cell__in=changed).select_related("unit", "by")
        if version.version == changed[version.cell_id]
    }
    return [_as_submitted(cell, versions.get(cell.pk)) for cell in handed_in]


def _as_submitted(cell: Cell, version: CellVersion | None) -> Cell:
    """The cell as one of its versions said it; not to be saved."""
    if version is None:
        return cell
    for name in (*CONTENT, "is_empty", "version"):
        setattr(cell, name, getattr(version, name))
    cell.unit, cell.changed_by, cell.changed_at = version.unit, version.by, version.at
    cell.mark = Mark.NONE
    return cell


def comments_for(submission: Submission, user: Any) -> list[Comment]:
    """What was said that a person may read: everything of one's own side, and of the other what is not internal."""
    from_desk = not is_of_team(submission, user)
    said = submission.comments.select_related("by", "settled_by")
    return list(said.filter(Q(internal=False) | Q(from_desk=from_desk)))


def events_for(submission: Submission, user: Any) -> list[Event]:
    """The steps that a person may read of: what the statistics office asks for stays inside the country."""
    events = submission.events.select_related("by")
    return list(events if is_of_team(submission, user) else events.exclude(step__in=[Step.VALIDATE, Step.SEND_BACK]))
