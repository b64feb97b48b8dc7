"""Invitations: who was asked by e-mail to take up which mandate."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import ROLES

from .geography import Area
from .mandates import role_choices


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> Self:
        """Neither accepted nor revoked; some of them may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self, *, at: datetime) -> Self:
        """Those that can be accepted at that moment."""
        return self.waiting().filter(expires_at__gt=at)


class Invitation(models.Model):
    """An invitation to a mandate: e-mail address x role x area. Its link is signed, and stands nowhere in the database."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of the mail"), max_length=5, choices=settings.LANGUAGES)
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role", "area"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_waits_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_address_in_small_letters"),
            models.CheckConstraint(condition=Q(role__in=sorted(ROLES)), name="invitation_role_known"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(n for n, r in ROLES.items() if r.needs_area)) | Q(area__isnull=False),
                name="invitation_area_given_where_needed",
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]), name="invitation_language_known"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_accepted_or_revoked"
            ),
        ]

    @property
    def sentence(self) -> str:
        """What the role is, in a sentence."""
        return gettext(ROLES[self.role].sentence)

    def __str__(self) -> str:
        return gettext("%(email)s as %(role)s for %(area)s") % {
            "email": self.email,
            "role": self.get_role_display(),
            "area": self.area or gettext("all areas"),
        }
