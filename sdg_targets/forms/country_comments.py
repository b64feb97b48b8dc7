"""The form in which a country's team writes a comment on a custodian's figure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sdg_targets.models import Area, Dataset, Period, Series
from sdg_targets.queries.country_comments import figures_to_comment_on


class CountryCommentForm(forms.Form):
    """Which figure, what is said of it in which language, who signs, and when."""

    figure = forms.ChoiceField(label=_("Custodian’s series"))
    period = forms.CharField(label=_("Period, such as 2019; blank for the whole series"), required=False, max_length=30)
    text = forms.CharField(
        label=_("Comment"), widget=forms.Textarea(attrs={"rows": 5, "maxlength": 4000}), max_length=4000
    )
    language = forms.CharField(
        label=_("Language of the comment (ISO 639 code, such as en)"),
        max_length=3,
        validators=[RegexValidator(r"^[a-z]{2,3}$", _("Two or three small letters, such as fr."))],
    )
    signed_by = forms.CharField(label=_("Signed by (name and office)"), max_length=200)
    said_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"]
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": (get_language() or "en")[:2], "said_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.offered: dict[str, tuple[Dataset, Series]] = {
            f"{dataset.pk}:{series.pk}": (dataset, series) for dataset, series in figures_to_comment_on(area)
        }
        field: Any = self.fields["figure"]
        field.choices = [
            (key, f"{series.code} · {series.name} ({dataset.name})") for key, (dataset, series) in self.offered.items()
        ]

    def clean_period(self) -> Period | None:
        given = self.cleaned_data["period"].strip()
        if not given:
            return None
        found = Period.objects.filter(code=given).first()
        if found is None:
            raise ValidationError(_("There is no figure of this period."))
        return found

    def figure_and_dataset(self) -> dict[str, Any]:
        """The series and the dataset that were chosen."""
        dataset, series = self.offered[self.cleaned_data["figure"]]
        return {"dataset": dataset, "series": series}
