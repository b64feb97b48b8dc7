"""Units, dimensions with their categories, and what providers' codes mean here."""

from difflib import get_close_matches
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Category, CodeMapping, Dimension, Unit
from sdg_targets.queries.mappings import codes_of, concepts, means_something, owners
from sdg_targets.web.administration import GuardedInline, held

from .catalogue import NAMES, CatalogueAdmin


@admin.register(Unit)
class UnitAdmin(CatalogueAdmin):
    list_display = ["code", "name_here", "symbol"]
    list_display_links = ["code", "name_here"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    fieldsets = [
        (None, {"fields": ["code"]}),
        NAMES,
        (_("What stands beside a figure"), {"fields": ["symbol_en", "symbol_fr", "symbol_es"]}),
    ]

    @admin.display(description=_("Symbol"))
    def symbol(self, unit: Unit) -> str:
        return unit.symbol


class CategoryInline(GuardedInline):
    model = Category
    permission = Permission.EDIT_CATALOGUE
    fields = ["code", "name_en", "name_fr", "name_es", "position"]


@admin.register(Dimension)
class DimensionAdmin(CatalogueAdmin):
    list_display = ["code", "name_here", "position"]
    list_display_links = ["code", "name_here"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    fieldsets = [(None, {"fields": ["code", "position"]}), NAMES]
    inlines = [CategoryInline]


@admin.register(Category)
class CategoryAdmin(CatalogueAdmin):
    """Categories across dimensions, to search; ``_T`` is the total of every dimension."""

    list_display = ["code", "name_here", "dimension", "position"]
    list_display_links = ["code", "name_here"]
    list_filter = ["dimension"]
    list_select_related = ["dimension"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["dimension"]
    fieldsets = [(None, {"fields": ["dimension", "code", "position"]}), NAMES]


#: The kinds of code that can be mapped, beside the dimensions, in words.
CONCEPT_NAMES = {
    "area": _("Reference area"),
    "area_name": _("Another name of an area"),
    "column": _("Name of a column"),
    "geo": _("Code of a country’s own list of areas"),
    "indicator": _("Indicator"),
    "iso3": _("Code of three letters"),
    "metadata": _("Key of metadata"),
    "multiplier": _("Multiplier"),
    "nature": _("Nature"),
    "no_value": _("Sign for no value"),
    "series": _("Series"),
    "status": _("Status"),
    "type_of_data": _("Type of data, in words"),
    "unit": _("Unit"),
    "zero": _("Status of a zero"),
}


class CodeMappingForm(forms.ModelForm[CodeMapping]):
    """A mapping that some reader will read, to a code that exists here."""

    provider = forms.ChoiceField(label=_("Provider"))
    concept = forms.ChoiceField(label=_("Concept"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(Dimension.objects.values_list("code", f"name_{get_language() or 'en'}"))
        for field, known in (("provider", owners()), ("concept", concepts())):
            standing = getattr(self.instance, field)
            codes = [*known, *([standing] if standing and standing not in known else [])]
            words = {code: CONCEPT_NAMES.get(code) or names.get(code) for code in codes if field == "concept"}
            self.fields[field].choices = [
                ("", "---------"),
                *((code, f"{code} ({words[code]})" if words.get(code) else code) for code in codes),
            ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        concept, code = cleaned.get("concept"), cleaned.get("code")
        if concept and code and not means_something(concept, code):
            known = codes_of(concept)
            shown = get_close_matches(code, known, n=5, cutoff=0.4) or sorted(known)[:12]
            refused = _("“%(code)s” is no code of this kind here. Right would be, for example: %(shown)s.")
            self.add_error("code", ValidationError(refused, params={"code": code, "shown": ", ".join(shown)}))
        return cleaned


@admin.register(CodeMapping)
class CodeMappingAdmin(CatalogueAdmin):
    """What a provider's code means. Whoever imports may give a meaning to a code that has none; to change one is for editors."""

    form = CodeMappingForm
    list_display = ["given", "code", "concept", "provider"]
    list_filter = ["provider", "concept"]
    search_fields = ["given", "code"]
    search_help_text = _("What the provider writes, or our code")
    fields = ["provider", "concept", "given", "code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return Permission.MAP_CODES in held(request)

    def response_add(
        self, request: HttpRequest, obj: CodeMapping, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Back to the report on which the code had no meaning, where one led here."""
        usual = super().response_add(request, obj, post_url_continue)
        back = request.GET.get("back", "")
        on_this_site = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back) if on_this_site and "_save" in request.POST else usual
