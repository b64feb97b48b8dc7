"""How the administration pages ask who may do what: by one predicate, not by Django's permissions of each model."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest


class GuardedAdmin(admin.ModelAdmin[Any]):
    """A page that is seen and changed by those whom ``may_view`` and ``may_edit`` let through."""

    may_view: ClassVar[Callable[[Any], bool]]
    may_edit: ClassVar[Callable[[Any], bool]]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return type(self).may_view(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_view(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_edit(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_edit(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_edit(request.user)


class ReadOnlyAdmin(GuardedAdmin):
    """A page on which nobody, not even a superuser, adds, changes or deletes: the rows are made by deeds."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class GuardedInline(admin.TabularInline[Any, Any]):
    """Rows on another row's page, under the same predicate."""

    may_edit: ClassVar[Callable[[Any], bool]]
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return type(self).may_edit(request.user)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission  # type: ignore[assignment]
