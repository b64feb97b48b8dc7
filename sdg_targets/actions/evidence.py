"""Attaching evidence: files and links behind values, and letters; the type of a file is told by its content."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats.file_types import media_type_of
from sdg_targets.models import Answer, Cell, EvidenceItem, EvidencePurpose, Submission
from sdg_targets.models.evidence import new_evidence_name
from sdg_targets.permissions import can, require

from .events import record_event
from .space import require_room_to_store
from .stepping import StepRefused, locked
from .storing import kept_only_when_whole, shown_name, store


@transaction.atomic
def attach_file(
    blocks: Iterable[bytes],
    *,
    submission: Submission,
    file_name: str,
    by: Any,
    cell: Cell | None = None,
    answer: Answer | None = None,
    title: str = "",
    purpose: str = EvidencePurpose.EVIDENCE,
) -> EvidenceItem:
    """Keep a file with a submission, a value or an answer of it. The bytes are on the disk before the row is written.

    Errors: ``PermissionDenied``; ``StepRefused`` where nothing can be attached now; ``FileProblem`` for what is no
    document, picture or text, too large, empty, or without room: then nothing is kept.
    """
    now = _open_for(submission, by, purpose)
    item = EvidenceItem(
        submission=now,
        cell=_own(now, cell),
        answer=_own_answer(now, answer),
        purpose=purpose,
        stored=new_evidence_name(),
        file_name=shown_name(file_name),
        by=by,
    )
    item.title = title.strip()[:200] or item.file_name[:200]
    held = now.evidence.attached().aggregate(bytes=Sum("file_size"))["bytes"] or 0
    room = min(settings.EVIDENCE_LIMIT, settings.EVIDENCE_TOTAL - held)
    if room <= 0:
        raise FileProblem(_("There is no more room for files in this submission. Give a link instead."))
    require_room_to_store(room)
    with kept_only_when_whole(item.path):
        item.file_size, item.sha256 = store(blocks, item.path, limit=room)
        item.media_type = media_type_of(item.path)
        item.save()
        record_event(now, step="attach", by=by, begins=now.state, ends=now.state, facts=item.facts())
    return item


@transaction.atomic
def attach_link(
    *,
    submission: Submission,
    url: str,
    by: Any,
    cell: Cell | None = None,
    answer: Answer | None = None,
    title: str = "",
    purpose: str = EvidencePurpose.EVIDENCE,
) -> EvidenceItem:
    """Name an address where the evidence stands. Errors: as ``attach_file``; ``StepRefused`` for what is no web address."""
    now = _open_for(submission, by, purpose)
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 1000:
        raise StepRefused(_("Write a web address that begins with https:// or http://."))
    item = EvidenceItem.objects.create(
        submission=now,
        cell=_own(now, cell),
        answer=_own_answer(now, answer),
        purpose=purpose,
        url=url.strip(),
        title=title.strip()[:200] or url.strip()[:200],
        by=by,
    )
    record_event(now, step="attach", by=by, begins=now.state, ends=now.state, facts=item.facts())
    return item


@transaction.atomic
def remove_evidence(*, item: EvidenceItem, by: Any) -> EvidenceItem:
    """Take evidence away. A file is deleted; that it was there stays. Twice is harmless. Errors: as ``attach_file``."""
    now = _open_for(item.submission, by, item.purpose)
    standing = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    if standing.removed_at is not None:
        return standing
    standing.removed_at, standing.removed_by = timezone.now(), by
    standing.save(update_fields=["removed_at", "removed_by"])
    record_event(now, step="remove", by=by, begins=now.state, ends=now.state, facts=standing.facts())
    if standing.is_file:
        transaction.on_commit(partial(standing.path.unlink, missing_ok=True))
    return standing


def _open_for(submission: Submission, by: Any, purpose: str) -> Submission:
    """The submission, held, if something may be attached to it by this person.

    Evidence comes with the values; a letter also from who validates, as long as the desk does not have it.
    """
    now = locked(submission)
    may = purpose == EvidencePurpose.LETTER and by is not None and can(by, Permission.SUBMIT_DATA, area=now.area)
    if not may:
        require(by, Permission.ENTER_DATA, area=now.area)
    if now.is_editable or (purpose == EvidencePurpose.LETTER and not now.is_at_desk):
        return now
    raise StepRefused(_("Nothing can be attached: the submission is “%(state)s”.") % {"state": now.get_state_display()})


def _own(submission: Submission, cell: Cell | None) -> Cell | None:
    if cell is not None and cell.submission_id != submission.pk:
        raise StepRefused(_("This belongs to another submission."))
    return cell


def _own_answer(submission: Submission, answer: Answer | None) -> Answer | None:
    if answer is not None and answer.response.submission_id != submission.pk:
        raise StepRefused(_("This belongs to another submission."))
    return answer
