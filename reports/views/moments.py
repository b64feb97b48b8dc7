"""The moment of knowledge a page is read at: ``?as_of=``, refused with a sentence where it is none."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from sdg_targets.models import Release
from sdg_targets.queries.known_context import KnownContext, UnknownMoment, known_before, known_context


def known_for(request: HttpRequest) -> KnownContext:
    """What ``?as_of=`` asks for. Errors: ``Http404`` with the sentence that says what would be right."""
    try:
        return known_context(request.GET.get("as_of"))
    except UnknownMoment as error:
        raise Http404(str(error)) from error


def known_for_since(request: HttpRequest, release: Release) -> KnownContext:
    """The earlier moment that a release is set against: ``?since=``, else the release before it.

    Errors: ``Http404`` where it is none, or does not lie before the release.
    """
    if not request.GET.get("since"):
        return known_before(release)
    try:
        since = known_context(request.GET["since"])
    except UnknownMoment as error:
        raise Http404(str(error)) from error
    if since.revision is None or release.revision_id is None or since.revision >= release.revision_id:
        raise Http404(_("%(since)s does not lie before this release.") % {"since": since.asked[:40]})
    return since
