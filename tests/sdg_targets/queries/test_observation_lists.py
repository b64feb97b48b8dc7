"""Lists made in SQL: a total order whose pages meet, numbers with their precision, a tag that no change escapes."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.models import Area, Dataset, MigrationProfile, Observation, Series, Unit
from sdg_targets.queries.observation_lists import (
    FIELDS,
    KEY,
    after,
    freshness,
    key_of,
    observation_csv,
)
from sdg_targets.queries.observation_pages import as_json, observation_page
from sdg_targets.queries.series_notes import series_notes
from tests.factories import (
    make_catalogue,
    make_dataset,
    make_indicator,
    make_series,
    make_supplementary,
    observe,
    write_rows,
)
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    make_series("OTHER")
    for dataset in ("UNSD-SDG", "UNHCR"):
        write_rows(
            [
                row(area, period, "6.20", series=series, breakdown=breakdown)
                for area in ("UGA", "KEN")
                for period in ("2015", "2014", "2015-Q4", "2010/2015")
                for series in ("SI_RMT_COST", "OTHER")
                for breakdown in ("_T", "SEX=F")
                if series == "SI_RMT_COST" or breakdown == "_T"
            ],
            dataset=make_dataset(dataset),
        )


def everything() -> QuerySet[Observation]:
    return Observation.objects.current()


def places(rows: Any) -> list[tuple[Any, ...]]:
    return [(r["dataset"], r["series"], r["area"], r["period"], r["breakdown"]) for r in rows]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 50))
def test_pages_of_any_size_are_the_whole_list_in_its_order(size: int) -> None:
    """The order is decided a second time in Python."""
    whole = sorted(everything().with_names(), key=key_of)
    found: list[Any] = []
    key = None
    while True:
        page = observation_page(everything(), size=size, key=key, language="en")
        rows = json.loads(page.data)
        assert page.count == len(rows) <= size
        found += rows
        key = page.next_key
        if key is None:
            break
    assert places(found) == [
        (o.dataset.code, o.series.code, o.area.code, o.period.code, o.breakdown.key) for o in whole
    ]


def test_after_a_key_are_the_rows_behind_it_and_no_others() -> None:
    whole = sorted(everything().with_names(), key=key_of)
    for place in (0, 7, len(whole) - 1):
        behind = set(after(everything(), key_of(whole[place])).values_list("pk", flat=True))
        assert behind == {o.pk for o in whole[place + 1 :]}


@pytest.mark.parametrize("day", [0, 1, 2**31 - 1])
def test_a_day_that_is_none_in_a_key_is_no_failure(day: int) -> None:
    key = [0] * len(KEY)
    key[KEY.index("period__end")] = day
    assert after(everything(), key).count() == everything().count()


def test_a_filter_that_nothing_fits_is_an_empty_page() -> None:
    page = observation_page(everything().filter(area_id__in=[]), size=5, key=None, language="en")
    assert (page.data, page.count, page.next_key, page.series_ids) == ("[]", 0, None, ())
    assert observation_page(everything().none(), size=5, key=None, language="en").data == "[]"


def test_json_and_csv_have_the_same_fields_and_figures() -> None:
    page = json.loads(observation_page(everything(), size=5000, key=None, language="en").data, parse_float=Decimal)
    assert all(list(one) == [name for name, _sql in FIELDS] for one in page)
    sql, parameters = observation_csv(everything(), language="en")
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, cells, strict=True)) for cells in cursor.fetchall()]
    assert names == [*(name for name, _sql in FIELDS), "notice"]
    assert places(rows) == places(page)
    assert [str(one["value"]) for one in rows] == [str(one["value"]) for one in page] == ["6.20"] * len(rows)


@pytest.mark.parametrize(("language", "name"), [("en", "Kenya"), ("fr", "Kénia"), ("es", "Kenya"), ("zz", "Kenya")])
def test_names_are_in_the_language_asked_for_or_english(language: str, name: str) -> None:
    Area.objects.filter(code="KEN").update(name_fr="Kénia")
    page = observation_page(everything().filter(area__code="KEN"), size=1, key=None, language=language)
    assert json.loads(page.data)[0]["area_name"] == name


def test_a_row_of_a_supplementary_dataset_carries_the_note_of_its_dataset_as_its_notice() -> None:
    dataset, series = make_supplementary()
    write_rows([row("KEN", "2014", "3", series=series.code)], dataset=dataset)
    sql, parameters = observation_csv(
        everything().filter(series__in=[series, Series.objects.get(code="OTHER")]), language="fr"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select distinct series, notice from ({sql}) told", parameters)
        assert set(cursor.fetchall()) == {("IOM_DEAD", "Un minimum."), ("OTHER", None)}


def test_what_may_be_done_with_a_series_is_what_all_its_indicators_allow() -> None:
    series = Series.objects.get(code="OTHER")
    series.indicators.add(make_indicator("8.8.2", may_map=False, notice_en="With care."))
    make_indicator("1.1.1", migration=False).series.add(series)
    notes = json.loads(series_notes([series.pk], "en", freshness())["OTHER"])
    assert (notes["may_map"], notes["may_rank"], notes["notice"]) == (False, True, "With care.")
    assert notes["indicators"] == ["1.1.1", "8.8.2", "10.c.1"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Area.objects.filter(code="KEN").update(name_fr="Kénia"),
        lambda: MigrationProfile.objects.update(notice_en="With care."),
        lambda: Series.objects.filter(code="OTHER").update(headline=["SEX=F"]),
        lambda: Unit.objects.update(code="PERCENT"),
        lambda: Dataset.objects.filter(code="UNHCR").update(licence="CC BY 4.0"),
        lambda: make_indicator("8.8.2").series.add(Series.objects.get(code="OTHER")),
    ],
)
def test_a_change_of_words_that_stand_beside_figures_is_seen(change: Any) -> None:
    before = freshness().catalogue
    assert freshness().catalogue == before
    change()
    assert freshness().catalogue != before


def test_rows_stand_unread_within_what_is_around_them() -> None:
    page = observation_page(everything(), size=1, key=None, language="en")
    assert json.loads(as_json(page, series={})) == {"series": {}, "data": json.loads(page.data)}
    assert json.loads(as_json(page, series={"A": '{"b": 1}', "B": "{}"}, next=None, known={"é": 1})) == {
        "next": None,
        "known": {"é": 1},
        "series": {"A": {"b": 1}, "B": {}},
        "data": json.loads(page.data),
    }


def test_a_past_moment_has_the_same_shape() -> None:
    observe("KEN", "2015", "9")
    page = observation_page(Observation.objects.known_at(1), size=5000, key=None, language="en")
    assert {one["known_from"] for one in json.loads(page.data)} == {1}
