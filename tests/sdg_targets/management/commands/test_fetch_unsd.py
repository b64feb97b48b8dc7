"""``manage.py fetch_unsd``: all pages or nothing, from a server that is slow, busy, wrong or changes its mind."""

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from sdg_targets.actions import fetching
from sdg_targets.actions.fetching import FetchError, Manners
from sdg_targets.models import CodeMapping, Dataset, Import, ImportState, Observation
from tests.factories import make_catalogue
from tests.factories.accounts import make_account
from tests.sdg_targets.formats.test_unsd_api import cell, page

pytestmark = pytest.mark.django_db
#: What a server answers: the status and the body.
Answer = tuple[int, bytes]
NAMES = {"404": "Kenya", "800": "Uganda"}
VALUES = {("404", 2011): "9.1", ("404", 2015): "8.6", ("404", 2018): "8.2", ("800", 2015): "11.3", ("800", 2018): "9.9"}


class Api:
    """A server with pages of two observations, as the publisher's; ``twist`` may change any answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.twist: Callable[[int, int, dict[str, Any]], Answer | None] = lambda turn, number, found: None

    def answer(self, path: str) -> Answer:
        self.asked.append(path)
        query = parse_qs(urlsplit(path).query)
        series, number, size = query["seriesCode"][0], int(query["page"][0]), int(query["pageSize"][0])
        cells = [
            cell(series=series, geoAreaCode=area, geoAreaName=NAMES[area], timePeriodStart=float(year), value=value)
            for (area, year), value in VALUES.items()
        ]
        if series == "UNKNOWN":
            cells = []
        pages = -(-len(cells) // size)
        found = page(*cells[size * (number - 1) : size * number], number=number, pages=pages, total=len(cells))
        return self.twist(len(self.asked), number, found) or (200, json.dumps(found, indent=1).encode())


@pytest.fixture
def api() -> Iterator[Api]:
    made = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = made.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/v1/sdg"  # type: ignore[attr-defined]
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made, without waiting; pages of two observations."""
    made: list[float] = []
    quick = Manners(page_size=2, wait=made.append)
    monkeypatch.setattr(fetching, "Manners", lambda: quick)
    return made


@pytest.fixture(autouse=True)
def dataset() -> Dataset:
    for concept, given, code in (
        ("unit", "PERCENT", "PT"),
        ("column", "Sex", "SEX"),
        ("area", "404", "KEN"),
        ("area", "800", "UGA"),
    ):
        CodeMapping.objects.create(provider="unsd", concept=concept, given=given, code=code)
    return make_catalogue()[0]


