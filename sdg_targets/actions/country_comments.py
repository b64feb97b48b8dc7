"""A country's comments on custodians' figures: written by its team, published by the desk, settled or ended later."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.country_comments import COMMENT_STEPS, CommentState, CommentStep
from sdg_targets.domain.roles import Permission
from sdg_targets.models import (
    Area,
    CountryComment,
    CountryCommentEvent,
    Dataset,
    Observation,
    Period,
    ReportingType,
    Series,
)
from sdg_targets.permissions import can, require

from .stepping import StepRefused


@transaction.atomic
def propose_comment(
    *,
    area: Area,
    series: Series,
    dataset: Dataset,
    period: Period | None,
    text: str,
    language: str,
    signed_by: str,
    said_on: date,
    by: Any,
) -> CountryComment:
    """Write a comment on a custodian's figure, or on the whole series; it is public once the desk publishes it.

    The same comment sent twice is one. Errors: ``PermissionDenied``; ``StepRefused`` where there is no such figure, the
    comment says nothing, is not signed, or bears a day that has not come.
    """
    require(by, Permission.ENTER_DATA, area=area)
    if dataset.reporting_type != ReportingType.GLOBAL:
        raise StepRefused(_("A comment is on a custodian’s figure: choose a global dataset."))
    figures = Observation.objects.current().filter(dataset=dataset, series=series, area=area)
    if not (figures.filter(period=period) if period else figures).exists():
        raise StepRefused(_("The custodian publishes no such figure of %(area)s.") % {"area": area.name})
    if not text.strip() or not signed_by.strip():
        raise StepRefused(_("Write the comment, and sign it with name and office."))
    if said_on > timezone.localdate():
        raise StepRefused(_("The date of the comment has not come yet."))
    made, new = CountryComment.objects.get_or_create(
        area=area,
        series=series,
        dataset=dataset,
        period=period,
        text=text.strip(),
        language=language,
        signed_by=signed_by.strip(),
        said_on=said_on,
        state=CommentState.PROPOSED,
        entered_by=by,
    )
    if new:
        CountryCommentEvent.objects.create(comment=made, step="propose", by=by)
    return made


@transaction.atomic
def take_comment_step(*, comment: CountryComment, step: CommentStep, by: Any, note: str = "") -> CountryComment:
    """Publish, decline, settle or end a comment. The same step asked for twice is one.

    Errors: ``PermissionDenied``; ``StepRefused`` where the step cannot be taken from here, lacks its reason, or would be
    taken by whoever wrote the comment.
    """
    transition = COMMENT_STEPS[step]
    now = CountryComment.objects.select_for_update(of=("self",)).with_names().get(pk=comment.pk)
    if by is not None and not any(can(by, each, area=now.area) for each in transition.permissions):
        raise PermissionDenied(_("You do not have the permission that this needs."))
    if now.state == transition.ends:
        return now
    if now.state not in transition.begins:
        raise StepRefused(
            _("“%(step)s” is not possible: the comment is in the state “%(state)s”.")
            % {"step": _(transition.label), "state": now.get_state_display()}
        )
    if transition.needs_note and not note.strip():
        raise StepRefused(_("Say why, so that the others know what to do."))
    if transition.by_another and by is not None and now.entered_by_id == by.pk:
        raise StepRefused(_("You wrote this comment: somebody else has to decide on it."))
    now.state = transition.ends
    now.save(update_fields=["state"])
    CountryCommentEvent.objects.create(comment=now, step=step, by=by, note=note.strip())
    return now
