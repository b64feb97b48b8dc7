"""Releases: a revision is named, now or at a set time."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Release, Revision
from sdg_targets.web.administration import GuardedAdmin


class ReleaseForm(forms.ModelForm[Release]):
    """A name for a revision, or for a time to come; it may not be taken for a date or for a revision's number."""

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if re.fullmatch(r"[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}", name):
            raise ValidationError(_("A name such as 2026-11 or “Report 2026”: a number or a day means a revision."))
        return name

    def clean_due_at(self) -> Any:
        due = self.cleaned_data["due_at"]
        if due is not None and due <= timezone.now():
            raise ValidationError(_("This time has passed: name a revision instead."))
        return due

    def clean(self) -> dict[str, Any]:
        """Either a revision or a time. What is due must mean something then: there is a revision already."""
        given: dict[str, Any] = super().clean() or {}
        asks = [name for name in ("revision", "due_at") if name in self.fields and name not in self.errors]
        if len(asks) == 2 and bool(given.get("revision")) == bool(given.get("due_at")):
            raise ValidationError(_("Name a revision, or set a time in the future."))
        if given.get("due_at") and not Revision.objects.exists():
            raise ValidationError(_("Nothing is known yet that could be released."))
        return given


@admin.register(Release)
class ReleaseAdmin(GuardedAdmin):
    """A name that was given stays with its revision: people have cited it. A time that has not come can be moved."""

    form = ReleaseForm
    permission = Permission.IMPORT_DATA
    seen_with = frozenset({Permission.SEE_IMPORTS})
    may_delete = False
    list_display = ["name", "revision", "due_at", "created_at", "note"]
    list_select_related = ["revision"]
    search_fields = ["name", "note"]
    autocomplete_fields = ["revision"]
    fields = ["name", "revision", "due_at", "note"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what has become due written down."""
        Release.objects.settle_due()
        return super().get_queryset(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Release | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("name", "revision", "due_at") if obj.revision_id else ("name", "revision")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The newest revision is proposed."""
        return {"revision": Revision.objects.latest_number() or None, **super().get_changeform_initial_data(request)}
