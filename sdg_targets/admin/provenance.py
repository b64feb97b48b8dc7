"""Where figures come from: datasets, imports with their refusals, revisions and releases."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from sdg_targets.models import Dataset, Import, Refusal, Release, Revision
from sdg_targets.web.administration import GuardedAdmin, ReadOnlyAdmin

from . import doors


@admin.register(Dataset)
class DatasetAdmin(GuardedAdmin):
    may_view = may_edit = staticmethod(doors.edit_catalogue)
    list_display = ["code", "name_en", "provider", "reporting_type", "evidence", "rank"]
    search_fields = ["code", "name_en", "provider"]
    autocomplete_fields = ["area"]


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """The records of imports. Refused rows are listed by their own page, filtered by the import."""

    may_view = may_edit = staticmethod(doors.see_imports)
    list_display = [
        "file_name",
        "vintage",
        "state",
        "finished_at",
        "read",
        "new",
        "revised",
        "unchanged",
        "repeated",
        "refused",
        "withdrawn",
    ]
    list_filter = ["state", "dataset"]
    search_fields = ["file_name", "sha256", "vintage"]
    date_hierarchy = "finished_at"


@admin.register(Refusal)
class RefusalAdmin(ReadOnlyAdmin):
    may_view = may_edit = staticmethod(doors.see_imports)
    list_display = ["of_import", "place", "rule", "column", "found", "expected"]
    list_filter = ["rule"]
    list_select_related = ["of_import"]
    search_fields = ["place", "found"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    may_view = may_edit = staticmethod(doors.see_imports)
    list_display = ["number", "made_at", "by", "reason", "note"]
    list_select_related = ["by"]
    search_fields = ["number", "note"]


@admin.register(Release)
class ReleaseAdmin(GuardedAdmin):
    """Releases: a revision is named here. The revision of a name that was given does not change."""

    may_view = staticmethod(doors.see_imports)
    may_edit = staticmethod(doors.import_data)
    list_display = ["name", "revision", "created_at", "note"]
    list_select_related = ["revision"]
    search_fields = ["name"]
    autocomplete_fields = ["revision"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("name", "revision") if obj else ()
