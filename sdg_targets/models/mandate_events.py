"""What happened to mandates: invited, accepted, delegated, handed over; by whom and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import ROLES

from .geography import Area
from .mandates import role_choices


class MandateDeed(models.TextChoices):
    """What was done."""

    INVITED = "invited", _("invited")
    INVITATION_REVOKED = "revoked", _("invitation revoked")
    ACCEPTED = "accepted", _("invitation accepted")
    DELEGATED = "delegated", _("delegated")
    DELEGATION_ENDED = "ended", _("delegation ended")
    HANDED_OVER = "handed_over", _("handed over")


class MandateEvent(models.Model):
    """One deed, kept as it was when it was done; rows are only ever added."""

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deed = models.CharField(_("deed"), max_length=12, choices=MandateDeed.choices)
    person = models.CharField(_("whom it concerns"), max_length=254)
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event of a mandate")
        verbose_name_plural = _("events of mandates")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(deed__in=MandateDeed.values), name="mandate_event_deed_known"),
            models.CheckConstraint(condition=Q(role__in=sorted(ROLES)), name="mandate_event_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.person}"
