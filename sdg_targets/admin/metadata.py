"""Reference metadata of indicators: global texts in our words, national ones as the office gives them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from sdg_targets.models import Metadata

from .catalogue import CatalogueAdmin


@admin.register(Metadata)
class MetadataAdmin(CatalogueAdmin):
    """Edited by catalogue editors. A shipped text that was edited stays as it is when a newer version comes."""

    list_display = ["indicator_code", "field", "language", "dataset_code", "beginning"]
    list_display_links = ["indicator_code", "field"]
    list_filter = ["dataset", "field", "language"]
    list_select_related = ["indicator", "dataset"]
    search_fields = ["=indicator__code", "text"]
    search_help_text = _("A code, such as 10.7.2, or words of the text")
    autocomplete_fields = ["indicator"]
    readonly_fields = ["imported", "updated"]
    fieldsets = [
        (None, {"fields": [("dataset", "indicator"), ("field", "language"), "text", "source"]}),
        (_("When and by whom"), {"fields": [("imported", "updated")]}),
    ]

    def save_model(self, request: HttpRequest, obj: Metadata, form: Any, change: bool) -> None:
        """A text that an editor changed is no longer an import's: undoing that import leaves it."""
        if change and {"text", "source"} & set(form.changed_data):
            obj.imported = None
        super().save_model(request, obj, form, change)

    @admin.display(description=_("indicator"), ordering="indicator__sort")
    def indicator_code(self, row: Metadata) -> str:
        return row.indicator.code

    @admin.display(description=_("dataset"), ordering="dataset__code")
    def dataset_code(self, row: Metadata) -> str:
        return row.dataset.code

    @admin.display(description=_("beginning of the text"))
    def beginning(self, row: Metadata) -> str:
        return Truncator(row.text).chars(120)
