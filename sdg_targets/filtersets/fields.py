"""Fields of the filters: codes, whole numbers, yes or no. What cannot be read is an error, never ignored."""

from collections.abc import Sequence
from typing import Any, Final

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sdg_targets.domain.disaggregation import BreakdownError, parse_breakdown
from sdg_targets.models import Category

from .kept_rows import KeptRows

#: So many codes may stand in one parameter.
MOST_CODES = 100


class CodesInput(forms.TextInput):
    """A line of codes. A parameter that is repeated is read as if its values had been joined by commas."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return ",".join(value for value in given if value)


class CodesField(forms.CharField):
    """Codes separated by commas, each of which must be one of a model's.

    ``kept`` are rows that were found before, where somebody keeps them.
    """

    widget = CodesInput
    kept: KeptRows | None = None

    def __init__(self, *args: Any, model: type[models.Model], **kwargs: Any) -> None:
        self.model = model
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> list[models.Model]:
        """The rows with these codes, in the order given. Errors: ``ValidationError`` naming the codes that are none."""
        text = super().clean(value)
        codes = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        if len(codes) > MOST_CODES:
            raise ValidationError(_("At most %(most)d codes can be given.") % {"most": MOST_CODES})
        if not codes:
            return []
        rows = self.found(codes)
        unknown = [code[:40] for code in codes if code not in rows]
        if unknown:
            raise ValidationError(_("Not known: %(codes)s.") % {"codes": ", ".join(unknown)})
        return [rows[code] for code in codes]

    def found(self, codes: Sequence[str]) -> dict[str, Any]:
        """Of these codes those that are known, with their rows."""
        return (self.kept or KeptRows()).find(self.model, codes)


class CategoriesField(CodesField):
    """Codes separated by commas, each of which must be a category of one dimension."""

    def __init__(self, *args: Any, dimension: str, **kwargs: Any) -> None:
        self.dimension = dimension
        super().__init__(*args, model=Category, **kwargs)

    def found(self, codes: Sequence[str]) -> dict[str, Any]:
        rows = Category.objects.filter(dimension__code=self.dimension, code__in=codes).order_by()
        return {row.code: row for row in rows}


class CategoriesFilter(filters.Filter):
    """Rows whose breakdown has one of the given categories of a dimension that has many."""

    field_class = CategoriesField
    repeats = True


class CodesFilter(filters.Filter):
    """Rows whose reference is one of the given codes. The codes become ids first: plans stay on the key."""

    field_class = CodesField
    repeats = True

    def filter(self, qs: QuerySet[Any], value: Sequence[models.Model]) -> QuerySet[Any]:
        if not value:
            return qs
        wanted = {f"{self.field_name}__in": [row.pk for row in value]}
        if self.distinct:  # a reference to many: asked apart, so that no row comes twice
            wanted = {"pk__in": qs.model._default_manager.filter(**wanted).values("pk")}
        return self.get_method(qs)(**wanted)


class BreakdownField(forms.CharField):
    """The key of a breakdown, in any order and with totals spelled out or not."""

    def clean(self, value: Any) -> str:
        """The canonical key, or a blank. Errors: ``ValidationError`` where it is no key."""
        text = str(super().clean(value))
        try:
            return parse_breakdown(text).key if text else ""
        except BreakdownError as error:
            raise ValidationError(
                _("“%(found)s” is no breakdown: write _T, SEX=F or AGE=Y0T4;SEX=F.") % {"found": text[:60]}
            ) from error


class BreakdownFilter(filters.Filter):
    """A filter by the key of a breakdown."""

    field_class = BreakdownField


class WholeNumberFilter(filters.Filter):
    """A whole number; ``min_value`` and ``max_value`` are the form field's."""

    field_class = forms.IntegerField


YES_OR_NO: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class YesNoField(forms.ChoiceField):
    """Yes, no, or nothing said. ``true``, ``false``, ``1`` and ``0`` are understood too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        words = [("", gettext_lazy("any")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
        super().__init__(*args, choices=words, **kwargs)

    def clean(self, value: Any) -> bool | None:
        """``True``, ``False`` or ``None``. Errors: ``ValidationError`` for any other word."""
        text = str(value or "").strip().lower()
        if not text:
            return None
        if text not in YES_OR_NO:
            raise ValidationError(_("“%(found)s” is neither yes nor no.") % {"found": text[:40]})
        return YES_OR_NO[text]


class YesNoFilter(filters.Filter):
    """A filter by yes or no."""

    field_class = YesNoField
