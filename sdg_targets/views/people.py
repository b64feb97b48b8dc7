"""People of a country: colleagues, invitations, delegation during leave, handover; and which countries have nobody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sdg_targets.actions.invitations import InvitationRefused, invite, may_invite, revoke_invitation
from sdg_targets.actions.mandates import MandateRefused, delegate, end_delegation, hand_over
from sdg_targets.domain.roles import ROLES, Permission
from sdg_targets.forms.people import DelegationForm, InvitationForm, PassingOnForm
from sdg_targets.models import Area, Invitation, Mandate
from sdg_targets.permissions import can
from sdg_targets.queries.people import area_seen_by, areas_of, colleagues_of, people_of, staffing
from sdg_targets.tasks import mail_invitation_later

#: The page of the roles that are for no country.
NO_AREA = "all"


@never_cache
@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Where to: the one country of a focal point, the list of several, or all for those who look after mandates."""
    if can(request.user, Permission.MANAGE_MANDATES):
        rows = staffing(on=timezone.localdate(), at=timezone.now())
        missing = [row for row in rows if row.is_missing]
        shown = missing if "missing" in request.GET else rows
        return render(request, "sdg_targets/people.html", {"rows": shown, "all": rows, "missing": missing})
    areas = areas_of(request.user, on=timezone.localdate())
    if not areas:
        raise PermissionDenied(_("You hold no mandate for a country."))
    if len(areas) == 1:
        return redirect("sdg_targets:people-area", code=areas[0].code)
    return render(request, "sdg_targets/people.html", {"areas": areas})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_area(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a country, and an invitation to become one of them."""
    area = _area(request, code)
    roles = [name for name in ROLES if _fits(name, area) and may_invite(request.user, role=name, area=area)]
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, roles=roles, initial={"language": translation.get_language()})
    if request.method == "POST":
        if not roles:
            raise PermissionDenied(_("You do not have the permission that this needs."))
        if form.is_valid() and _invited(request, form, area):
            return redirect("sdg_targets:people-area", code=code)
    context = {
        "found": people_of(area, on=timezone.localdate(), at=timezone.now()),
        "form": form if roles else None,
        "manages": can(request.user, Permission.MANAGE_MANDATES),
        "code": code,
        "today": timezone.localdate(),
    }
    return render(request, "sdg_targets/people_area.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _invitation(request, pk)
    revoke_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation of %(email)s opens nothing any more.") % {"email": invitation.email})
    return redirect("sdg_targets:people-area", code=invitation.area.code if invitation.area else NO_AREA)


@login_required
@require_POST
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite again: a new link for two weeks, in the place of the old one."""
    old = _invitation(request, pk)
    try:
        with transaction.atomic():
            made = invite(email=old.email, role=old.role, area=old.area, language=old.language, by=request.user)
            mail_invitation_later.enqueue(made.pk, request.build_absolute_uri("/"))
        messages.success(request, _("A new link is on its way to %(email)s.") % {"email": made.email})
    except InvitationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("sdg_targets:people-area", code=old.area.code if old.area else NO_AREA)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a colleague act for a period."""
    return _pass_on(request, pk, DelegationForm, "sdg_targets/mandate_delegate.html")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a mandate to a colleague for good."""
    return _pass_on(request, pk, PassingOnForm, "sdg_targets/mandate_hand_over.html")


@login_required
@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation before its last day."""
    delegation = Mandate.objects.select_related("delegated_from", "area").filter(pk=pk).first()
    if delegation is None or delegation.delegated_from is None or not _may_pass_on(request, delegation.delegated_from):
        raise Http404
    try:
        end_delegation(delegation=delegation, by=request.user)
        messages.success(request, _("The delegation has ended."))
    except MandateRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("sdg_targets:people-area", code=delegation.area.code if delegation.area else NO_AREA)


def _area(request: HttpRequest, code: str) -> Area | None:
    """The country whose people may be seen, or none for the other roles; what may not be seen is not there."""
    if code == NO_AREA and can(request.user, Permission.MANAGE_MANDATES):
        return None
    area = area_seen_by(request.user, code, on=timezone.localdate())
    if area is None:
        raise Http404
    return area


def _fits(role: str, area: Area | None) -> bool:
    return ROLES[role].needs_area is (area is not None)


def _invited(request: HttpRequest, form: InvitationForm, area: Area | None) -> bool:
    """Invite, and hand the mail to the worker in the same transaction; else say why not."""
    try:
        with transaction.atomic():
            made = invite(**form.cleaned_data, area=area, by=request.user)
            mail_invitation_later.enqueue(made.pk, request.build_absolute_uri("/"))
    except InvitationRefused as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": made.email})
    return True


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    invitation = Invitation.objects.waiting().select_related("area").filter(pk=pk).first()
    if invitation is None or not may_invite(request.user, role=invitation.role, area=invitation.area):
        raise Http404
    return invitation


def _may_pass_on(request: HttpRequest, mandate: Mandate) -> bool:
    return mandate.user_id == request.user.pk or can(request.user, Permission.MANAGE_MANDATES)


def _pass_on(request: HttpRequest, pk: int, kind: type[PassingOnForm], template: str) -> HttpResponse:
    """Ask to whom and from when a mandate goes, and do it; the mandate of another is not there."""
    today = timezone.localdate()
    mandates = Mandate.objects.in_force(on=today).own().exclude(area=None).select_related("area", "user")
    mandate = mandates.filter(pk=pk).first()
    if mandate is None or not _may_pass_on(request, mandate):
        raise Http404  # without a word: that of another answers as one that there is not
    colleagues = colleagues_of(mandate, on=today)
    form = kind(request.POST if request.method == "POST" else None, colleagues=colleagues, initial={"first": today})
    if request.method == "POST" and form.is_valid() and _passed_on(request, form, mandate):
        return redirect("sdg_targets:people-area", code=mandate.area.code if mandate.area else NO_AREA)
    context: dict[str, Any] = {"mandate": mandate, "form": form, "colleagues": colleagues.exists()}
    return render(request, template, context, status=400 if form.errors else 200)


def _passed_on(request: HttpRequest, form: PassingOnForm, mandate: Mandate) -> bool:
    given = form.cleaned_data
    try:
        if isinstance(form, DelegationForm):
            delegate(mandate=mandate, by=request.user, **given)
            messages.success(request, _("%(name)s acts in that period.") % {"name": given["to"]})
        else:
            hand_over(mandate=mandate, by=request.user, **given)
            messages.success(request, _("The mandate goes to %(name)s.") % {"name": given["to"]})
    except MandateRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
