"""Administration of accounts, for those whose mandate says so."""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401 - registered there, before they are taken away here
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission
from sdg_targets.models import Mandate
from sdg_targets.web.administration import GuardedAdmin, GuardedInline

from .actions import take_second_factors_away
from .models import User

# What a person may do is said by mandates: groups would be a second answer. And second factors, other addresses and the
# organisation's accounts are people's own: they are seen on their page, and reset by a deed of their administrator.
for model in (Group, Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class MandateInline(GuardedInline):
    """A person's mandates; nobody gives mandates to himself or herself."""

    model = Mandate
    permission = Permission.MANAGE_MANDATES
    autocomplete_fields = ["area"]
    fields = ["role", "area", "valid_from", "valid_to", "note"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self._of_another(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._of_another(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._of_another(request, obj)

    @staticmethod
    def _of_another(request: HttpRequest, obj: Any) -> bool:
        return bool(request.user.is_superuser or obj is None or obj.pk != request.user.pk)


@admin.register(User)
class UserAdmin(GuardedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Accounts; only a superuser touches a superuser, or what makes one."""

    permission = Permission.MANAGE_USERS
    seen_with = frozenset({Permission.MANAGE_MANDATES})
    ordering = ("email",)
    list_display = ("email", "name", "language", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser", "language", "mandates__role")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    inlines = (MandateInline,)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name", "language")}),
        (_("Access"), {"fields": ("is_active", "is_superuser")}),
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

    actions = ("take_second_factors_away",)

    @admin.action(
        description=_("Take the second factors away: phone and recovery codes are lost"), permissions=["change"]
    )
    def take_second_factors_away(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """One by one: their sessions end, and who must have a second factor sets one up at the next sign-in."""
        for user in people:
            if not self._within_reach(request, user):
                self.message_user(request, _("%(user)s: only a superuser may.") % {"user": user}, messages.ERROR)
                continue
            take_second_factors_away(user=user, by=request.user)
            self.log_change(request, user, gettext("Second factors taken away"))
            self.message_user(request, _("%(user)s signs in with the password alone.") % {"user": user})

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(request.user.is_superuser)  # others clear "may sign in" instead

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if request.user.is_superuser else (*self.readonly_fields, "is_superuser")

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Mandates are given once the account stands."""
        return self.inlines if obj else ()

    @staticmethod
    def _within_reach(request: HttpRequest, obj: User | None) -> bool:
        return bool(obj is None or not obj.is_superuser or request.user.is_superuser)
