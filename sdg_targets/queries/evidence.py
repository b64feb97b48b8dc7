"""Evidence as people may see it: the country's team all of it, the desk what was there when the submission was handed in."""

from typing import Any

from sdg_targets.domain.workflow import State
from sdg_targets.models import EvidenceItem, Submission

from .submissions import is_of_team, visible_to


def evidence_for(submission: Submission, user: Any) -> list[EvidenceItem]:
    """What is attached to a submission and its values, in order; two queries."""
    items = submission.evidence.attached().with_names()
    if submission.state == State.RETURNED and not is_of_team(submission, user):
        items = items.filter(at__lte=submission.submitted_at)
    return list(items)


def evidence_item(user: Any, pk: int) -> EvidenceItem | None:
    """One piece, if the person may see it; ``None`` for what is not and what is not shown alike."""
    submissions = visible_to(user)
    item = EvidenceItem.objects.attached().with_names().filter(pk=pk, submission__in=submissions).first()
    if item is None or item not in evidence_for(item.submission, user):
        return None
    return item
