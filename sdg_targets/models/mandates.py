"""Mandates: which user may act in which role for which area."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import ROLES

from .fields import dates_check
from .geography import Area


def _holds(of: str, on: date) -> Q:
    begun = Q(**{f"{of}valid_from": None}) | Q(**{f"{of}valid_from__lte": on})
    not_over = Q(**{f"{of}valid_to": None}) | Q(**{f"{of}valid_to__gte": on})
    return begun & not_over


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, *, on: date) -> Self:
        """Mandates that hold on that day; a delegated one only while the one it comes from holds too."""
        return self.filter(_holds("", on), Q(delegated_from=None) | _holds("delegated_from__", on))

    def own(self) -> Self:
        """Mandates that nobody delegated."""
        return self.filter(delegated_from=None)

    def of(self, user: Any) -> Self:
        return self.filter(user=user)


def role_choices() -> list[tuple[str, str]]:
    """Role names and labels from the one table of roles, in the active language."""
    return [(role.name, gettext(role.label)) for role in ROLES.values()]


class Mandate(models.Model):
    """A person's authority: user x role x area (no area: wherever the role applies), with its dates.

    One that is delegated stands for another's during leave: it has both dates, and ends with the one it comes from.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="mandates"
    )
    role = models.CharField(_("role"), max_length=30, choices=role_choices)
    area = models.ForeignKey(
        Area, verbose_name=_("area"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    delegated_from = models.ForeignKey(
        "self",
        verbose_name=_("delegated from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="delegations",
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area"],
                condition=Q(delegated_from=None),
                name="mandate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(delegated_from=None) | Q(valid_from__isnull=False, valid_to__isnull=False),
                name="mandate_delegated_for_a_time",
            ),
            models.CheckConstraint(condition=Q(role__in=sorted(ROLES)), name="mandate_role_known"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(n for n, r in ROLES.items() if r.needs_area)) | Q(area__isnull=False),
                name="mandate_area_given_where_needed",
            ),
            dates_check(name="mandate_dates_in_order"),
        ]

    def clean(self) -> None:
        """Said in words before the constraint says no. Errors: ``ValidationError``."""
        role = ROLES.get(self.role)
        if role is not None and role.needs_area and self.area_id is None:
            raise ValidationError({"area": _("This role is for one area: choose it.")})
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValidationError({"valid_to": _("The last day lies before the first.")})

    @property
    def sentence(self) -> str:
        """What the role is, in a sentence."""
        return gettext(ROLES[self.role].sentence)

    def __str__(self) -> str:
        return gettext("%(user)s as %(role)s for %(area)s") % {
            "user": self.user,
            "role": self.get_role_display(),
            "area": self.area or _("all areas"),
        }
