"""Pages of grave deeds: what would happen is shown first, a reason is asked for, and only then is it done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.web.administration import held


class ReasonForm(forms.Form):
    """Why it is done."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class TypedForm(ReasonForm):
    """Why it is done, and a text typed again: for what cannot be taken back."""

    typed = forms.CharField(label=_("Type it again to confirm"), max_length=300)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["typed"].help_text = expected
        self.fields["typed"].widget.attrs["autocomplete"] = "off"

    def clean_typed(self) -> str:
        typed = " ".join(str(self.cleaned_data["typed"]).split())
        if typed != self.expected:
            raise ValidationError(_("This is not “%(expected)s”."), params={"expected": self.expected})
        return typed


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed at its door: who may, what is shown before, how it is asked, and what is done.

    ``act`` takes the reason and returns the sentence that says what was done and the address to go to. A ``refusal`` it
    raises is shown with its message, and nothing was written.
    """

    permission: Permission
    title: str
    lead: str
    facts: Sequence[tuple[str, Any]]
    button: str
    back: str
    act: Callable[[str], tuple[str, str]]
    refusal: type[Exception]
    reason_help: str = ""
    typed: str = ""
    possible: bool = True

    def form(self, data: Any = None) -> ReasonForm:
        made = TypedForm(data, expected=self.typed) if self.typed else ReasonForm(data)
        made.fields["reason"].help_text = self.reason_help
        return made


def deed_page(owner: "admin.ModelAdmin[Any]", request: HttpRequest, deed: Deed) -> HttpResponse:
    """Show a deed, and do it when it is sent with all that it asks for. Errors: ``PermissionDenied``."""
    if deed.permission not in held(request):
        raise PermissionDenied
    form = deed.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and deed.possible and form.is_valid():
        try:
            said, address = deed.act(form.cleaned_data["reason"])
        except deed.refusal as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return HttpResponseRedirect(address)
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": deed.title,
        "deed": deed,
        "form": form,
    }
    return TemplateResponse(request, "admin/sdg_targets/deed.html", context)
