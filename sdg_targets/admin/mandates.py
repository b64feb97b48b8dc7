"""Mandates: who may act in which role for which area."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Mandate
from sdg_targets.web.administration import GuardedAdmin


@admin.register(Mandate)
class MandateAdmin(GuardedAdmin):
    """Nobody, but a superuser, gives, changes or takes away mandates of his or her own."""

    permission = Permission.MANAGE_MANDATES
    list_display = ["user", "role", "role_sentence", "area", "valid_from", "valid_to", "stands_for"]
    list_filter = ["role", ("area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "area", "delegated_from__user"]
    search_fields = ["user__email", "user__name", "area__sort_en", "=area__code"]
    search_help_text = _("A person's name or e-mail address, or an area")
    autocomplete_fields = ["user", "area"]
    ordering = ["user__email", "role"]

    def has_change_permission(self, request: HttpRequest, obj: Mandate | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._of_another(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Mandate | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._of_another(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Mandates are taken away one by one: deleting many at once would not look whose they are."""
        return {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user" and field is not None and not request.user.is_superuser:
            field.queryset = field.queryset.exclude(pk=request.user.pk)
        return field

    @admin.display(description=_("What it allows"))
    def role_sentence(self, mandate: Mandate) -> str:
        return mandate.sentence

    @admin.display(description=_("Delegated by"))
    def stands_for(self, mandate: Mandate) -> str:
        return str(mandate.delegated_from.user) if mandate.delegated_from else ""

    @staticmethod
    def _of_another(request: HttpRequest, obj: Mandate | None) -> bool:
        return bool(request.user.is_superuser or obj is None or obj.user_id != request.user.pk)
