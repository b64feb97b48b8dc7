"""Uploads: a publisher's file is given here, checked by the worker, and applied when a person has seen the account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.actions.imports import Options
from sdg_targets.actions.space import require_room_to_store
from sdg_targets.actions.upload_work import settle
from sdg_targets.actions.uploads import (
    UploadMoved,
    discard,
    receive,
    request_apply,
    request_check,
)
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import FileProblem
from sdg_targets.domain.sentences import in_words
from sdg_targets.models import Upload
from sdg_targets.models.uploads import UPLOAD_LOCK
from sdg_targets.queries.imports import report_of
from sdg_targets.queries.uploads import rows_being_read
from sdg_targets.tasks import work_on_upload
from sdg_targets.web.administration import GuardedAdmin, held
from sdg_targets.web.uploads import NOT_ALLOWED, REFUSED, TOO_LARGE

#: What is told of a file that was not taken from the form.
WHY_NOT_TAKEN = {
    TOO_LARGE: _("The file is larger than may be uploaded here: %(limit)s."),
    NOT_ALLOWED: _("You do not have the permission that this needs."),
}


class UploadForm(forms.ModelForm[Upload]):
    """The file and how it is to be taken. The file is the last part, so that nothing is lost when it is too large."""

    #: Why the file of this request was not taken, set for each request.
    not_taken: str = ""
    file = forms.FileField(label=_("File"))

    class Meta:
        model = Upload
        fields = ["dataset", "vintage", "origin", "complete", "backfill", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2, "cols": 60})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.not_taken:
            limit = filesizeformat(settings.UPLOAD_LIMIT)
            self.errors.pop("file", None)
            self.add_error("file", ValidationError(WHY_NOT_TAKEN[self.not_taken], params={"limit": limit}))
        elif "whole" not in self.data:
            raise ValidationError(_("The sending broke off before its end. Upload the file again."))
        elif file := cleaned.get("file"):
            self._require_room(file.size)
        if cleaned.get("complete") and cleaned.get("backfill"):
            self.add_error("backfill", _("An older publication withdraws nothing: leave one of the two."))
        return cleaned

    def _require_room(self, size: int) -> None:
        try:
            require_room_to_store(size)
        except FileProblem as problem:
            self.add_error("file", in_words(str(problem), gettext))


@admin.register(Upload)
class UploadAdmin(GuardedAdmin):
    """For those who import. Nobody edits an upload: it goes from step to step, and the history says who took which."""

    permission = Permission.IMPORT_DATA
    may_delete = False
    form = UploadForm
    add_form_template = "admin/sdg_targets/upload/add_form.html"
    list_display = ["file_name", "dataset", "state", "received_at", "by"]
    list_filter = ["state", "dataset"]
    list_select_related = ["dataset", "by"]
    search_fields = ["file_name", "=sha256", "vintage"]
    search_help_text = _("A file name, a vintage, or a whole checksum")
    fieldsets = [
        (None, {"fields": ["dataset", "vintage", "origin"]}),
        (_("What the file is"), {"fields": ["complete", "backfill", "note"]}),
        (None, {"fields": ["file"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        deeds = {"check": self.check_view, "apply": self.apply_view, "discard": self.discard_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"sdg_targets_upload_{name}")
            for name, view in deeds.items()
        ]
        return [*own, *super().get_urls()]

    # The list and the report

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_view_permission(request):
            settle()
        return super().changelist_view(request, {"title": _("Uploads"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The report: where it stands, what would become of the rows, what can be done now."""
        if not self.has_view_permission(request) or request.method == "POST":
            raise PermissionDenied  # nobody edits an upload
        settle()
        upload = self.get_object(request, object_id)
        if upload is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        made = upload.applied or upload.tried
        return self._page(
            request,
            "report",
            upload,
            made=made,
            report=report_of(made) if made else None,
            rows_read=rows_being_read(UPLOAD_LOCK, upload.pk) if upload.is_on_its_way else None,
            facts=facts_of(upload),
            can_map=Permission.MAP_CODES in held(request),
        )

    def _page(self, request: HttpRequest, name: str, upload: Upload, **context: Any) -> HttpResponse:
        around = {**self.admin_site.each_context(request), "opts": self.opts, "original": upload}
        title = {"title": upload.file_name}
        return TemplateResponse(request, f"admin/sdg_targets/upload/{name}.html", {**around, **title, **context})

    # Giving a file

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"title": _("Upload a file"), "limit": settings.UPLOAD_LIMIT}
        return super().add_view(request, form_url, {**shown, **(extra_context or {})})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The dataset is chosen from the list alone: a way to its own page would leave the form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "dataset":
            field.widget = field.widget.widget
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if request.method == "POST":
            request.FILES  # noqa: B018 - reads the body: only then is known whether the file was taken
        return type(form.__name__, (form,), {"not_taken": getattr(request, REFUSED, "")})

    def save_model(self, request: HttpRequest, obj: Upload, form: Any, change: bool) -> None:
        """The file is stored and its check asked for, in the transaction of this request: both or neither."""
        chosen = {name: form.cleaned_data[name] for name in ("vintage", "origin", "complete", "backfill", "note")}
        file = form.cleaned_data["file"]
        made = receive(
            file.chunks(), file_name=file.name, dataset=obj.dataset, by=request.user, options=Options(**chosen)
        )
        obj.pk = made.pk
        obj.refresh_from_db()
        work_on_upload.enqueue(made.pk)

    def response_add(self, request: HttpRequest, obj: Upload, post_url_continue: str | None = None) -> HttpResponse:
        return redirect("admin:sdg_targets_upload_change", obj.pk)

    # Steps

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._step(request, pk, request_check, _("Asked for a check"), works=True)

    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approves what the page showed: the number of that check comes with the button."""
        seen = request.POST.get("seen", "")

        def apply(*, upload: Upload, by: Any) -> Upload:
            return request_apply(upload=upload, seen=int(seen) if seen.isdecimal() else None, by=by)

        return self._step(request, pk, apply, _("Approved and applied"), works=True)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more, then throws the file away."""
        upload = get_object_or_404(Upload, pk=pk)
        if request.method == "GET" and self.has_change_permission(request) and upload.may_be_discarded:
            return self._page(request, "discard", upload, title=_("Discard this file?"))
        return self._step(request, pk, discard, _("Discarded"))

    def _step(self, request: HttpRequest, pk: int, deed: Any, said: Any, *, works: bool = False) -> HttpResponse:
        """Take a step, note who took it, and hand what is to be done to the worker, in one transaction."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:sdg_targets_upload_change", pk)
        upload = get_object_or_404(Upload, pk=pk)
        try:
            with transaction.atomic():
                deed(upload=upload, by=request.user)
                self.log_change(request, upload, str(said))
                if works:
                    work_on_upload.enqueue(upload.pk)
        except UploadMoved:
            moved = gettext("This could not be done: somebody else took a step before you. Here is how it stands now.")
            messages.warning(request, moved)
        return redirect("admin:sdg_targets_upload_change", pk)


def facts_of(upload: Upload) -> list[tuple[str, Any]]:
    """What is known of the file and of who gave it, with the names of the fields."""
    yes_no = {True: gettext("yes"), False: gettext("no")}
    shown = {
        "file_name": upload.file_name,
        "file_size": filesizeformat(upload.file_size),
        "sha256": upload.sha256,
        "dataset": upload.dataset,
        "vintage": upload.vintage,
        "origin": upload.origin,
        "complete": yes_no[upload.complete],
        "backfill": yes_no[upload.backfill],
        "note": upload.note,
        "by": upload.by,
        "received_at": f"{date_format(upload.received_at, 'DATETIME_FORMAT')} UTC",
        "acted_by": upload.acted_by,
        "changed_at": f"{date_format(upload.changed_at, 'DATETIME_FORMAT')} UTC",
    }
    return [(str(Upload._meta.get_field(name).verbose_name), value) for name, value in shown.items()]
