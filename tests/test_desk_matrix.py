"""Every address of the desk x every account x own or other country x every state: one table, nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.models import CountryComment, Mandate, Submission
from tests.desk_routes import DESK_ROUTES, LET_IN, NOTHING, DeskRoute
from tests.factories import make_area
from tests.factories.accounts import make_account
from tests.factories.comments import propose
from tests.factories.shipped import kept_for_a_module
from tests.factories.submissions import enter, make_submission
from tests.factories.undone import undone
from tests.working_routes import PRIVATE, STATES

pytestmark = pytest.mark.django_db

ACCOUNTS = (
    "anonymous", "focal_point", "lead_focal_point", "validator", "reviewer", "importer", "catalogue_editor",
    "partner_editor", "report_writer", "administrator", "outsider", "focal_point of UGA", "reviewer of 142",
)  # fmt: skip


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    made: dict[str, User] = {}
    with kept_for_a_module(django_db_blocker, lambda: made.update(make_people())):
        yield made


def make_people() -> dict[str, User]:
    """Every account, a submission of Kenya with one value, and a comment of Kenya on a figure."""
    made = {name: make_account(None if name == "outsider" else name) for name in ACCOUNTS[1:11]}
    for name, role, area in (("focal_point of UGA", "focal_point", "UGA"), ("reviewer of 142", "reviewer", "142")):
        made[name] = User.objects.create_user(f"{role}-{area}@example.org", name=name)
        Mandate.objects.create(user=made[name], role=role, area=make_area(area))
    enter(make_submission(made["focal_point"]), made["focal_point"])
    propose(made["focal_point"])
    return made


def tried(route: DeskRoute, client: Client, number: int) -> int:
    """The status of one address's answer; what it wrote is undone."""
    path = "/" + route.route.replace("<int:pk>", str(number)).replace("<str:code>", "KEN")
    path = path.replace("<str:kind>", "series")
    with undone():
        answer = getattr(client, route.method)(path, route.body)
    return -1 if answer.status_code == 302 and "login" in answer["Location"] else int(answer.status_code)


def expected(route: DeskRoute, account: str, state: str) -> tuple[int, ...]:
    if account == "anonymous":
        return (NOTHING,) if route.route.startswith("comments/<int") else (-1,)
    if account == "reviewer of 142" and route.desk_only:
        return (NOTHING,)
    if account == "focal_point of UGA" and route.route == "comments/<str:code>/":
        return (NOTHING,)
    if account not in route.may:
        return (route.others,)
    return (NOTHING,) if route.desk_only and state in PRIVATE else LET_IN


@pytest.mark.parametrize("state", STATES)
def test_who_is_let_in_where_in_each_state(state: str, people: dict[str, User]) -> None:
    submission, comment = Submission.objects.get(), CountryComment.objects.get()
    Submission.objects.update(state=state, submitted_at=timezone.now())
    submission.cells.update(submitted_version=1)
    clients = {name: Client() for name in ACCOUNTS}
    for name, account in people.items():
        clients[name].force_login(account)
    for route in DESK_ROUTES:
        number = comment.pk if route.route.startswith("comments") else submission.pk
        for account, client in clients.items():
            status = tried(route, client, number)
            assert status in expected(route, account, state), (route.route, route.method, account, status)
    assert Submission.objects.get().state == state


def test_what_is_not_there_answers_as_what_one_may_not_see(people: dict[str, User]) -> None:
    far, desk = Client(), Client()
    far.force_login(people["reviewer of 142"])
    desk.force_login(people["reviewer"])
    submission = Submission.objects.get()
    Submission.objects.update(state="submitted", submitted_at=timezone.now())
    for pattern in ("/review/{}/", "/early/{}/"):
        not_mine, none = far.get(pattern.format(submission.pk)), desk.get(pattern.format(999_999))
        assert (not_mine.status_code, none.status_code) == (404, 404)
        said = [
            re.sub(rf"(?<=[/ ])({submission.pk}|999999)(?=[/ ])", "N", answer.content.decode())
            for answer in (not_mine, none)
        ]
        assert said[0] == said[1]
