"""Forms for what a country proposes: a series of its own, and its metadata field by field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sdg_targets.actions.proposals import OwnSeries
from sdg_targets.models import Dimension, Target, Unit, ValueKind
from sdg_targets.queries.proposals import FieldOfMetadata


class SeriesForm(forms.Form):
    """A series of one's own."""

    target = forms.ModelChoiceField(Target.objects.none(), label=_("The target it speaks to"))
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Such as LABOUR_PERMITS"))
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=300, required=False)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=300, required=False)
    definition = forms.CharField(
        label=_("What is measured, of whom, and how"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    kind = forms.ChoiceField(label=_("Kind of value"), choices=ValueKind.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    dimensions = forms.ModelMultipleChoiceField(
        Dimension.objects.none(), label=_("Broken down by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minimum = forms.DecimalField(label=_("Lowest possible value"), required=False)
    maximum = forms.DecimalField(label=_("Highest possible value"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "target": Target.objects.order_by("sort"),
            "unit": Unit.objects.all(),
            "dimensions": Dimension.objects.all(),
        }
        for name, queryset in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset
            field.label_from_instance = _labelled  # type: ignore[method-assign]

    def said(self, language: str) -> OwnSeries:
        """What was filled in."""
        given = self.cleaned_data
        return OwnSeries(
            code=given["code"].strip().upper(),
            name_en=given["name_en"],
            name_fr=given["name_fr"],
            name_es=given["name_es"],
            definition=given["definition"],
            language=language,
            target=given["target"],
            unit=given["unit"],
            kind=given["kind"],
            dimensions=list(given["dimensions"]),
            minimum=given["minimum"],
            maximum=given["maximum"],
        )


def _labelled(row: Any) -> str:
    """Code and name, short enough for a list."""
    name = str(row.name)
    return f"{row.code} {name[:90]}{'…' if len(name) > 90 else ''}"


class MetadataForm(forms.Form):
    """Every field of an indicator's metadata, each a text; what is left as it is changes nothing."""

    def __init__(self, rows: Sequence[FieldOfMetadata], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[row.field.name] = forms.CharField(
                label=_(row.field.heading),
                required=False,
                max_length=50_000,
                initial=row.shown,
                widget=forms.Textarea(attrs={"rows": 1 if row.field.name in ("unit", "reviewed") else 4}),
            )

    def changed_texts(self) -> dict[str, str]:
        """The fields that say something else than before, and are not blank."""
        return {name: self.cleaned_data[name] for name in self.changed_data if self.cleaned_data[name].strip()}
