"""What every page of a country's team asks first: is it this person's country, does the round ask it, what is in work."""

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sdg_targets.models import Area, Submission
from sdg_targets.queries.due import Due, due_for
from sdg_targets.queries.submissions import countries_of, own_submission


def country_or_404(request: HttpRequest, iso3: str) -> Area:
    """One of the person's own countries. Another's answers exactly as what does not exist."""
    for area in countries_of(request.user):
        if area.code == iso3:
            return area
    raise Http404(_("There is nothing at this address."))


def due_or_404(area: Area, code: str) -> Due:
    """A round that asks something of the country and has begun."""
    for due in due_for(area, today=timezone.localdate()):
        if due.round.code == code:
            return due
    raise Http404(_("There is nothing at this address."))


def submission_or_404(request: HttpRequest, iso3: str, code: str) -> Submission:
    """The person's own country's submission in a round: the one in work, else the newest."""
    found = own_submission(request.user, iso3, code)
    if found is None:
        raise Http404(_("There is nothing at this address."))
    return found
