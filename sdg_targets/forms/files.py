"""Forms with a file: what did not come, or not whole, is said at its field."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sdg_targets.formats.file_types import ENDINGS
from sdg_targets.models import EvidencePurpose
from sdg_targets.web.uploads import TOO_LARGE


class SentFileForm(forms.Form):
    """A form whose file may have been too large, or have broken off. ``whole`` is the last part of the request."""

    #: The setting that limits its file.
    limit: ClassVar[str]

    def __init__(self, *args: Any, not_taken: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.not_taken = not_taken

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.not_taken == TOO_LARGE:
            limit = filesizeformat(getattr(settings, self.limit))
            message = _("The file is larger than may be uploaded here: %(limit)s.")
            self._instead(ValidationError(message, params={"limit": limit}))
        elif "whole" not in self.data:
            self._instead(ValidationError(_("The sending broke off before its end. Upload the file again.")))
        return cleaned

    def _instead(self, error: ValidationError) -> None:
        """Say this of the file, and nothing else: that there is none follows from it."""
        self.errors.pop("file", None)
        self.add_error("file", error)


class FilledForm(SentFileForm):
    """The filled template of a round."""

    limit = "TEMPLATE_LIMIT"
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt", "class": "control"})
    )


class EvidenceForm(SentFileForm):
    """A file or a link, what it is called, and whether it is a letter."""

    limit = "EVIDENCE_LIMIT"
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=200, required=False)
    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted({*ENDINGS.values(), ".jpeg", ".csv"}))}),
    )
    url = forms.CharField(label=gettext_lazy("Or a web address"), max_length=1000, required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("It is"), choices=EvidencePurpose.choices, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and bool(given.get("file")) == bool(given.get("url")):
            self.add_error("file", _("Give either a file or a web address."))
        return given
