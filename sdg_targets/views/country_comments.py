"""Countries' comments on custodians' figures: the public list, the country's own page, and the desk's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sdg_targets.actions.country_comments import propose_comment, take_comment_step
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.domain.country_comments import COMMENT_STEPS, CommentStep
from sdg_targets.domain.roles import Permission
from sdg_targets.forms.country_comments import CountryCommentForm
from sdg_targets.models import Area, CountryComment
from sdg_targets.permissions import areas_of, can, requires
from sdg_targets.queries.country_comments import desk_comments, public_comments, team_comments


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Every comment that is or was public."""
    code = request.GET.get("area", "")
    area = Area.objects.with_page().filter(code=code.upper()).first() if code else None
    if code and area is None:
        raise Http404(_("There is no area with the code %(code)s.") % {"code": code[:20]})
    return render(request, "sdg_targets/comment_list.html", {"area": area, "said": public_comments(area=area)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@requires(Permission.ENTER_DATA)
def team_list(request: HttpRequest, code: str) -> HttpResponse:
    """A country's comments for its team, and the form for another."""
    area = Area.objects.with_page().filter(code=code.upper()).first()
    if area is None or not can(request.user, Permission.ENTER_DATA, area=area):
        raise Http404(_("There is no country with the code %(code)s in your mandate.") % {"code": code[:20]})
    form = CountryCommentForm(request.POST or None, area=area)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            _propose(form, area, request.user)
        except StepRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Your comment waits for the reviewers. It is public when they publish it."))
            return redirect("sdg_targets:comment-team", code=area.code)
    context = {"area": area, "form": form, "problem": problem, "said": team_comments(area, by=request.user)}
    status = 400 if request.method == "POST" else 200
    return render(request, "sdg_targets/comment_team.html", context, status=status)


def _propose(form: CountryCommentForm, area: Area, by: Any) -> CountryComment:
    given = {name: value for name, value in form.cleaned_data.items() if name != "figure"}
    return propose_comment(area=area, by=by, **given, **form.figure_and_dataset())


@require_safe
@never_cache
@requires(Permission.PUBLISH_DATA)
def desk_list(request: HttpRequest) -> HttpResponse:
    """Comments that wait for the desk, and those that stand."""
    areas = areas_of(request.user, Permission.PUBLISH_DATA)
    context = {"said": desk_comments(areas=areas, by=request.user)}
    return render(request, "sdg_targets/comment_desk.html", context)


@require_POST
def comment_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, decline, settle or end a comment; whoever may do none of it is told that there is no such comment."""
    comment = CountryComment.objects.with_names().filter(pk=pk).first()
    if comment is None or not _concerns(comment, request.user):
        raise Http404(_("There is no comment %(number)s.") % {"number": pk})
    given = request.POST.get("step", "")
    if given not in list(CommentStep):
        raise Http404(_("There is no comment %(number)s.") % {"number": pk})
    try:
        take_comment_step(
            comment=comment, step=CommentStep(given), by=request.user, note=request.POST.get(f"note-{pk}", "")
        )
    except StepRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _(COMMENT_STEPS[CommentStep(given)].done))
    if request.POST.get("side") == "desk":
        return redirect("sdg_targets:review-comments")
    return redirect("sdg_targets:comment-team", code=comment.area.code)


def _concerns(comment: CountryComment, user: Any) -> bool:
    either = (Permission.ENTER_DATA, Permission.PUBLISH_DATA)
    return user.is_authenticated and any(can(user, permission, area=comment.area) for permission in either)
