"""Reference metadata: what an indicator means and how it is made, by dataset, field and language."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sdg_targets.domain.metadata import FIELDS

from .catalogue import Indicator
from .datasets import Dataset
from .imports import Import


class MetadataQuerySet(models.QuerySet["Metadata"]):
    def in_field_order(self) -> Self:
        """By indicator and dataset, the fields in the order in which they are shown."""
        whens = [models.When(field=name, then=models.Value(place)) for place, name in enumerate(FIELDS)]
        place = models.Case(*whens, default=models.Value(len(FIELDS)))
        return self.order_by("indicator__sort", "dataset__rank", "dataset__code", place, "language")


class Metadata(models.Model):
    """One field of an indicator's metadata in one dataset and language.

    A global dataset's texts are in our own words; a national one's are those of the office. They are as of today; what an
    import replaced is kept (``EarlierMetadata``), so that the import can be undone. ``imported`` is the import that wrote the
    text as it stands: none where it came with the product or an editor changed it.
    """

    dataset = models.ForeignKey(Dataset, verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="metadata")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="metadata"
    )
    field = models.CharField(
        _("field"), max_length=20, choices=[(name, _(field.heading)) for name, field in FIELDS.items()]
    )
    language = models.CharField(_("language"), max_length=3, help_text=_("ISO 639 code, such as en"))
    text = models.TextField(_("text"))
    source = models.CharField(
        _("what it rests on"), max_length=300, blank=True, help_text=_("Where the text comes from, and in whose words")
    )
    imported = models.ForeignKey(
        Import, verbose_name=_("import"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    updated = models.DateTimeField(_("last changed"), auto_now=True)

    objects = MetadataQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("singular", "metadata")
        verbose_name_plural = pgettext_lazy("plural", "metadata")
        ordering = ["indicator__sort", "dataset__rank", "field", "language"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "indicator", "field", "language"], name="metadata_once"),
            models.CheckConstraint(condition=Q(field__in=list(FIELDS)), name="metadata_field_known"),
            models.CheckConstraint(condition=Q(language__regex=r"^[a-z]{2,3}$"), name="metadata_language_is_a_code"),
            models.CheckConstraint(condition=~Q(text=""), name="metadata_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.field} ({self.language})"


class EarlierMetadata(models.Model):
    """A text that an import replaced; blank where there was none, and the import's was the first.

    ``imported`` is the import that had written it: where that one was undone, what stood before it is looked for in turn.
    """

    replaced_by = models.ForeignKey(
        Import, verbose_name=_("replaced by"), on_delete=models.PROTECT, related_name="replaced_texts"
    )
    dataset = models.ForeignKey(Dataset, verbose_name=_("dataset"), on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="+")
    field = models.CharField(_("field"), max_length=20)
    language = models.CharField(_("language"), max_length=3)
    text = models.TextField(_("text"), blank=True)
    source = models.CharField(_("what it rests on"), max_length=300, blank=True)
    imported = models.ForeignKey(
        Import, verbose_name=_("import"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = pgettext_lazy("singular", "earlier metadata")
        verbose_name_plural = pgettext_lazy("plural", "earlier metadata")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["replaced_by", "indicator", "field", "language"], name="earlier_metadata_once"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(source="", imported=None), name="earlier_metadata_nothing_is_nobody_s"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.field} ({self.language})"
