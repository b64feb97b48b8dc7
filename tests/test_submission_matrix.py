"""Every address of submissions x every account x own or other country x every state: one table, nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.models import RoundItem, RoundUpload, Submission
from tests.factories.accounts import make_account
from tests.factories.filled import content_of
from tests.factories.questionnaires import make_version, scored
from tests.factories.shipped import kept_for_a_module
from tests.factories.submissions import enter, make_submission
from tests.factories.undone import undone
from tests.working_routes import ROUTES, STATES, TEAM, TEAM_PAGES, Route, sees

pytestmark = pytest.mark.django_db

ACCOUNTS = (
    "anonymous", "focal_point", "lead_focal_point", "validator", "reviewer", "importer", "catalogue_editor",
    "partner_editor", "report_writer", "administrator", "outsider", "focal_point of UGA", "lead_focal_point of UGA",
    "validator of UGA",
)  # fmt: skip


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    made: dict[str, User] = {}
    with kept_for_a_module(django_db_blocker, lambda: made.update(make_people())):
        yield made


def make_people() -> dict[str, User]:
    """Every account, and a submission of Kenya with one value and a questionnaire that is asked."""
    made: dict[str, User] = {}
    for account in ACCOUNTS[1:]:
        role, _of, area = account.partition(" of ")
        made[account] = make_account(None if role == "outsider" else role, area=area or "KEN")
    submission = make_submission(made["focal_point"])
    enter(submission, made["focal_point"])
    series = make_version(scored()).category_series
    RoundItem.objects.create(round=submission.round, series=series, first_year=2024, last_year=2024)
    return made


def tried(route: Route, client: Client, submission: Submission) -> Any:
    """The answer of one address; what it wrote is undone."""
    cell = submission.cells.get().pk
    path = "/" + route.route.replace("<int:pk>", str(submission.pk)).replace("<int:cell>", str(cell))
    path = path.replace("<str:instrument>/<str:period>", "policies/2024")
    told = {} if route.method == "get" else {"data": route.body, "content_type": "application/json"}
    with undone():
        return getattr(client, route.method)(path, **told)


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what_in_each_state(state: str, people: dict[str, User]) -> None:
    submission = Submission.objects.get()
    Submission.objects.update(state=state, submitted_at=timezone.now())
    submission.cells.update(submitted_version=1)
    clients = {name: Client() for name in ACCOUNTS}
    for name, account in people.items():
        clients[name].force_login(account)
    for route in ROUTES:
        for account, client in clients.items():
            answer = tried(route, client, submission)
            told = (route.route, route.method, route.body, account, answer.status_code, answer.content[:200])
            if account == "anonymous":
                assert answer.status_code in (401, 403), told
            elif not sees(account, state):
                assert answer.status_code == 404, told
            elif account in route.may:
                assert answer.status_code in (200, 201, 409), told
            else:
                assert answer.status_code == 403, told
    assert Submission.objects.get().state == state


@pytest.mark.parametrize("state", STATES)
def test_pages_of_the_country_s_team_do_not_exist_for_others_in_any_state(state: str, people: dict[str, User]) -> None:
    Submission.objects.update(state=state, submitted_at=timezone.now())
    upload = RoundUpload.objects.create(
        submission=Submission.objects.get(), file_name="a.xlsx", file_size=1, sha256="0" * 64, language="en"
    )
    clients = {name: Client() for name in ACCOUNTS}
    for name, account in people.items():
        clients[name].force_login(account)
    for route in TEAM_PAGES:
        path = "/" + route.route.replace("<iso3:iso3>", "KEN").replace("<slug:code>", "2026")
        path = path.replace("<str:code>", "10.c.1")
        for account, client in clients.items():
            answer = getattr(client, route.method)(path.replace("<int:pk>", str(upload.pk)), route.body or {})
            told = (route.route, route.method, account, answer.status_code)
            content_of(answer)
            if account == "anonymous":
                assert answer.status_code == 302 and "/login/" in answer["Location"], told
            elif account not in TEAM:
                assert answer.status_code == 404, told
            elif account in route.may:
                assert answer.status_code in (200, 302, 400, 422), told
            else:
                assert answer.status_code == 403, told
