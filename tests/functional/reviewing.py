"""What the journeys at the reviewers' desk begin with: a country's submission beside published figures, and people."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from sdg_targets.actions.submissions import submit
from sdg_targets.models import Submission
from tests.factories.observations import observe
from tests.factories.submissions import enter, make_submission

#: What answers a warning.
EXPLAINED = "The survey was done again with a larger sample."
#: Values of the submission by year; the custodian publishes others for two of the years.
VALUES = {"2014": "8.4", "2015": "9.1", "2016": "12.75"}


def handed_in(by: Any) -> Submission:
    """Three values with sources, a footnote, a note and an explanation, handed in; two stand beside global figures."""
    submission = make_submission(by)
    observe("KEN", "2014", "8.35", source="Remittance Prices Worldwide")
    observe("KEN", "2015", "9.0", source="Remittance Prices Worldwide")
    for year, value in VALUES.items():
        enter(submission, by, value, of=year, source="Central Bank of Kenya, survey of remittances")
    enter(
        submission,
        by,
        VALUES["2016"],
        of="2016",
        source="Central Bank of Kenya, survey of remittances",
        footnote="Mobile money transfers are included from 2016.",
        note="The survey was redesigned.",
        explanation="Mobile money operators were surveyed for the first time.",
    )
    return submit(submission=submission, by=by)


def sign_in(page: Page, live_server: LiveServer, user: Any) -> None:
    """The tab becomes that of a person who has signed in."""
    client = Client()
    client.force_login(user)
    page.context.clear_cookies()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def in_a_week() -> datetime:
    """The hour at which an embargo ends."""
    return (timezone.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
