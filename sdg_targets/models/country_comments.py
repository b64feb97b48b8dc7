"""Country comments: what a country says, dated and signed, of a figure that a custodian publishes about it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.country_comments import PUBLIC, SHOWN, CommentState

from .catalogue import Series
from .datasets import Dataset
from .fields import choices_check, person
from .geography import Area
from .observations import Period


class CommentStatus(models.TextChoices):
    """The states of ``domain.country_comments`` with their words."""

    PROPOSED = CommentState.PROPOSED.value, pgettext_lazy("country comment", "Proposed")
    DISCUSSED = CommentState.DISCUSSED.value, _("Under discussion with the custodian")
    SETTLED = CommentState.SETTLED.value, pgettext_lazy("country comment", "Settled")
    ENDED = CommentState.ENDED.value, pgettext_lazy("country comment", "Withdrawn")
    DECLINED = CommentState.DECLINED.value, pgettext_lazy("country comment", "Not published")


class CountryCommentQuerySet(models.QuerySet["CountryComment"]):
    def shown(self) -> Self:
        """Those that stand beside their figure now."""
        return self.filter(state__in=sorted(SHOWN))

    def public(self) -> Self:
        """Those that everybody may read, and what was public once."""
        return self.filter(state__in=sorted(PUBLIC))

    def with_names(self) -> Self:
        return self.select_related("area", "series", "period", "dataset")


class CountryComment(models.Model):
    """One comment, on the figure of one period or on the whole series. Its words are never changed."""

    area = models.ForeignKey(Area, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(
        Series, verbose_name=pgettext_lazy("singular", "series"), on_delete=models.PROTECT, related_name="+"
    )
    dataset = models.ForeignKey(
        Dataset, verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="+", help_text=_("The custodian’s")
    )
    period = models.ForeignKey(
        Period,
        verbose_name=_("time period"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Blank: the whole series"),
    )
    text = models.TextField(_("comment"))
    language = models.CharField(_("language"), max_length=3, help_text=_("ISO 639 code, such as en"))
    signed_by = models.CharField(_("signed by"), max_length=200, help_text=_("Name and office"))
    said_on = models.DateField(_("dated"))
    state = models.CharField(_("state"), max_length=9, choices=CommentStatus.choices, default=CommentStatus.PROPOSED)
    entered_by = person(_("entered by"))
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)

    objects = CountryCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("country comment")
        verbose_name_plural = _("country comments")
        ordering = ["-said_on", "-id"]
        indexes = [models.Index(fields=["area", "series"], name="country_comment_by_area")]
        constraints = [
            choices_check("state", CommentStatus, name="country_comment_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="country_comment_says_something"),
            models.CheckConstraint(condition=~Q(signed_by=""), name="country_comment_is_signed"),
            models.CheckConstraint(condition=Q(language__regex=r"^[a-z]{2,3}$"), name="country_comment_language_code"),
        ]

    def __str__(self) -> str:
        return f"{self.area.code} {self.series.code}: {self.text[:60]}"

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN


class CountryCommentEvent(models.Model):
    """One step of a country comment. Added, never changed. The note of a public one is public."""

    comment = models.ForeignKey(CountryComment, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(_("step"), max_length=10)
    by = person(_("made by"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("step of a country comment")
        verbose_name_plural = _("steps of country comments")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.step}"
