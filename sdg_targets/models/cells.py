"""Cells: the values of a submission, each with its own version, every version kept, and what was said of them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .catalogue import Series, Unit
from .fields import ExactDecimalField, choices_check, person
from .observations import Breakdown, Nature, Period, Status
from .submissions import Submission


class CellContent(models.Model):
    """What a person says in one cell: the value as it was typed and as it was read, or why there is none, and its notes."""

    typed = models.CharField(_("as typed"), max_length=80, blank=True)
    value = ExactDecimalField(_("value"), null=True, blank=True)
    status = models.CharField(_("observation status"), max_length=1, choices=Status.choices, default=Status.NORMAL)
    nature = models.CharField(_("nature"), max_length=2, choices=Nature.choices, default=Nature.COUNTRY)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    multiplier = models.SmallIntegerField(_("multiplier"), default=0, help_text=_("Power of ten"))
    lower_bound = ExactDecimalField(_("lower bound"), null=True, blank=True)
    upper_bound = ExactDecimalField(_("upper bound"), null=True, blank=True)
    numerator = ExactDecimalField(_("numerator"), null=True, blank=True)
    denominator = ExactDecimalField(_("denominator"), null=True, blank=True)
    base_period = models.CharField(_("base period"), max_length=40, blank=True)
    time_detail = models.CharField(
        _("detail of the period"), max_length=200, blank=True, help_text=_("Such as fiscal year, July to June")
    )
    source = models.TextField(_("source"), blank=True)
    footnote = models.TextField(_("footnote"), blank=True, help_text=_("Published with the value"))
    note = models.TextField(_("note to the reviewers"), blank=True, help_text=_("Never published"))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Why the value is right although a check warns of it")
    )

    class Meta:
        abstract = True


#: The columns of a cell's content, by attribute.
CONTENT: tuple[str, ...] = (
    "typed", "value", "status", "nature", "unit_id", "multiplier", "lower_bound", "upper_bound", "numerator",
    "denominator", "base_period", "time_detail", "source", "footnote", "note", "explanation",
)  # fmt: skip


class Mark(models.TextChoices):
    """What a reviewer says of one value."""

    NONE = "", _("Not looked at")
    ACCEPTED = "accepted", _("Accepted")
    QUERIED = "queried", _("Queried")


class CellQuerySet(models.QuerySet["Cell"]):
    def filled(self) -> Self:
        """Those that say something: a value, or why there is none. A cell that was emptied again says nothing."""
        return self.filter(is_empty=False)

    def with_names(self) -> Self:
        return self.select_related("series", "period", "breakdown", "unit", "changed_by")


class Cell(CellContent):
    """One value of a submission. Its version grows with every change; what was seen is named by it."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="cells")
    series = models.ForeignKey(
        Series, verbose_name=pgettext_lazy("singular", "series"), on_delete=models.PROTECT, related_name="+"
    )
    period = models.ForeignKey(Period, verbose_name=_("time period"), on_delete=models.PROTECT, related_name="+")
    breakdown = models.ForeignKey(Breakdown, verbose_name=_("breakdown"), on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1)
    is_empty = models.BooleanField(_("says nothing"), default=False)
    based_on = models.PositiveIntegerField(
        _("based on revision"), default=0, help_text=_("The newest revision when the value was first entered")
    )
    changed_by = person(_("changed by"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    submitted_version = models.PositiveIntegerField(
        _("version submitted"), null=True, blank=True, help_text=_("What the reviewers see of a cell that came back")
    )
    mark = models.CharField(_("mark"), max_length=8, choices=Mark.choices, blank=True, default=Mark.NONE)
    marked_version = models.PositiveIntegerField(_("version marked"), null=True, blank=True)
    marked_by = person(_("marked by"), blank=True)
    marked_at = models.DateTimeField(_("marked"), null=True, blank=True)

    objects = CellQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of a submission")
        verbose_name_plural = _("values of submissions")
        constraints = [
            models.UniqueConstraint(fields=["submission", "series", "period", "breakdown"], name="cell_key"),
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="cell_mark_known"),
            choices_check("status", Status, name="cell_status_known"),
            choices_check("nature", Nature, name="cell_nature_known"),
            models.CheckConstraint(
                condition=Q(mark="") | Q(marked_version=models.F("version")), name="cell_mark_is_of_this_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series.code} {self.period.code} {self.breakdown.key}"

    @property
    def content(self) -> dict[str, Any]:
        """What it says, by attribute."""
        return {name: getattr(self, name) for name in CONTENT}


class CellVersion(CellContent):
    """What a cell said at one version: who wrote it, when, and how. Added, never changed."""

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    is_empty = models.BooleanField(_("says nothing"), default=False)
    by = person(_("made by"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    way = models.CharField(_("way in"), max_length=10, default="page")
    key = models.UUIDField(
        _("idempotency key"), null=True, blank=True, help_text=_("The same change sent twice is one")
    )

    class Meta:
        verbose_name = _("version of a value")
        verbose_name_plural = _("versions of values")
        ordering = ["cell", "version"]
        constraints = [
            models.UniqueConstraint(fields=["cell", "version"], name="cell_version_once"),
            models.UniqueConstraint(
                fields=["cell", "key"], condition=Q(key__isnull=False), name="cell_version_key_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell_id}: {self.version}"


class Comment(models.Model):
    """What was said of a submission, or of one value of it; answers hang on what they answer."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    cell = models.ForeignKey(Cell, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    cell_version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    answers = models.ForeignKey(
        "self", verbose_name=_("answers"), null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    text = models.TextField(_("comment"))
    by = person(_("made by"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    internal = models.BooleanField(
        _("for one’s own side only"),
        default=False,
        help_text=_("Seen by the country’s team alone, or by the reviewers alone"),
    )
    from_desk = models.BooleanField(_("from the reviewers"), default=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = person(_("settled by"), blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(cell=None, cell_version=None) | Q(cell__isnull=False, cell_version__isnull=False),
                name="comment_names_the_version",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False),
                name="comment_settled_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
