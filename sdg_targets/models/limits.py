"""Limits by which the figures of a series are judged when they are entered; what is left blank follows from kind and unit."""

from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.languages import LANGUAGES, local_name
from sdg_targets.domain.limits import Limits, with_settings

from .catalogue import Series
from .fields import ExactDecimalField
from .observations import Status

_NUMBERS: Final = ("minimum", "maximum", "jump_factor", "jump_difference", "z_score", "small_count", "sum_tolerance")


class SeriesLimits(models.Model):
    """What is expected of entered figures of a series. A figure beyond passes with an explanation; a small count never does."""

    series = models.OneToOneField(
        Series, verbose_name=pgettext_lazy("singular", "series"), on_delete=models.CASCADE, related_name="limits"
    )
    minimum = ExactDecimalField(_("least expected value"), null=True, blank=True)
    maximum = ExactDecimalField(_("greatest expected value"), null=True, blank=True)
    jump_factor = ExactDecimalField(
        _("jump: factor"),
        null=True,
        blank=True,
        help_text=_("More than so many times the year beside it, or less than its inverse, is a jump; 0: not asked"),
    )
    jump_difference = ExactDecimalField(
        _("jump: difference"),
        null=True,
        blank=True,
        help_text=_("In the unit of the series. With a factor both must be exceeded; 0: not asked"),
    )
    z_score = ExactDecimalField(
        _("modified z-score"), null=True, blank=True, help_text=_("3.5 unless set; 0: not asked")
    )
    small_count = models.PositiveSmallIntegerField(
        _("threshold of small counts"),
        null=True,
        blank=True,
        help_text=_("Counts of people under it, and numerators of shares, are suppressed"),
    )
    hide_zero = models.BooleanField(_("zero is suppressed too"), default=False)
    sum_tolerance = ExactDecimalField(
        _("tolerance of totals"),
        null=True,
        blank=True,
        help_text=_("Per cent of the total by which the sum of its parts may differ from it"),
    )
    statuses = ArrayField(
        models.CharField(max_length=1, choices=Status.choices),
        verbose_name=_("observation statuses in use"),
        default=list,
        blank=True,
        help_text=_("Codes such as A,P,L; blank: all. Q (suppressed) is always open"),
    )
    reason_en = models.TextField(
        _("why these limits (English)"), help_text=_("What they rest on; shown with the rules")
    )
    reason_fr = models.TextField(_("why these limits (French)"), blank=True)
    reason_es = models.TextField(_("why these limits (Spanish)"), blank=True)

    class Meta:
        verbose_name = _("limits of a series")
        verbose_name_plural = _("limits of series")
        ordering = ["series__code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum=None) | Q(maximum=None) | Q(minimum__lte=F("maximum")),
                name="series_limits_range_in_order",
            ),
            models.CheckConstraint(
                condition=Q(jump_factor=None) | Q(jump_factor=0) | Q(jump_factor__gte=1),
                name="series_limits_factor_is_one",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": 0}), name=f"series_limits_{name}_not_negative"
                )
                for name in ("jump_difference", "z_score", "sum_tolerance")
            ),
            models.CheckConstraint(
                condition=Q(statuses__contained_by=Status.values), name="series_limits_statuses_known"
            ),
        ]

    def __str__(self) -> str:
        return self.series.code

    def clean(self) -> None:
        """Said in words before the constraint says no. Errors: ``ValidationError``."""
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValidationError({"maximum": _("The greatest value lies below the least.")})
        if self.jump_factor is not None and self.jump_factor != 0 and self.jump_factor < 1:
            raise ValidationError({"jump_factor": _("A factor is 1 or more, or 0 where it is not asked.")})
        for name in ("jump_difference", "z_score", "sum_tolerance"):
            if (getattr(self, name) or 0) < 0:
                raise ValidationError({name: _("It cannot be negative.")})

    @property
    def reason(self) -> str:
        """What the limits rest on, in the language of the page."""
        return local_name({lang: getattr(self, f"reason_{lang}") for lang in LANGUAGES}, get_language()).text

    def over(self, defaults: Limits) -> Limits:
        """The defaults with what is set here in their place."""
        settings: dict[str, Any] = {name: getattr(self, name) for name in _NUMBERS}
        settings["hide_zero"] = self.hide_zero
        settings["statuses"] = frozenset(self.statuses) or None
        return with_settings(defaults, settings)
