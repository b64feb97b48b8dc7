"""Observations over HTTP: the page's filters, exact numbers, pages that meet, problems that name the parameter."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sdg_targets.api.serializers import ObservationSerializer
from sdg_targets.models import Area, GroupMembership, Latest, MigrationProfile, Observation, Release, Revision
from sdg_targets.queries.observation_lists import KEY
from tests.factories import make_area, make_catalogue, make_series, make_supplementary, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
URL = "/api/v1/observations/"


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    write_rows(
        [
            row("KEN", "2015", "6.20", source="A survey", footnote="By hand", nature="C"),
            row("KEN", "2016", "7"),
            row("UGA", "2015", "9", breakdown="AGE=Y0T4;SEX=F"),
            row("UGA", "2016", None, status="L", value_text="N"),
            row("001", "2015", "8"),
        ]
    )


def get(query: str = "", client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(f"{URL}?{query}", headers=headers)


def rows(query: str = "") -> list[dict[str, Any]]:
    response = get(query)
    assert response.status_code == 200, response.content
    return list(json.loads(response.content, parse_float=Decimal)["data"])


def places(query: str) -> set[tuple[str, str]]:
    return {(r["area"], r["period"]) for r in rows(query)}


def test_the_json_made_in_sql_is_what_the_serializer_says() -> None:
    body = json.loads(get().content, parse_float=Decimal)
    expected = ObservationSerializer(
        Observation.objects.current().with_names().order_by("series_id", "area_id", "period_id"), many=True
    )
    made = sorted(body["data"], key=lambda r: (r["area"], r["period"]))
    said = sorted(json.loads(json.dumps(expected.data, default=str)), key=lambda r: (r["area"], r["period"]))
    for ours, theirs in zip(made, said, strict=True):
        assert list(ours) == list(theirs)
        for name, value in theirs.items():
            same = Decimal(str(ours[name])) == Decimal(value) if name == "value" and value else ours[name] == value
            assert same, (name, ours[name], value)


def test_a_number_keeps_the_precision_in_which_it_was_written() -> None:
    assert '"value":6.20,' in get("area=KEN&period=2015").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area=KEN", {("KEN", "2015"), ("KEN", "2016")}),
        ("area=KEN,001&period=2015", {("KEN", "2015"), ("001", "2015")}),
        ("area=KEN&area=001&period=2015", {("KEN", "2015"), ("001", "2015")}),
        ("year_from=2016", {("KEN", "2016"), ("UGA", "2016")}),
        ("year_to=2015&area=KEN", {("KEN", "2015")}),
        ("sex=F", {("UGA", "2015")}),
        ("sex=_T&area=UGA", {("UGA", "2016")}),
        ("age=Y0T4&sex=F", {("UGA", "2015")}),
        ("breakdown=AGE%3DY0T4%3BSEX%3DF", {("UGA", "2015")}),
        ("breakdown=SEX%3DF%3BAGE%3DY0T4%3BMIGRATORY_STATUS%3D_T", {("UGA", "2015")}),
        ("breakdown=SEX%3DM", set()),
        ("value=missing", {("UGA", "2016")}),
        ("value=present&area=UGA", {("UGA", "2015")}),
        ("nature=C", {("KEN", "2015")}),
        ("status=L&status=M", {("UGA", "2016")}),
        ("goal=10&area=KEN&period=2016", {("KEN", "2016")}),
        ("target=10.c&area=KEN&period=2016", {("KEN", "2016")}),
        ("indicator=10.c.1&area=KEN&period=2016", {("KEN", "2016")}),
        ("series=SI_RMT_COST&area=KEN&period=2016", {("KEN", "2016")}),
        ("dataset=UNSD-SDG&area=KEN&period=2016", {("KEN", "2016")}),
        ("goal=3", set()),
    ],
)
def test_each_filter_narrows(query: str, found: set[tuple[str, str]]) -> None:
    assert places(query) == found


def test_members_of_a_region_are_those_below_it_and_of_a_group_those_of_the_period() -> None:
    region = make_area("014", name_en="Eastern Africa")
    Area.objects.filter(code="KEN").update(parent=region)
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None, name_en="LDC")
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="UGA"), valid_to="2015-12-31")
    assert places("members_of=014") == {("KEN", "2015"), ("KEN", "2016")}
    assert places("members_of=LDC") == {("UGA", "2015")}


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("area=XXX", "area", "Not known: XXX"),
        ("bogus=1", "bogus", "There is no parameter"),
        ("year_from=soon", "year_from", "number"),
        ("year_from=2015.5", "year_from", "number"),
        ("year_from=2015&year_from=2016", "year_from", "given 2 times"),
        ("latest=perhaps", "latest", "neither yes nor no"),
        ("as_of=%00", "as_of", "null character"),
        ("sex=X", "sex", "X"),
        ("breakdown=F", "breakdown", "is no breakdown"),
        ("as_of=yesterday", "as_of", "no date"),
        ("as_of=99", "as_of", "no revision 99"),
        ("cursor=%20%20", "cursor", "next"),
        ("cursor=WzFd", "cursor", "next"),
        ("page_size=0", "page_size", "1 to 5000"),
        ("page_size=99999", "page_size", "1 to 5000"),
        ("format=xml", "format", "json, csv"),
        ("format=csv&page_size=5", "page_size", "whole result"),
        ("area=" + "KEN," * 3 + ",".join(f"A{n}" for n in range(101)), "area", "At most 100"),
        ("status=ZZ", "status", "ZZ"),
    ],
)
def test_a_mistake_is_a_problem_that_names_the_parameter(query: str, parameter: str, said: str) -> None:
    response = get(query)
    body = response.json()
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert (body["status"], body["parameter"]) == (400, parameter)
    assert said in body["detail"]
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_pages_meet_without_a_gap_or_a_repeat(size: int) -> None:
    seen: list[tuple[str, str, str]] = []
    url: str | None = f"{URL}?page_size={size}"
    turns = 0
    while url:
        response = Client().get(url)
        body = response.json()
        seen += [(r["area"], r["period"], r["breakdown"]) for r in body["data"]]
        assert ("Link" in response) == bool(body["next"])
        url = body["next"]
        turns += 1
    assert len(seen) == len(set(seen)) == 5
    assert turns == -(-5 // size)


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
def test_csv_is_the_whole_result_with_the_same_figures() -> None:
    response = get("format=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    found = list(csv.DictReader(io.StringIO(text)))
    assert response["Content-Type"].startswith("text/csv")
    assert len(found) == 5
    kenya = next(r for r in found if (r["area"], r["period"]) == ("KEN", "2015"))
    assert (kenya["value"], kenya["source"], kenya["footnote"], kenya["sex"]) == ("6.20", "A survey", "By hand", "_T")
    missing = next(r for r in found if (r["area"], r["period"]) == ("UGA", "2016"))
    assert (missing["value"], missing["value_text"], missing["status"]) == ("", "N", "L")


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
def test_accept_asks_for_csv_and_format_wins() -> None:
    response = get(accept="text/csv")
    assert response["Content-Type"].startswith("text/csv")
    assert b"".join(response.streaming_content).count(b"\n") == 6  # type: ignore[attr-defined]
    assert get("format=json", accept="text/csv")["Content-Type"] == "application/json"


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
def test_what_people_write_in_a_filter_is_never_sql() -> None:
    for name in ("breakdown", "area", "sex", "as_of"):
        for form in ("json", "csv"):
            response = get(f"format={form}&{name}=%27%3B+drop+table+sdg_targets_area%3B--%25s")
            assert (response.status_code, response.json()["parameter"]) == (400, name)
    assert Client().get("/api/v1/areas/?q=%27%3B+drop+table+sdg_targets_area%3B--%25s").json()["data"] == []
    assert Area.objects.count() == 4


def test_as_of_reads_the_past_by_number_release_and_day() -> None:
    observe("KEN", "2015", "5")
    Release.objects.create(name="first", revision=Revision.objects.get(number=1))
    today = Revision.objects.get(number=2).made_at.date().isoformat()
    read = {as_of: rows(f"area=KEN&period=2015&as_of={as_of}")[0]["value"] for as_of in ("1", "first", "2", today, "")}
    assert read == {"1": Decimal("6.20"), "first": Decimal("6.20"), "2": 5, today: 5, "": 5}
    assert rows("as_of=2015-01-01") == []


def test_the_same_question_again_is_304_until_a_figure_changes() -> None:
    first = get("area=KEN")
    again = get("area=KEN", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get("area=UGA")["ETag"] != first["ETag"]
    assert get("area=KEN&format=json")["ETag"] != first["ETag"]
    observe("KEN", "2015", "5")
    assert get("area=KEN", **{"if-none-match": first["ETag"]}).status_code == 200
    assert {"Accept", "Accept-Language"} <= {v.strip() for v in first["Vary"].split(",")}
    assert "Cookie" not in first["Vary"]
    assert "Last-Modified" in first


def test_names_follow_the_language_of_the_reader() -> None:
    Area.objects.filter(code="001").update(name_fr="Monde")
    body = get("area=001", **{"accept-language": "fr"}).json()
    assert body["data"][0]["area_name"] == "Monde"
    with override("en"):
        assert get("area=001").json()["data"][0]["area_name"] == "World"


def test_each_page_says_what_may_be_done_with_its_series() -> None:
    notes = get("area=KEN").json()["series"]["SI_RMT_COST"]
    assert (notes["indicators"], notes["may_map"], notes["may_trend"]) == (["10.c.1"], True, True)


def test_nothing_is_written_here() -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(), method)(URL)
        assert response.status_code == 405, method
        assert response["Content-Type"] == "application/problem+json"
    assert Client().options(URL)["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert Client().head(URL).status_code == 200


def test_a_page_takes_the_same_queries_however_many_rows_it_has() -> None:
    def count(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            get(query)
        return len(queries)

    get("page_size=99")  # what is said of each series is read once for each state of the catalogue
    assert count("page_size=1") == count("page_size=100") <= 2


def test_a_notice_that_is_new_is_not_kept_back_by_a_304() -> None:
    tag = get("area=KEN")["ETag"]
    MigrationProfile.objects.update(may_trend=False)
    again = get("area=KEN", **{"if-none-match": tag})
    assert again.status_code == 200
    assert again.json()["series"]["SI_RMT_COST"]["may_trend"] is False


def test_each_page_names_the_revision_that_gives_the_same_again() -> None:
    first = get("area=KEN").json()
    observe("KEN", "2015", "5")
    assert (first["known"]["revision"], get().json()["known"]["revision"]) == (1, 2)
    assert get("area=KEN&as_of=1").json()["data"] == first["data"]


def test_periods_follow_each_other_in_time() -> None:
    write_rows([row("KEN", "2014", "1"), row("KEN", "2017", "1"), row("KEN", "2010-2013", "1")])
    assert [r["period"] for r in rows("area=KEN")] == ["2010/2013", "2014", "2015", "2016", "2017"]
    url: str | None = f"{URL}?area=KEN&page_size=1"
    paged = []
    while url:
        body = Client().get(url).json()
        paged.append(body["data"][0]["period"])
        url = body["next"]
    assert paged == ["2010/2013", "2014", "2015", "2016", "2017"]


def test_the_latest_value_is_the_newest_known_and_other_filters_narrow_what_is_left() -> None:
    assert places("latest=yes") == {("KEN", "2016"), ("UGA", "2015"), ("001", "2015")}
    assert places("latest=yes&year_to=2015") == {("UGA", "2015"), ("001", "2015")}
    assert places("latest=no") == {("KEN", "2015"), ("UGA", "2016")}
    current = set(
        Observation.objects.current().filter(pk__in=Latest.objects.values("observation_id")).values_list("pk")
    )
    assert len(current) == 3
    write_rows([row("KEN", "2018", "1")])
    assert places("latest=yes&area=KEN") == {("KEN", "2018")}
    assert places("latest=yes&area=KEN&as_of=1") == {("KEN", "2016")}


def test_a_question_about_the_present_plans_on_the_current_partition_alone() -> None:
    now = Observation.objects.current().filter(area__code="KEN").order_by(*KEY).explain()
    past = Observation.objects.known_at(1).filter(area__code="KEN").order_by(*KEY).explain()
    assert "observation_current" in now
    assert "observation_past" not in now
    assert "observation_past" in past


@pytest.mark.parametrize("query", ["bogus=1", "area=XXX", "page_size=0", "cursor=x", "format=csv&page_size=5"])
def test_a_mistake_is_never_answered_as_unchanged(query: str) -> None:
    assert get(query, **{"if-none-match": "*"}).status_code == 400


@pytest.mark.parametrize("as_of", ["9999-12-31", "9999-12-30"])
def test_the_last_day_of_all_is_a_day(as_of: str) -> None:
    assert len(rows(f"as_of={as_of}")) == 5


def test_the_head_of_a_whole_result_starts_no_query() -> None:
    response = Client().head(f"{URL}?format=csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert b"".join(response.streaming_content) == b""  # type: ignore[attr-defined]


def test_the_notice_stands_in_the_language_asked_for() -> None:
    MigrationProfile.objects.update(notice_en="Read with care.", notice_fr="À lire avec soin.")
    body = get("area=KEN", **{"accept-language": "fr"}).json()
    assert body["series"]["SI_RMT_COST"]["notice"] == "À lire avec soin."


def test_a_supplementary_series_may_do_nothing_and_carries_the_note_of_its_source() -> None:
    dataset, series = make_supplementary()
    write_rows([row("KEN", "2014", "3", series=series.code)], dataset=dataset)
    note = get(f"series={series.code}").json()["series"][series.code]
    assert note["supplementary"] and note["indicators"] == []
    assert not any(note[name] for name in note if name.startswith("may_"))
    assert note["notice"] == "A minimum."
    french = get(f"series={series.code}", **{"Accept-Language": "fr"}).json()["series"][series.code]
    assert french["notice"] == "Un minimum."
    official = get("series=SI_RMT_COST").json()["series"]["SI_RMT_COST"]
    assert not official["supplementary"] and official["may_trend"]


def test_figures_are_asked_for_by_their_counterpart_area() -> None:
    make_series("CORRIDOR", dimensions=("COUNTERPART_AREA",))
    write_rows([row("KEN", "2011", "3", series="CORRIDOR", breakdown="COUNTERPART_AREA=X")])
    assert places("counterpart_area=X") == {("KEN", "2011")}
    problem = get("counterpart_area=QQQ")
    assert problem.status_code == 400 and problem.json()["parameter"] == "counterpart_area"
