"""Administration of accounts, for those whose mandate says so."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import can

from .models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Accounts; only a superuser touches a superuser, or what makes one."""

    ordering = ("email",)
    list_display = ("email", "name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "language")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name", "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "name", "language", "usable_password", "password1", "password2"),
            },
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.MANAGE_USERS)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return can(request.user, Permission.MANAGE_USERS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can(request.user, Permission.MANAGE_USERS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return can(request.user, Permission.MANAGE_USERS) and self._within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(request.user.is_superuser)  # others clear "may sign in" instead

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if request.user.is_superuser:
            return self.readonly_fields
        return (*self.readonly_fields, "is_superuser", "groups", "user_permissions")

    @staticmethod
    def _within_reach(request: HttpRequest, obj: User | None) -> bool:
        return bool(obj is None or not obj.is_superuser or request.user.is_superuser)
