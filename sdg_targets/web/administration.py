"""The administration pages' manners: entered by mandate, and each page asks for one permission of the roles table.

Django's staff flag and its permissions of each model are not asked: there would be two answers to one question. Whoever
holds a permission that some page asks for comes in; focal points, report writers and people without a mandate do not.
"""

from typing import Any, ClassVar, Final

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from sdg_targets.domain.languages import LocalName
from sdg_targets.domain.roles import Permission
from sdg_targets.permissions import permissions_of

#: Any of these opens the administration pages.
ENTRY: Final = frozenset(
    {
        Permission.EDIT_CATALOGUE,
        Permission.EDIT_AREAS,
        Permission.EDIT_PARTNERS,
        Permission.SEE_IMPORTS,
        Permission.IMPORT_DATA,
        Permission.WITHDRAW_CONFIDENTIAL,
        Permission.MANAGE_USERS,
        Permission.MANAGE_MANDATES,
        Permission.MANAGE_ROUNDS,
    }
)


def held(request: HttpRequest) -> frozenset[Permission]:
    """What the person of this request may do, asked of the database once and remembered with the request."""
    known: tuple[Any, frozenset[Permission]] | None = getattr(request, "_permissions_held", None)
    if known is None or known[0] != request.user.pk:
        known = (request.user.pk, permissions_of(request.user))
        request._permissions_held = known  # type: ignore[attr-defined]
    return known[1]


class AdministrationSite(admin.AdminSite):
    """The administration of this product: its name, its entry by mandate, and a kind word to who has no task here."""

    site_header = _("Migration in the SDGs: administration")
    site_title = _("Migration in the SDGs")
    index_title = _("What you look after")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(held(request) & ENTRY)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """To the one sign-in page; somebody who is signed in and has no task here is told so instead."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or reverse("admin:index", current_app=self.name))
        if not self.has_permission(request):
            context = {**self.each_context(request), "title": _("There is nothing here for your account")}
            return TemplateResponse(request, "admin/no_entry.html", context, status=403)
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """To the one page on which a password is changed."""
        return redirect("account_change_password")


class GuardedAdmin(admin.ModelAdmin[Any]):
    """A page changed by those who hold ``permission``, and seen by them and by holders of any in ``seen_with``."""

    permission: ClassVar[Permission]
    seen_with: ClassVar[frozenset[Permission]] = frozenset()
    may_add: ClassVar[bool] = True
    may_delete: ClassVar[bool] = True
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list is headed by what is in it."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A page is headed by the kind of thing that it is of; which one stands below."""
        title = capfirst(str(self.opts.verbose_name))
        return super().change_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(held(request) & {self.permission, *self.seen_with})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self.permission in held(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permission in held(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.permission in held(request)

    @admin.display(description=_("Name"), ordering="name_en")
    def name_here(self, row: Any) -> LocalName:
        """The name in the language of the page."""
        name: LocalName = row.name
        return name


class ReadOnlyAdmin(GuardedAdmin):
    """A page on which nobody, not even a superuser, adds, changes or deletes: the rows are made by deeds."""

    may_add = may_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class GuardedInline(admin.TabularInline[Any, Any]):
    """Rows on another row's page, changed by those who hold ``permission`` and seen by whoever sees the page."""

    permission: ClassVar[Permission]
    may_change: ClassVar[bool] = True
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permission in held(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and self.permission in held(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.permission in held(request)
