"""Questionnaires: their versions, sections, questions, answers and classes. What is open is read only."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import IntegrityError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.actions.instruments import close_version, copy_version, open_version
from sdg_targets.domain.questionnaires import InstrumentError
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Instrument, InstrumentVersion, Option, Question, ScoreClass, Section
from sdg_targets.web.administration import GuardedInline, held

from .catalogue import NAMES, CatalogueAdmin


def _version_of(row: Any) -> InstrumentVersion | None:
    """The version that a row is, or belongs to."""
    if isinstance(row, Question):
        row = row.section if row.section_id else None
    if isinstance(row, Section):
        return row.version if row.version_id else None
    return row if isinstance(row, InstrumentVersion) else None


class PartInline(GuardedInline):
    """Parts on the page of what they belong to; of an open version nobody adds, changes or removes any."""

    permission = Permission.EDIT_CATALOGUE

    def _may(self, request: HttpRequest, whole: Any) -> bool:
        version = _version_of(whole)
        return self.permission in held(request) and not (version is not None and version.is_open)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)


class ScoreClassInline(PartInline):
    model = ScoreClass
    fields = ["value", "minimum", "name_en", "name_fr", "name_es"]


class SectionInline(PartInline):
    model = Section
    fields = ["position", "code", "name_en", "breakdown", "counts_shown"]
    show_change_link = True


class QuestionInline(PartInline):
    model = Question
    fields = ["position", "code", "name_en", "name_fr", "name_es"]
    show_change_link = True


class OptionInline(PartInline):
    model = Option
    fields = ["position", "code", "weight", "name_en", "name_fr", "name_es"]


class PartAdmin(CatalogueAdmin):
    """A section or a question on a page of its own: changed while its version is not open, made on the page above."""

    may_add = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and _version_of(obj).is_open)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and _version_of(obj).is_open)


@admin.register(Instrument)
class InstrumentAdmin(CatalogueAdmin):
    """A questionnaire is removed only with none of its versions left."""

    list_display = ["code", "name_here", "indicator"]
    list_display_links = ["code", "name_here"]
    list_select_related = ["indicator"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    autocomplete_fields = ["indicator"]
    fieldsets = [
        (None, {"fields": ["code", "indicator", "area_kinds"]}),
        NAMES,
        (_("What it is"), {"fields": ["about_en", "about_fr", "about_es"]}),
    ]


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(CatalogueAdmin):
    """A version is edited while it is closed; once open, only its dates are. Whoever wants another wording copies it."""

    list_display = ["__str__", "is_open", "scoring", "questions", "valid_from", "valid_to"]
    list_filter = ["instrument", "is_open"]
    list_select_related = ["instrument"]
    search_fields = ["instrument__code", "code"]
    autocomplete_fields = ["category_series", "score_series"]
    actions = ["open", "close", "copy"]
    inlines = [ScoreClassInline, SectionInline]
    dates: ClassVar[tuple[str, ...]] = ("valid_from", "valid_to")
    fieldsets = [
        (None, {"fields": [("instrument", "code"), "is_open", "source", "official_languages"]}),
        (_("Validity"), {"fields": [("valid_from", "valid_to")]}),
        (_("Scores"), {"fields": ["scoring", "category_series", "score_series"]}),
        (
            _("Many questions without an answer"),
            {"fields": ["footnote_share", "footnote_en", "footnote_fr", "footnote_es"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InstrumentVersion]:
        counted = Count("sections__questions")
        return super().get_queryset(request).annotate(question_count=counted)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None or not obj.is_open:
            return ["is_open"]
        return [field.name for field in InstrumentVersion._meta.fields if field.name not in ("id", *self.dates)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_open)

    @admin.display(description=_("questions"))
    def questions(self, version: Any) -> int:
        return int(version.question_count)

    def _each(
        self, request: HttpRequest, chosen: QuerySet[InstrumentVersion], deed: Callable[[InstrumentVersion], str]
    ) -> None:
        for version in chosen:
            try:
                said = deed(version)
            except (InstrumentError, IntegrityError) as error:
                messages.error(request, f"{version}: {error}")
            else:
                self.log_change(request, version, said)
                messages.success(request, f"{version}: {said}")

    @admin.action(description=_("Check, and open to be filled in"), permissions=["change"])
    def open(self, request: HttpRequest, chosen: QuerySet[InstrumentVersion]) -> None:
        def deed(version: InstrumentVersion) -> str:
            open_version(version, by=request.user)
            return gettext("can be filled in, and is no longer changed")

        self._each(request, chosen, deed)

    @admin.action(description=_("Close, to edit it"), permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[InstrumentVersion]) -> None:
        def deed(version: InstrumentVersion) -> str:
            close_version(version, by=request.user)
            return gettext("can be edited, and is not filled in")

        self._each(request, chosen, deed)

    @admin.action(description=_("Copy as a new version"), permissions=["change"])
    def copy(self, request: HttpRequest, chosen: QuerySet[InstrumentVersion]) -> None:
        def deed(version: InstrumentVersion) -> str:
            made = copy_version(version, by=request.user)
            return gettext("copied as %(version)s") % {"version": made}

        self._each(request, chosen, deed)


@admin.register(Section)
class SectionAdmin(PartAdmin):
    list_display = ["version", "code", "name_here"]
    list_display_links = ["code", "name_here"]
    list_filter = ["version"]
    list_select_related = ["version__instrument"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    inlines = [QuestionInline]
    readonly_fields = ["version"]
    fieldsets = [
        (None, {"fields": ["version", ("code", "position"), "breakdown", "counts_shown"]}),
        NAMES,
        (_("Question above all"), {"fields": ["lead_en", "lead_fr", "lead_es"]}),
        (_("What it measures"), {"fields": ["about_en", "about_fr", "about_es"]}),
    ]


@admin.register(Question)
class QuestionAdmin(PartAdmin):
    list_display = ["section", "code", "name_here"]
    list_display_links = ["code", "name_here"]
    list_filter = ["section__version"]
    list_select_related = ["section__version__instrument"]
    search_fields = ["code", "name_en", "name_fr", "name_es"]
    inlines = [OptionInline]
    readonly_fields = ["section"]
    fieldsets = [(None, {"fields": ["section", ("code", "position")]}), NAMES]
