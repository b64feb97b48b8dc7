"""Where figures come from: datasets, imports with their refusals, and revisions."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.formats import report_csv
from sdg_targets.models import Dataset, Import, ImportState, Refusal, Revision
from sdg_targets.queries.imports import REFUSAL_COLUMNS, refusal_cells, report_of
from sdg_targets.web.administration import GuardedAdmin, ReadOnlyAdmin, held

from .deeds import deed_page
from .undoing import undoing_of


def minute(moment: datetime) -> str:
    """A moment (UTC) in the form that is shortest in every language, for lists with many columns."""
    return f"{moment:%Y-%m-%d %H:%M}"


@admin.register(Dataset)
class DatasetAdmin(GuardedAdmin):
    """A dataset is not deleted: its figures, even superseded ones, are of it."""

    permission = Permission.EDIT_CATALOGUE
    seen_with = frozenset({Permission.SEE_IMPORTS})
    may_delete = False
    list_display = ["code", "name_here", "provider", "reporting_type", "evidence", "rank"]
    list_display_links = ["code", "name_here"]
    list_filter = ["reporting_type", "evidence"]
    search_fields = ["code", "name_en", "name_fr", "name_es", "provider"]
    autocomplete_fields = ["area"]
    fieldsets = [
        (None, {"fields": ["code", "provider", ("reporting_type", "area"), ("evidence", "rank")]}),
        (_("Names"), {"fields": ["name_en", "name_fr", "name_es"]}),
        (_("Address and licence"), {"fields": ["url", "licence"]}),
        (_("Notes"), {"fields": ["note_en", "note_fr", "note_es"]}),
    ]


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """The records of imports: read = new + revised + unchanged + repeated + gathered + refused, to the row."""

    permission = Permission.SEE_IMPORTS
    list_display = [
        "file_name", "vintage", "state", "began", "read", "new", "revised", "refused", "undone_in",
    ]  # fmt: skip
    list_filter = ["state", "dataset"]
    search_fields = ["file_name", "=sha256", "vintage"]
    search_help_text = _("A file name, a vintage, or a whole checksum")
    date_hierarchy = "started_at"
    list_select_related = ["dataset", "revision", "by", "undone_in"]

    @admin.display(description=_("started"), ordering="started_at")
    def began(self, made: Import) -> str:
        return minute(made.started_at)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        made = self.get_object(request, object_id)
        seen = made is not None and self.has_view_permission(request, made)
        undoable = seen and made.state == ImportState.APPLIED and made.undone_in is None
        shown = {
            "report": report_of(made) if seen else None,
            "facts": facts_of(made) if seen else (),
            "can_map": Permission.MAP_CODES in held(request),
            "may_undo": undoable and Permission.IMPORT_DATA in held(request),
        }
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        refusals = self.admin_site.admin_view(self.refusals_view)
        undo = self.admin_site.admin_view(self.undo_view)
        return [
            path("<int:pk>/refusals.csv", refusals, name="sdg_targets_import_refusals"),
            path("<path:object_id>/undo/", undo, name="sdg_targets_import_undo"),
            *super().get_urls(),
        ]

    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Undo the import as a new revision, on a page that says what would happen."""
        made = self.get_object(request, object_id)
        if made is None:
            raise Http404
        return deed_page(self, request, undoing_of(made, request.user))

    def refusals_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Every refusal of an import as CSV, for whoever corrects the file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        made = get_object_or_404(Import, pk=pk)
        lines = report_csv.lines(REFUSAL_COLUMNS, refusal_cells(made))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="refusals-{made.pk}.csv"'
        return response


def facts_of(made: Import) -> list[tuple[str, Any]]:
    """What is known of the file and of its reading, with the names of the fields."""
    yes_no = {True: gettext("yes"), False: gettext("no")}
    shown = {
        "dataset": made.dataset,
        "vintage": made.vintage,
        "series_codes": ", ".join(made.series_codes),
        "file_name": made.file_name,
        "file_size": filesizeformat(made.file_size),
        "format": made.format,
        "provider": made.provider,
        "origin": made.origin,
        "complete": yes_no[made.complete],
        "backfill": yes_no[made.backfill],
        "sha256": made.sha256,
        "started_at": f"{date_format(made.started_at, 'DATETIME_FORMAT')} UTC",
        "finished_at": f"{date_format(made.finished_at, 'DATETIME_FORMAT')} UTC",
        "by": made.by or gettext("the product itself"),
    }
    return [(str(Import._meta.get_field(name).verbose_name), value) for name, value in shown.items()]


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    """Refused rows, page by page; they are reached from their import."""

    permission = Permission.SEE_IMPORTS
    list_display = ["place", "rule", "column", "found_shown", "expected_shown"]
    list_filter = ["rule", ("of_import", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["place", "found"]

    @admin.display(description=_("found"), ordering="found")
    def found_shown(self, refusal: Refusal) -> str:
        return refusal.found_here

    @admin.display(description=_("what would be right"), ordering="expected")
    def expected_shown(self, refusal: Refusal) -> str:
        return refusal.expected_here


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """Each moment at which the database learned something."""

    permission = Permission.SEE_IMPORTS
    list_display = ["number", "made", "by", "reason", "is_break", "note", "release_names"]
    list_filter = ["reason", "is_break"]
    list_select_related = ["by"]
    search_fields = ["=number", "note", "releases__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).prefetch_related("releases")

    @admin.display(description=_("date and time"), ordering="made_at")
    def made(self, revision: Revision) -> str:
        return minute(revision.made_at)

    @admin.display(description=_("Releases"))
    def release_names(self, revision: Revision) -> str:
        return ", ".join(release.name for release in revision.releases.all())
