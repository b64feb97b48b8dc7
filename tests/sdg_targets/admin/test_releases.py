"""Releases: named now or at a set time, never renamed, and read by nobody before their time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from idm.accounts.models import User
from sdg_targets.models import Release, Revision
from sdg_targets.models.releases import REVISION_LOCK
from sdg_targets.queries.known_context import UnknownMoment, known_context
from tests.factories import make_catalogue, observe

pytestmark = pytest.mark.django_db
ADD = "/admin/sdg_targets/release/add/"
HOUR = timedelta(hours=1)


@pytest.fixture
def client(importer: User, sign_in: Callable[[User], Client]) -> Client:
    make_catalogue()
    observe("KEN", value="5")
    return sign_in(importer)


def sent(name: str, *, revision: Any = "", due: datetime | None = None) -> dict[str, Any]:
    moment = due.astimezone(UTC) if due else None
    return {
        "name": name,
        "revision": revision,
        "due_at_0": moment.strftime("%Y-%m-%d") if moment else "",
        "due_at_1": moment.strftime("%H:%M:%S") if moment else "",
        "note": "",
    }


def made_at(number: int, moment: datetime) -> None:
    Revision.objects.filter(number=number).update(made_at=moment)


def test_a_revision_is_named_now(client: Client, anonymous: Client) -> None:
    assert client.post(ADD, sent("Report 2026", revision=1)).status_code == 302
    release = Release.objects.get()
    assert (release.revision_id, release.due_at, release.published_at) == (1, None, release.created_at)
    assert "Report 2026" in anonymous.get("/releases/").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Name a revision, or set a time in the future."),
        ({"revision": 1, "due": timezone.now() + HOUR}, "Name a revision, or set a time in the future."),
        ({"due": datetime(2020, 1, 1, tzinfo=UTC)}, "This time has passed"),
        ({"revision": 99}, "Select a valid choice"),
        ({"revision": 1, "name": "2026-11-24"}, "a number or a day means a revision"),
    ],
)
def test_what_cannot_be_a_release_is_refused_with_a_sentence(client: Client, given: dict[str, Any], said: str) -> None:
    answer = client.post(ADD, sent(**{"name": "Report", **given}))
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Release.objects.exists()


def test_nothing_can_be_due_while_nothing_is_known(importer: User, sign_in: Callable[[User], Client]) -> None:
    answer = sign_in(importer).post(ADD, sent("Report", due=timezone.now() + HOUR))
    assert "Nothing is known yet that could be released." in answer.content.decode()


def test_before_its_time_nobody_reads_it(client: Client, anonymous: Client) -> None:
    due = timezone.now() + HOUR
    client.post(ADD, sent("Spring", due=due))
    assert Release.objects.get().revision is None
    assert f"{due:%Y}" in client.get("/admin/sdg_targets/release/").content.decode()
    for address in ("/", "/releases/", "/data/", "/api/v1/releases/"):
        assert "Spring" not in anonymous.get(address).content.decode(), address
    refusal = anonymous.get("/api/v1/observations/?as_of=Spring")
    assert refusal.status_code == 400
    assert f"Release Spring is due on {due:%Y-%m-%d %H:%M} (UTC) and cannot be read before." in refusal.content.decode()
    for address in ("/releases/Spring/", "/indicators/10.c.1/?as_of=Spring"):
        assert anonymous.get(address).status_code == 404
    assert anonymous.get("/api/v1/changes/?until=Spring").status_code == 400


@pytest.mark.parametrize("asking", ["/releases/", "/releases/Spring/", "/api/v1/observations/?as_of=Spring", "command"])
def test_once_due_it_is_the_last_revision_made_by_then_whoever_asks_first(
    client: Client, anonymous: Client, asking: str
) -> None:
    for value in ("6", "7", "8"):
        observe("KEN", value=value)
    due = timezone.now() - HOUR
    for number, moment in ((1, due - 2 * HOUR), (2, due - HOUR), (3, due), (4, due + timedelta(microseconds=1))):
        made_at(number, moment)
    Release.objects.create(name="Spring", due_at=due)
    if asking == "command":
        call_command("publish_due_releases")
    else:
        assert anonymous.get(asking).status_code == 200
    release = Release.objects.get()
    assert (release.revision_id, release.published_at) == (3, due)
    made_at(4, due - timedelta(microseconds=1))
    assert Release.objects.settle_due() == 0, "written down once and for all"
    assert known_context("Spring").revision == 3
    assert anonymous.get("/api/v1/observations/?as_of=Spring").json()["data"][0]["value"] == 7


def test_a_time_that_has_not_come_is_moved_and_the_name_stays(client: Client) -> None:
    client.post(ADD, sent("Spring", due=timezone.now() + HOUR))
    page = f"/admin/sdg_targets/release/{Release.objects.get().pk}/change/"
    later = (timezone.now() + 2 * HOUR).replace(microsecond=0)
    assert client.post(page, sent("Summer", revision=1, due=later)).status_code == 302
    release = Release.objects.get()
    assert (release.name, release.revision_id, release.due_at) == ("Spring", None, later)
    Release.objects.update(due_at=timezone.now() - HOUR, revision=1)
    text = client.get(page).content.decode()
    assert 'name="due_at_0"' not in text and 'name="note"' in text


@pytest.mark.django_db(transaction=True)
def test_while_a_revision_is_being_written_a_due_release_waits(importer: User) -> None:
    """Its time may lie before the release's, and it is not seen yet: whoever decided now would decide wrongly."""
    make_catalogue()
    observe("KEN", value="5")
    Release.objects.create(name="Spring", due_at=timezone.now())
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("begin; select pg_advisory_xact_lock(%s)", [REVISION_LOCK])
            assert Release.objects.settle_due() == 0
            with pytest.raises(UnknownMoment, match="is due on"):
                known_context("Spring")
            cursor.execute("commit")
    finally:
        other.close()
    assert connection.vendor == "postgresql" and known_context("Spring").revision == 1
