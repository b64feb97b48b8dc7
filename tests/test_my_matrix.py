"""Every address of a country's own pages x every account x own or other country x every state."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.actions.submissions import national_dataset
from sdg_targets.models import Cell, Comment, Submission
from tests.factories import make_area, write_rows
from tests.factories.observations import row
from tests.factories.shipped import kept_for_a_module
from tests.factories.undone import undone
from tests.my_routes import ALL, MINE, Mine
from tests.test_submission_matrix import ACCOUNTS, make_people
from tests.working_routes import TEAM

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    made: dict[str, User] = {}

    def fill() -> None:
        made.update(make_people())
        write_rows([row("KEN", "2010", "9.1")], dataset=national_dataset(make_area("KEN")))

    with kept_for_a_module(django_db_blocker, fill):
        yield made


def facts() -> tuple[Any, ...]:
    """All that an address could change."""
    return (
        sorted(Cell.objects.values_list("pk", "version")),
        sorted(Submission.objects.values_list("pk", "state")),
        Comment.objects.count(),
    )


def tried(mine: Mine, client: Client) -> tuple[Any, bool]:
    """The answer of one address, and whether it changed anything; what it wrote is undone."""
    told: dict[str, Any] = {} if mine.method == "get" else {"data": mine.body}
    if mine.is_data and mine.method == "post":
        told["content_type"] = "application/json"
    before = facts()
    with undone():
        answer = getattr(client, mine.method)(f"/my/KEN/{mine.address}", **told)
        return answer, facts() != before


@pytest.mark.parametrize("state", ALL)
def test_who_may_do_what_in_each_state(state: str, people: dict[str, User]) -> None:
    Submission.objects.update(state=state, submitted_at=timezone.now())
    clients = {name: Client() for name in ACCOUNTS}
    for name, account in people.items():
        clients[name].force_login(account)
    for mine in MINE:
        for account, client in clients.items():
            if account not in TEAM and state not in ("draft", "published"):
                continue  # what is nobody's business is so in every state: twice is enough
            answer, changed = tried(mine, client)
            told = (mine.address, mine.method, state, account, answer.status_code)
            assert answer.status_code == 404 or "no-store" in answer["Cache-Control"], told
            assert answer.status_code == status(mine, state, account), told
            allowed = mine.method == "post" and account in mine.who and state in mine.states
            assert changed == allowed, told


def status(mine: Mine, state: str, account: str) -> int:
    """The answer that an account gets."""
    if account == "anonymous":
        return 401 if mine.is_data else 302
    if account not in TEAM:
        return 404
    if mine.method == "get":
        return 200
    if not mine.is_data:
        return 302
    return 403 if account not in mine.who else 200 if state in mine.states else 409


def test_another_s_country_answers_as_one_that_does_not_exist(people: dict[str, User]) -> None:
    client = Client()
    client.force_login(people["focal_point of UGA"])
    for mine in MINE:
        told: dict[str, Any] = {} if mine.method == "get" else {"data": mine.body}
        if mine.is_data and mine.method == "post":
            told["content_type"] = "application/json"
        other = getattr(client, mine.method)(f"/my/KEN/{mine.address}", **told)
        none = getattr(client, mine.method)(f"/my/ZZZ/{mine.address}", **told)
        assert (other.status_code, none.status_code) == (404, 404), mine.address
        assert other.content.replace(b"KEN", b"") == none.content.replace(b"ZZZ", b""), mine.address


def test_everybody_signed_in_has_a_first_page(people: dict[str, User]) -> None:
    for account, user in people.items():
        client = Client()
        client.force_login(user)
        answer = client.get("/my/")
        if account.split(" of ")[0] in TEAM:
            assert answer.status_code == 302, account
        else:
            assert "No country has been entrusted to you" in answer.content.decode(), account
    assert Client().get("/my/").status_code == 302