def run(api: Any, *series: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("fetch_unsd", *series, base_url=api.url, stdout=out, **options)
    return out.getvalue()


def test_all_pages_become_one_import(api: Api, pauses: list[float]) -> None:
    told = run(api, "SI_RMT_COST")
    today = timezone.localdate().isoformat()
    assert told.startswith(f"unsd-api-{today}.jsonl: Applied. Read 5: 5 new, 0 revised")
    record = Import.objects.get()
    assert (record.format, record.vintage, record.series_codes) == ("unsd-api", today, ["SI_RMT_COST"])
    assert [urlsplit(path).query for path in api.asked] == [
        f"seriesCode=SI_RMT_COST&page={number}&pageSize=2" for number in (1, 2, 3)
    ]
    assert Observation.objects.current().count() == 5 and pauses == []
    assert "Nothing changed. Read 5: 0 new, 0 revised, 5 unchanged" in run(api, "SI_RMT_COST")


def test_a_trial_fetches_and_writes_nothing(api: Api, pauses: list[float]) -> None:
    assert "Tried, nothing written. Read 5: 5 new" in run(api, "SI_RMT_COST", dry_run=True)
    assert not Observation.objects.exists() and Import.objects.get().state == ImportState.TRIED


def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses(api: Api, pauses: list[float]) -> None:
    api.twist = lambda turn, number, found: (503, b"busy") if turn in (2, 3) else None
    assert "5 new" in run(api, "SI_RMT_COST")
    assert pauses == [1, 2]


def test_a_cut_reply_is_asked_for_again(api: Api, pauses: list[float]) -> None:
    api.twist = lambda turn, number, found: (200, json.dumps(found).encode()[:-40]) if turn == 2 else None
    assert "5 new" in run(api, "SI_RMT_COST")
    assert pauses == [1]


@pytest.mark.parametrize(
    ("status", "body", "times"), [(404, b"no", 1), (503, b"busy", 5), (200, b"<html>", 5), (200, b'{"data": 1}', 5)]
)
def test_a_server_that_gives_no_page_is_given_up(
    status: int, body: bytes, times: int, api: Api, pauses: list[float]
) -> None:
    api.twist = lambda turn, number, found: (status, body) if number == 2 else None
    with pytest.raises(CommandError, match=r"page=2.*Nothing was imported"):
        run(api, "SI_RMT_COST")
    assert len(api.asked) == 1 + times and pauses == [1, 2, 4, 8][: times - 1]
    assert not Import.objects.exists()


def test_a_total_that_changes_between_pages_refuses_all(api: Api, pauses: list[float]) -> None:
    api.twist = lambda turn, number, found: (
        (200, json.dumps(found | {"totalElements": 6}).encode()) if number == 3 else None
    )
    with pytest.raises(CommandError, match="page 3 speaks of 6 observations on 3 pages, the first page of 5 on 3"):
        run(api, "SI_RMT_COST")
    assert not Import.objects.exists()


def test_observations_that_are_missing_are_noticed(api: Api, pauses: list[float]) -> None:
    api.twist = lambda turn, number, found: (200, json.dumps(found | {"data": []}).encode()) if number == 2 else None
    with pytest.raises(CommandError, match="hold 3 observations and speak of 5"):
        run(api, "SI_RMT_COST")


def test_a_series_that_the_server_does_not_know_is_no_empty_success(api: Api, pauses: list[float]) -> None:
    with pytest.raises(CommandError, match="UNKNOWN: the server knows no observation of this series"):
        run(api, "SI_RMT_COST", "UNKNOWN")
    assert not Import.objects.exists()


def test_a_server_that_is_not_there_is_said(pauses: list[float]) -> None:
    class Nowhere:
        url = "http://127.0.0.1:9/v1/sdg"

    with pytest.raises(CommandError, match=r"Connection refused.*Nothing was imported"):
        run(Nowhere, "SI_RMT_COST")
    assert pauses == [1, 2, 4, 8]


def test_a_server_that_does_not_answer_is_given_up_after_its_time(tmp_path: Path) -> None:
    waited: list[float] = []
    patience = Manners(timeout=0.05, attempts=3, wait=waited.append)
    with socket.create_server(("127.0.0.1", 0)) as silent, (tmp_path / "out").open("wb") as file:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(FetchError, match="timed out"):
            fetching.fetch(["SI_RMT_COST"], into=file, base_url=url, manners=patience)
    assert waited == [1, 2]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "unstats.un.org"])
def test_only_web_addresses_are_asked(url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no web address"), (tmp_path / "out").open("wb") as file:
        fetching.fetch(["SI_RMT_COST"], into=file, base_url=url, manners=Manners())


def test_what_is_no_code_of_a_series_is_not_asked_for(api: Api, pauses: list[float]) -> None:
    with pytest.raises(CommandError, match="No code of a series: a&b"):
        run(api, "a&b")
    assert api.asked == []


def test_more_than_the_limit_is_not_taken(api: Api, tmp_path: Path) -> None:
    small = Manners(page_size=2, most_bytes=500)
    with pytest.raises(FetchError, match="0 MiB were sent"), (tmp_path / "out").open("wb") as file:
        fetching.fetch(["SI_RMT_COST"], into=file, base_url=api.url, manners=small)  # type: ignore[attr-defined]


def test_who_may_not_import_does_not_fetch(api: Api, dataset: Dataset) -> None:
    with pytest.raises(PermissionDenied):
        fetching.fetch_and_import(["SI_RMT_COST"], dataset=dataset, by=make_account(None), base_url="http://x")
    with pytest.raises(CommandError, match="may not import"):
        run(api, "SI_RMT_COST", by=make_account("reviewer").email)
    assert api.asked == []
