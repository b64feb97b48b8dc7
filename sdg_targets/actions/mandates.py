"""Mandates that change hands: delegated during leave, handed over for good. Both stay within the country."""

from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Mandate, MandateDeed, MandateEvent
from sdg_targets.permissions import can

#: A longer absence is a handover.
LONGEST: Final = timedelta(days=366)


class MandateRefused(Exception):  # noqa: N818 - a sentence for a person
    """Why a mandate was not delegated or handed over."""


@transaction.atomic
def delegate(*, mandate: Mandate, to: Any, first: date, last: date, by: Any, note: str = "") -> Mandate:
    """A colleague acts in the place of a mandate's holder from the first day to the last, both included.

    Errors: ``PermissionDenied``; ``MandateRefused``.
    """
    mandate = _of(mandate, by=by)
    _colleague(mandate, to)
    if first > last or first < timezone.localdate():
        raise MandateRefused(_("The period begins today or later, and ends after it begins."))
    if last - first > LONGEST:
        raise MandateRefused(_("A year at most; for longer, hand the mandate over."))
    if mandate.valid_to and last > mandate.valid_to:
        raise MandateRefused(_("Your own mandate ends before that."))
    if mandate.delegations.filter(user=to, valid_from__lte=last, valid_to__gte=first).exists():
        raise MandateRefused(_("It is delegated to this person in that period already."))
    made = Mandate.objects.create(
        user=to, role=mandate.role, area=mandate.area, valid_from=first, valid_to=last, note=note,
        delegated_from=mandate,
    )  # fmt: skip
    _write(MandateDeed.DELEGATED, made, by=by)
    return made


@transaction.atomic
def end_delegation(*, delegation: Mandate, by: Any) -> None:
    """End a delegation now. Errors: ``PermissionDenied``; ``MandateRefused`` where it is none."""
    if delegation.delegated_from is None:
        raise MandateRefused(_("This mandate was not delegated."))
    _of(delegation.delegated_from, by=by)
    _write(MandateDeed.DELEGATION_ENDED, delegation, by=by)
    delegation.delete()


@transaction.atomic
def hand_over(*, mandate: Mandate, to: Any, first: date, by: Any, note: str = "") -> Mandate:
    """A colleague holds the mandate from a day on, and its holder no longer. Returns the colleague's.

    Errors: ``PermissionDenied``; ``MandateRefused``.
    """
    mandate = _of(mandate, by=by)
    _colleague(mandate, to)
    if first < timezone.localdate():
        raise MandateRefused(_("The first day is today or later."))
    if mandate.valid_to and first > mandate.valid_to:
        raise MandateRefused(_("Your own mandate ends before that."))
    theirs = Mandate.objects.of(to).own().filter(role=mandate.role, area=mandate.area).first()
    if theirs is None:
        theirs = Mandate(user=to, role=mandate.role, area=mandate.area, valid_from=first)
    elif theirs.valid_to and theirs.valid_to < first:
        theirs.valid_from = first  # they held it before, and take it up again
    theirs.valid_to, theirs.note = mandate.valid_to, note
    theirs.save()
    _write(MandateDeed.HANDED_OVER, theirs, by=by)
    last = first - timedelta(days=1)
    if mandate.valid_from and mandate.valid_from > last:
        mandate.delete()
    else:
        mandate.valid_to = last
        mandate.save(update_fields=["valid_to"])
    return theirs


def _of(mandate: Mandate, *, by: Any) -> Mandate:
    """The mandate, locked, if it is in force, one's own to give (or one looks after mandates) and of a country."""
    locked = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate.pk).first()
    if locked is None or (locked.user_id != by.pk and not can(by, Permission.MANAGE_MANDATES)):
        raise PermissionDenied(_("You do not have the permission that this needs."))
    if locked.delegated_from_id is not None:
        raise MandateRefused(_("What was delegated is not passed on: ask the holder or an administrator."))
    if locked.area_id is None:
        raise MandateRefused(_("Only mandates of a country are passed on; an administrator gives the others."))
    if not Mandate.objects.in_force(on=timezone.localdate()).filter(pk=locked.pk).exists():
        raise MandateRefused(_("This mandate is not in force."))
    return locked


def _colleague(mandate: Mandate, to: Any) -> None:
    """Refuse whoever does not hold a mandate of the same country today, and the holder."""
    theirs = Mandate.objects.of(to).own().in_force(on=timezone.localdate()).filter(area=mandate.area)
    if to.pk == mandate.user_id or not to.is_active or not theirs.exists():
        raise MandateRefused(_("Choose a colleague who holds a mandate of the same country."))


def _write(deed: MandateDeed, mandate: Mandate, *, by: Any) -> None:
    MandateEvent.objects.create(
        deed=deed, by=by, person=mandate.user.email, role=mandate.role, area=mandate.area,
        valid_from=mandate.valid_from, valid_to=mandate.valid_to, note=mandate.note,
    )  # fmt: skip
