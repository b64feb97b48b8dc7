"""The moment of knowledge a page is read at: ``?as_of=``, refused with a sentence where it is none."""

from django.http import Http404, HttpRequest

from sdg_targets.queries.known_context import KnownContext, UnknownMoment, known_context


def known_for(request: HttpRequest) -> KnownContext:
    """What ``?as_of=`` asks for. Errors: ``Http404`` with the sentence that says what would be right."""
    try:
        return known_context(request.GET.get("as_of"))
    except UnknownMoment as error:
        raise Http404(str(error)) from error
