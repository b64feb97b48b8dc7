"""Withdrawals for confidentiality: the page of the deed, the tombstones it leaves, and the sealed audit."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sdg_targets.actions.confidentiality import (
    CannotWithdraw,
    lift_withdrawal,
    standing_tombstone,
    withdraw_confidential,
)
from sdg_targets.domain.roles import Permission
from sdg_targets.models import Observation, SealedRecord, Tombstone
from sdg_targets.web.administration import ReadOnlyAdmin

from .deeds import Deed, deed_page


def key_of(row: Observation) -> str:
    """The key of an observation in codes, as people type it."""
    parts = [row.series.code, row.area.code, row.period.code]
    return " ".join([*parts, row.breakdown.key] if row.breakdown.key != "_T" else parts)


def withdrawal_of(row: Observation, by: Any) -> Deed:
    """The deed of withdrawing one observation. The value itself is not printed once more."""
    versions = list(Observation.objects.versions_of(row).values_list("known_from", "source_id", "footnote_id"))
    notes = {note for _known, *notes in versions for note in notes if note is not None}

    def act(reason: str) -> tuple[str, str]:
        made = withdraw_confidential(observation=row, by=by, reason=reason)
        stands = Observation.objects.current().versions_of(row).get()
        said = _("Withdrawn in revision %(number)s: %(versions)s versions were removed.")
        address = reverse("admin:sdg_targets_observation_change", args=[stands.pk])
        return said % {"number": made.revision_id, "versions": made.versions}, address

    possible = standing_tombstone(row) is None
    return Deed(
        permission=Permission.WITHDRAW_CONFIDENTIAL,
        title=_("Withdraw for confidentiality"),
        lead=_(
            "The value goes out of every revision, with its bounds, its texts, and the notes that nothing else names."
            " At every moment since it was first known it then reads as suppressed. No import brings it back. This cannot be"
            " undone; backups and copies that others took keep what they hold."
        )
        if possible
        else _("This value was withdrawn before."),
        facts=[
            (_("Observation"), key_of(row)),
            (_("Dataset"), row.dataset.code),
            (_("Versions to be removed"), len(versions)),
            (_("Known since revision"), min(known for known, *_notes in versions)),
            (_("Sources and footnotes that it names"), len(notes)),
        ],
        button=_("Withdraw for ever"),
        back=reverse("admin:sdg_targets_observation_change", args=[row.pk]),
        act=act,
        refusal=CannotWithdraw,
        reason_help=_("It is kept with the tombstone and sealed. Do not write the value here."),
        typed=key_of(row),
        possible=possible,
    )


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnlyAdmin):
    """What was withdrawn, and why. A withdrawal is lifted on a page of its own."""

    permission = Permission.WITHDRAW_CONFIDENTIAL
    list_display = ["series", "area", "period", "breakdown", "dataset", "revision", "by", "versions", "lifted_at"]
    list_display_links = ["series", "area"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter), "dataset"]
    list_select_related = ["series", "area", "period", "breakdown", "dataset", "revision", "by"]
    search_fields = ["=series__code", "=area__code", "=period__code"]
    search_help_text = gettext_lazy("A whole code of a series, an area or a period")
    fieldsets = [
        (None, {"fields": [("series", "area", "period"), ("breakdown", "dataset")]}),
        (gettext_lazy("Withdrawal"), {"fields": [("revision", "by", "versions"), "reason"]}),
        (gettext_lazy("Lifted"), {"fields": [("lifted_at", "lifted_by"), "lifted_reason"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        lift = path(
            "<path:object_id>/lift/", self.admin_site.admin_view(self.lift_view), name="sdg_targets_tombstone_lift"
        )
        return [lift, *super().get_urls()]

    def lift_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let imports write the key again."""
        tombstone = self.get_object(request, object_id)
        if tombstone is None:
            raise Http404
        return deed_page(self, request, lifting_of(tombstone, request.user))


def lifting_of(tombstone: Tombstone, by: Any) -> Deed:
    """The deed of lifting one withdrawal."""
    back = reverse("admin:sdg_targets_tombstone_change", args=[tombstone.pk])

    def act(reason: str) -> tuple[str, str]:
        lift_withdrawal(tombstone=tombstone, by=by, reason=reason)
        return _("Lifted: imports may write this value again."), back

    return Deed(
        permission=Permission.WITHDRAW_CONFIDENTIAL,
        title=_("Lift a withdrawal"),
        lead=_("Imports may then write this value again. What was removed does not come back by itself.")
        if tombstone.stands
        else _("This withdrawal was lifted before."),
        facts=[(_("Observation"), str(tombstone)), (_("Dataset"), tombstone.dataset.code)],
        button=_("Lift it"),
        back=back,
        act=act,
        refusal=CannotWithdraw,
        possible=tombstone.stands,
    )


@admin.register(SealedRecord)
class SealedRecordAdmin(ReadOnlyAdmin):
    """The audit, as it is: nobody changes it, the database neither."""

    permission = Permission.WITHDRAW_CONFIDENTIAL
    list_display = ["number", "made_at", "by", "deed", "sha256"]
    list_filter = ["deed"]
    list_select_related = ["by"]
    search_fields = ["=number", "=sha256", "body"]
    fields = [("number", "made_at", "by"), "deed", "body", "previous", "sha256"]
