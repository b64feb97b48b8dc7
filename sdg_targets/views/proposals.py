"""What a country proposes besides figures, and the reviewers' queue of it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdg_targets.actions import proposals
from sdg_targets.actions.proposals import ProposalRefused
from sdg_targets.domain.roles import Permission
from sdg_targets.forms.proposals import MetadataForm, SeriesForm
from sdg_targets.models import Area, Indicator, MetadataProposal, SeriesProposal
from sdg_targets.permissions import can, requires
from sdg_targets.queries.proposals import metadata_of, proposals_for, series_proposals_of
from sdg_targets.queries.submissions import countries_of
from sdg_targets.web.private import private

from .mine import country_or_404

KINDS: dict[str, type[Any]] = {"series": SeriesProposal, "text": MetadataProposal}


@require_http_methods(["GET", "HEAD", "POST"])
@private
def own_series(request: HttpRequest, iso3: str) -> HttpResponse:
    """The series of one's own country, what became of its proposals, and the form for another."""
    area = country_or_404(request, iso3)
    form = SeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose_series(area=area, said=form.said((get_language() or "en")[:2]), by=request.user)
        except ProposalRefused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("It is proposed. The reviewers decide on it."))
            return redirect("sdg_targets:my-own-series", area.code)
    context = {
        "area": area,
        "form": form,
        "rows": series_proposals_of(area),
        "may_propose": can(request.user, Permission.ENTER_DATA, area=area),
    }
    return render(request, "sdg_targets/own_series.html", context, status=422 if form.errors else 200)


@require_safe
@private
def own_metadata_list(request: HttpRequest, iso3: str) -> HttpResponse:
    """The indicators of which a country says something."""
    area = country_or_404(request, iso3)
    context = {"area": area, "indicators": Indicator.objects.about_migration()}
    return render(request, "sdg_targets/own_metadata_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def own_metadata(request: HttpRequest, iso3: str, code: str) -> HttpResponse:
    """What a country says of its figures for one indicator, beside what is said everywhere."""
    area = country_or_404(request, iso3)
    indicator = get_object_or_404(Indicator.objects.about_migration(), code=code)
    language = (get_language() or "en")[:2]
    rows = metadata_of(area, indicator, language)
    form = MetadataForm(rows, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = _propose(request, form, area, indicator, language)
        except ProposalRefused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            said = ngettext("%(count)s text is proposed.", "%(count)s texts are proposed.", count)
            messages.success(request, said % {"count": count})
            return redirect("sdg_targets:my-own-metadata", area.code, indicator.code)
    context = {
        "area": area,
        "indicator": indicator,
        "rows": [(row, form[row.field.name]) for row in rows],
        "form": form,
        "may_propose": can(request.user, Permission.ENTER_DATA, area=area),
    }
    return render(request, "sdg_targets/own_metadata.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _propose(request: HttpRequest, form: MetadataForm, area: Area, indicator: Indicator, language: str) -> int:
    """Propose what changed, or that all is still right; returns how many texts are new."""
    where: dict[str, Any] = {"area": area, "indicator": indicator, "language": language, "by": request.user}
    if "confirm" in request.POST:
        return int(proposals.confirm_metadata(**where) is not None)
    texts = form.changed_texts().items()
    return sum(proposals.propose_text(field=field, text=text, **where) is not None for field, text in texts)


@never_cache
@requires(Permission.REVIEW_DATA)
@require_safe
def proposal_queue(request: HttpRequest) -> HttpResponse:
    """What countries proposed and nobody decided yet."""
    queue = proposals_for(request.user)
    context = {"queue": queue, "texts": [(each, queue.standing.get(each.pk)) for each in queue.texts]}
    return render(request, "sdg_targets/proposal_queue.html", context)


@require_POST
@private
def proposal_decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Accept or return one proposal; its own country's team may take it back."""
    proposal = _proposal(request, kind, pk)
    try:
        if "take_back" in request.POST:
            proposals.take_back(proposal=proposal, by=request.user)
            return redirect("sdg_targets:my-own-series", proposal.area.code)
        if "accept" in request.POST:
            accept: Any = proposals.accept_series if kind == "series" else proposals.accept_text
            accept(proposal=proposal, by=request.user, note=request.POST.get("note", ""))
            messages.success(request, _("It is accepted."))
        else:
            proposals.return_proposal(proposal=proposal, by=request.user, note=request.POST.get("note", ""))
            messages.success(request, _("It is returned to the country."))
    except ProposalRefused as refused:
        messages.error(request, str(refused))
    return redirect("sdg_targets:proposal-queue")


def _proposal(request: HttpRequest, kind: str, pk: int) -> Any:
    """A proposal that this person sees: of one's own country, or in one's own queue. Errors: ``Http404``."""
    model = KINDS.get(kind)
    found = model.objects.select_related("area").filter(pk=pk).first() if model else None
    if found is None or not (
        found.area in countries_of(request.user) or can(request.user, Permission.REVIEW_DATA, area=found.area)
    ):
        raise Http404
    return found
