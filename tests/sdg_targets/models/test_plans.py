"""How the questions of the pages are planned over the shipped figures: by index, and in the partition of the present."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sdg_targets.models import Area, Dataset, Observation, Series
from sdg_targets.queries.changes import changes_page
from sdg_targets.queries.cross_section import cross_section
from sdg_targets.queries.history import history_of
from sdg_targets.queries.known_context import known_context, known_now
from sdg_targets.queries.observation_lists import observation_csv
from sdg_targets.queries.profiles import profile
from sdg_targets.queries.timeseries import timeseries
from sdg_targets.queries.world import standings
from sdg_targets.web.kept import KEPT
from tests.factories import write_rows
from tests.factories.observations import row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("analysed")]
PRESENT, PAST = "sdg_targets_observation_current", "sdg_targets_observation_past"


@pytest.fixture(scope="module")
def analysed(shipped: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("analyze")


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def read(deed: Callable[[], Any]) -> set[tuple[str, str]]:
    """How each statement of a question that reads observations finds them: table and index (or the kind of scan)."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    found: set[tuple[str, str]] = set()
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            setting, statement = how_planned(query["sql"])
            prepared = statement.startswith("execute")
            if prepared or (
                "sdg_targets_observation" in statement and statement.startswith(("select", "with", "SELECT"))
            ):
                cursor.execute(setting or "reset join_collapse_limit")
                cursor.execute("explain (format json) " + statement.replace("%", "%%"), [])
                (plan,) = cursor.fetchone()
                found |= scans((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
    return found


def how_planned(sql: str) -> tuple[str, str]:
    """The setting under which a statement is planned, where it says so, and the statement alone."""
    setting, _semicolon, statement = sql.partition("; ") if sql.startswith("set local") else ("", "", sql)
    return setting, statement.strip()


def scans(plan: dict[str, Any]) -> set[tuple[str, str]]:
    indexes = {node["Index Name"]: node.get("Relation Name", "") for node in nodes(plan) if node.get("Index Name")}
    heaps = {
        node["Relation Name"]: node["Node Type"]
        for node in nodes(plan)
        if node.get("Relation Name", "").startswith("sdg_targets_observation") and "Bitmap" not in node["Node Type"]
    }
    found = {(heap, next((i for i, of in indexes.items() if of == heap), kind)) for heap, kind in heaps.items()}
    bitmaps = {i for i in indexes if i.startswith("observation_")} - {index for _heap, index in found}
    return found | {(PRESENT if "current" in index else PAST, index) for index in bitmaps}


def series(code: str = "BX_TRF_PWKR") -> Series:
    return Series.objects.get(code=code)


def area(code: str = "KEN") -> Area:
    return Area.objects.get(code=code)


def test_the_map_of_one_year() -> None:
    one, known = series(), known_now()
    found = read(lambda: cross_section(one, "2018", known))
    assert found in ({(PRESENT, "observation_current_by_period")}, {(PRESENT, "observation_current_key")})


def test_the_map_of_the_newest_values() -> None:
    one, known = series("SL_TLF_CHLDEC"), known_now()
    assert {table for table, _how in read(lambda: cross_section(one, "", known))} == {PRESENT}
    assert "Seq Scan" not in {how for _table, how in read(lambda: cross_section(one, "", known))}


def test_the_profile_of_a_country() -> None:
    kenya, known = area(), known_now()
    assert read(lambda: profile(kenya, known)) == {(PRESENT, "observation_current_key")}


def test_the_chart_of_a_few_countries() -> None:
    one, few, known = series(), [area("KEN"), area("UGA"), area("FRA")], known_now()
    assert read(lambda: timeseries(one, few, known)) == {(PRESENT, "observation_current_key")}


@pytest.mark.parametrize(
    "query",
    ["area=KEN", "indicator=10.c.1", "series=BX_TRF_PWKR&area=KEN,UGA&year_from=2015", "series=VC_HTF_DETV&sex=F"],
)
def test_a_page_of_the_table_and_of_the_api(query: str) -> None:
    for address in ("/data/", "/api/v1/observations/"):
        found = read(lambda address=address: Client().get(f"{address}?{query}"))  # type: ignore[misc]
        assert {table for table, _how in found} == {PRESENT}, (address, found)
        assert "Seq Scan" not in {how for _table, how in found}, (address, found)


def test_figures_by_origin_are_found_by_their_series_and_breakdown() -> None:
    """Refugees are stored by country of asylum: those from one country are found without reading all others."""
    codes = list(Area.objects.exclude(iso3=None).values_list("code", flat=True))[:60]
    write_rows(
        [
            row(asylum, "2015", "5", series=one, breakdown=f"COUNTERPART_AREA={origin}")
            for asylum in codes
            for origin in codes
            for one in ("UNHCR_REFUGEES", "UNHCR_RESETTLEMENT")
        ],
        dataset=Dataset.objects.get(code="UNHCR"),
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze sdg_targets_observation_current")
    for query in (f"counterpart_area={codes[7]}", f"counterpart_area={codes[7]}&series=UNHCR_REFUGEES"):
        found = read(lambda query=query: Client().get(f"/api/v1/observations/?{query}"))  # type: ignore[misc]
        assert found == {(PRESENT, "observation_current_by_period")}, (query, found)


def test_tiles_and_counts_read_no_observation_at_all() -> None:
    assert read(standings) == set()
    assert read(lambda: Client().get("/goals/")) == set()


def test_a_past_moment_reads_both_partitions_and_each_by_its_key() -> None:
    one, few, known = series(), [area()], known_context("2019.Q3.G.01")
    found = read(lambda: timeseries(one, few, known))
    assert {table for table, _how in found} == {PRESENT, PAST}
    assert "Seq Scan" not in {how for _table, how in found}


def test_the_history_of_one_observation_is_found_by_its_key() -> None:
    row = Observation.objects.current().filter(area=area(), series=series()).first()
    assert row is not None
    found = read(lambda: history_of(row))
    assert {table for table, _how in found} == {PRESENT, PAST}
    assert "Seq Scan" not in {how for _table, how in found}


def test_what_a_small_revision_changed_is_found_by_its_number() -> None:
    """The last publication brought 88 figures: neither partition is read whole for them."""
    found = read(lambda: changes_page(Observation.objects.all(), since=3, until=4, size=51))
    assert {(PAST, "observation_past_by_start"), (PAST, "observation_past_by_end")} <= found
    assert "Seq Scan" not in {how for _table, how in found}, found


def test_the_api_s_profile_of_a_country_begins_with_latest_and_finds_its_figures_by_number() -> None:
    KEPT.clear()
    found = read(lambda: Client().get("/api/v1/areas/KEN/profile/"))
    assert (PRESENT, "observation_current_id") in found and {table for table, _how in found} == {PRESENT}
    assert "Seq Scan" not in {how for _table, how in found}


def test_the_api_s_map_of_one_series_and_year_is_found_by_its_index() -> None:
    KEPT.clear()
    query = "series=BX_TRF_PWKR&period=2018&breakdown=_T"
    found = read(lambda: Client().get(f"/api/v1/observations/?{query}"))
    assert found in ({(PRESENT, "observation_current_by_period")}, {(PRESENT, "observation_current_key")})


def test_the_export_of_a_series_is_read_by_an_index_of_the_present() -> None:
    """Of a series that is one in a hundred rows; one in eight, as remittances are, may be read either way by its sample."""
    one = series("SI_RMT_COST")
    sql, parameters = observation_csv(Observation.objects.current().filter(series=one), language="en")
    with connection.cursor() as cursor:
        cursor.execute("explain (format json) " + sql, parameters)
        (plan,) = cursor.fetchone()
    found = scans((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
    assert {table for table, _how in found} == {PRESENT} and "Seq Scan" not in {how for _table, how in found}


def test_rows_without_a_value_are_found_without_reading_those_that_have_one() -> None:
    rows = Observation.objects.current().filter(series=series("SG_CPA_MIGRS"), value=None).order_by()
    assert read(lambda: list(rows)) == {(PRESENT, "observation_current_without_value")}


def test_a_past_map_is_found_by_its_index_in_both_partitions() -> None:
    one, known = series(), known_context("2019.Q3.G.01")
    indexes = {how for _table, how in read(lambda: cross_section(one, "2018", known))}
    assert indexes <= {
        "observation_current_by_period", "observation_current_key", "observation_past_by_period", "observation_past_key",
    }  # fmt: skip
