"""The release calendar: a page for people, and a file for calendar programs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sdg_targets.formats.icalendar import CalendarEvent, icalendar
from sdg_targets.queries.release_calendar import Entry, coming, past


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    return render(request, "sdg_targets/release_calendar.html", {"coming": coming(), "past": past()})


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same as a calendar: what comes and what was."""
    events = [_event(entry) for entry in (*coming(), *past())]
    name = _("Release calendar: migration in the SDGs")
    content = icalendar(events, name=name, now=timezone.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer


def _event(entry: Entry) -> CalendarEvent:
    path = reverse("sdg_targets:calendar")
    if entry.area:
        path = reverse("reports:area-detail", args=[entry.area.code])
    host = settings.SITE_ADDRESS.partition("://")[2]
    return CalendarEvent(f"{entry.key}@{host}", entry.at, entry.title, f"{settings.SITE_ADDRESS}{path}")
