"""Plain questions: their statement is made once, and answers as the statement made for each question does."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q
from django.http import QueryDict

from sdg_targets.filtersets import ObservationFilterSet
from sdg_targets.models import OPEN, Observation
from sdg_targets.queries import observation_pages
from sdg_targets.queries.observation_pages import ObservationPage, observation_page
from sdg_targets.queries.plain_questions import plain_question
from tests.factories import make_catalogue, make_dataset, make_series, write_rows
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
                for period in ("2015", "2014")
                for series, breakdown in (("SI_RMT_COST", "_T"), ("SI_RMT_COST", "SEX=F"), ("OTHER", "_T"))
            ],
            dataset=make_dataset(dataset),
        )


def asked(query: str) -> Any:
    return ObservationFilterSet(QueryDict(query), queryset=Observation.objects.current()).qs


def page(query: str, size: int = 3) -> ObservationPage:
    return observation_page(asked(query), size=size, key=None, language="en")


PLAIN = [
    "",
    "area=KEN",
    "status=A&nature=C",
    "series=OTHER&period=2015",
    "series=SI_RMT_COST&period=2015&breakdown=_T",
    "area=UGA&series=SI_RMT_COST&period=2014&breakdown=SEX%3DF&dataset=UNHCR",
]


@pytest.mark.parametrize("query", PLAIN)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_answer_is_that_of_the_statement_made_for_the_question(
    query: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plain_question(asked(query)) is not None
    found = [page(query, size) for _time in range(7)]  # from the sixth time on there may be one plan for all values
    monkeypatch.setattr(observation_pages, "plain_question", lambda queryset: None)
    assert {one.data for one in found} == {page(query, size).data}
    assert set(found) == {page(query, size)}


def test_one_statement_answers_for_other_values() -> None:
    for area in ("KEN", "UGA"):
        for period in ("2014", "2015"):
            rows = json.loads(page(f"area={area}&period={period}", 100).data, parse_float=Decimal)
            assert {(one["area"], one["period"]) for one in rows} == {(area, period)}
            assert len(rows) == 6


@pytest.mark.parametrize(
    "query",
    [
        "area=KEN,UGA",
        "year_from=2015&year_to=2016",
        "value=missing",
        "latest=yes",
        "status=A&status=E",
        "series=OTHER&goal=1",
    ],
)
def test_what_asks_more_than_single_values_is_no_plain_question(query: str) -> None:
    assert plain_question(asked(query)) is None
    page(query)


def test_a_question_about_other_tables_or_with_alternatives_is_no_plain_one() -> None:
    rows = Observation.objects.current()
    assert plain_question(rows.filter(area__code="KEN")) is None
    assert plain_question(rows.filter(Q(series_id=1) | Q(area_id=2))) is None
    assert plain_question(rows.exclude(series_id=1)) is None
    assert plain_question(rows.filter(series_id=1)[:5]) is None
    assert plain_question(rows.none()) is None
    assert plain_question(rows.filter(series_id=1).filter(series_id=2)) is None
    plain = plain_question(rows.filter(series_id=1))
    assert plain is not None and (plain.columns, plain.values) == (("known_to", "series_id"), (OPEN, 1))
