"""Forms of the review: the queue's filters, and what a decision needs beside a button."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sdg_targets.models import SubmissionState
from sdg_targets.queries.review_queue import BY_NEED, QueueChoices

_TALL = {"rows": 3, "maxlength": 4000}


class QueueForm(forms.Form):
    """What the queue is narrowed to; only countries and rounds that are in it are offered."""

    area = forms.ChoiceField(label=_("Country"), required=False)
    round = forms.ChoiceField(label=_("Reporting round"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, offered: QueueChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("All"))]
        labels = dict(SubmissionState.choices)
        fields: Any = self.fields
        fields["area"].choices = [*every, *((area.code, area.name) for area in offered.areas)]
        fields["round"].choices = [*every, *((each.code, each.name) for each in offered.rounds)]
        fields["state"].choices = [*every, *((state.value, labels[state.value]) for state in BY_NEED)]


class NoteForm(forms.Form):
    """Words that go with a step."""

    note = forms.CharField(label=_("Comment"), widget=forms.Textarea(attrs=_TALL), required=False, max_length=4000)


class PublicNoteForm(forms.Form):
    """The note that stands in public with the revision."""

    note = forms.CharField(label=_("Public note"), widget=forms.Textarea(attrs=_TALL), required=False, max_length=2000)


class SetTimeForm(PublicNoteForm):
    """The time of a publication under embargo."""

    at = forms.DateTimeField(
        label=_("Date and time (UTC)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
