"""Breaks at every door: in the series (status B, or a year of the catalogue), and in what is known (a revision's flag)."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sdg_targets.actions.undoing import undo_import
from sdg_targets.models import Observation, Release, Revision, Series
from sdg_targets.queries.changes import changes_page
from sdg_targets.queries.history import history_of, revisions_between
from sdg_targets.queries.known_context import known_now
from sdg_targets.queries.timeseries import timeseries
from tests.factories import make_area, make_catalogue, write_rows
from tests.factories.imports import import_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
MARK = 'title="Cannot be compared with the figures before">Break</span>'
#: A period, its status, and whether it is a break where the catalogue names 2015.
PERIODS = [
    ("2013", "A", False),
    ("2014", "B", True),
    ("2014-Q4", "A", False),
    ("2015-Q1", "E", True),
    ("2010/2015", "A", True),
    ("2015/2016", "A", False),
    ("2016-05", "B", True),
]


@pytest.fixture
def broken_series() -> None:
    make_catalogue()
    Series.objects.update(breaks=[2015])
    write_rows([row("KEN", period, "5", status=status) for period, status, _break in PERIODS])


@pytest.mark.usefixtures("broken_series")
def test_the_api_says_of_each_observation_what_the_model_says(anonymous: Client) -> None:
    rows = anonymous.get("/api/v1/observations/").json()["data"]
    said = {row["period"]: row["break"] for row in rows}
    assert said == {period: is_break for period, _status, is_break in PERIODS}
    assert said == {o.period.code: o.is_break for o in Observation.objects.with_names()}


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
@pytest.mark.usefixtures("broken_series")
def test_the_csv_says_it_too(anonymous: Client) -> None:
    text = anonymous.get("/api/v1/observations/?format=csv").getvalue().decode()  # type: ignore[attr-defined]
    said = {row["period"]: row["break"] for row in csv.DictReader(io.StringIO(text))}
    assert said == {period: str(is_break).lower() for period, _status, is_break in PERIODS}


@pytest.mark.usefixtures("broken_series")
def test_figures_of_pages_and_charts_carry_it() -> None:
    (line,) = timeseries(Series.objects.get(), [make_area("KEN")], known_now())
    assert {point.period: point.is_break for point in line.points} == {p: is_break for p, _status, is_break in PERIODS}


@pytest.mark.usefixtures("broken_series")
def test_pages_say_it_in_a_word_beside_the_value(anonymous: Client) -> None:
    page = anonymous.get("/data/?area=KEN").content.decode()
    assert page.count(MARK) == sum(is_break for *_row, is_break in PERIODS)
    write_rows([row("KEN", "2015", "6"), row("KEN", "2017", "6", status="B"), row("UGA", "2013", "7")])
    for address, marks in (("/countries/KEN/", 1), ("/indicators/10.c.1/?period=2015", 1), ("/indicators/10.c.1/", 1)):
        assert anonymous.get(address).content.decode().count(MARK) >= marks, address
    assert MARK not in anonymous.get("/countries/UGA/").content.decode()


def test_a_change_says_why_and_whether_it_is_a_break(tmp_path: Path, anonymous: Client) -> None:
    make_catalogue()
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,6", "FRA,2015,_T,7")
    import_rows(tmp_path, "KEN,2015,_T,50", "UGA,2015,_T,6", "FRA,2015,_T,7", reason="method", is_break=True)
    import_rows(tmp_path, "KEN,2015,_T,51", "UGA,2015,_T,61", reason="rebasing", complete=True)
    expected: dict[tuple[int, int], dict[str, tuple[int, str, bool]]] = {
        (1, 2): {"KEN": (2, "method", True)},
        (2, 3): {"KEN": (3, "rebasing", False), "UGA": (3, "rebasing", False), "FRA": (3, "rebasing", False)},
        (1, 3): {"KEN": (3, "rebasing", True), "UGA": (3, "rebasing", False), "FRA": (3, "rebasing", False)},
    }
    for (since, until), said in expected.items():
        found = changes_page(Observation.objects.all(), since=since, until=until, size=9)
        assert {c.area: (c.revision, c.reason, c.is_break) for c in found} == said
        rows = anonymous.get(f"/api/v1/changes/?since={since}&until={until}").json()["data"]
        assert {r["area"]: (r["revision"], r["reason"], r["break"]) for r in rows} == said


def test_what_a_break_withdrew_is_a_break(tmp_path: Path) -> None:
    make_catalogue()
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,6")
    import_rows(tmp_path, "KEN,2015,_T,5", complete=True, reason="boundary", is_break=True)
    (change,) = changes_page(Observation.objects.all(), since=1, until=2, size=9)
    assert (change.area, change.kind, change.reason, change.is_break) == ("UGA", "withdrawn", "boundary", True)


def test_the_page_of_a_release_says_why(tmp_path: Path, anonymous: Client) -> None:
    make_catalogue()
    import_rows(tmp_path, "KEN,2015,_T,5")
    made = import_rows(tmp_path, "KEN,2015,_T,50", reason="method", note="Counted anew", is_break=True)
    undo_import(made=made, by=None, note="Too early")
    Release.objects.create(name="First", revision_id=1)
    Release.objects.create(name="Second", revision_id=3)
    page = anonymous.get("/releases/Second/?since=1").content.decode()
    for words in (
        "Change of method",
        "Counted anew",
        "Correction of an error",
        "Undoes the import of figures.csv (revision 2):",
    ):
        assert words in page
    assert "Too early" in page and MARK in page
    assert "Counted anew" not in anonymous.get("/releases/First/").content.decode()


def test_of_many_revisions_the_newest_are_given_and_all_are_counted() -> None:
    for _turn in range(5):
        Revision.objects.take()
    found, count = revisions_between(1, 4, most=2)
    assert ([revision.number for revision in found], count) == ([4, 3], 3)


def test_the_history_of_an_observation_says_why_and_what_is_a_break(
    tmp_path: Path, reviewer: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    make_catalogue()
    import_rows(tmp_path, "KEN,2015,_T,5")
    made = import_rows(tmp_path, "KEN,2015,_T,50,B,x", reason="rebasing", is_break=True)
    undo_import(made=made, by=None, note="Too early")
    current = Observation.objects.current().get()
    with django_assert_num_queries(2):
        versions = history_of(current)
        assert [v.row.is_break for v in versions] == [False, True, False]
        assert [v.since.reason for v in versions if v.since] == ["error", "rebasing", "routine"]
    page = sign_in(reviewer).get(f"/admin/sdg_targets/observation/{current.pk}/change/").content.decode()
    assert "Rebasing<br><strong>Break</strong>" in page and "An import was undone" in page
    assert "Break in the series<br><strong>Break</strong>" in page
