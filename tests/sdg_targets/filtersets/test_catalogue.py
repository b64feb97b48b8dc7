"""Filters of the catalogue, the areas and the datasets: each against a slow second choice of rows in Python."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.domain.folding import folded
from sdg_targets.filtersets import (
    AreaFilterSet,
    DatasetFilterSet,
    IndicatorFilterSet,
    SeriesFilterSet,
    TargetFilterSet,
)
from sdg_targets.models import Area, Dataset, GroupMembership, Indicator, Series, Target
from tests.factories import make_area, make_dataset, make_indicator, make_series, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_area("001")
    africa = make_area("002", name_en="Africa", parent=Area.objects.get(code="001"))
    region = make_area("014", name_en="Eastern Africa", parent=africa)
    make_area("KEN", parent=region)
    make_area("CIV", name_en="Côte d’Ivoire")
    make_area("ESH", name_en="Western Sahara", kind="territory", status="area", counts_as_country=False)
    group = make_area("LDC", kind="group", status="aggregate", counts_as_country=False, iso3=None, name_en="LDC")
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="KEN"), valid_to="2019-12-31")
    GroupMembership.objects.create(group=group, member=Area.objects.get(code="CIV"), valid_from="2020-01-01")
    make_series(dimensions=("SEX",))
    make_series("SG_CPA_MIGR", indicator="10.7.2").indicators.add(make_indicator("10.7.1"))
    make_indicator("1.1.1", migration=False)
    make_dataset("EMPTY", reporting_type="G", evidence="experimental", rank=2)
    write_rows([row("KEN")])


def codes(filterset: type[Any], rows: Any, query: str) -> list[str]:
    found = filterset(QueryDict(query), queryset=rows.objects.all())
    assert found.form.is_valid(), found.form.errors
    return [one.code for one in found.qs]


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", lambda a: True),
        ("kind=country", lambda a: a.kind == "country"),
        ("kind=country&kind=territory", lambda a: a.kind in ("country", "territory")),
        ("within=001", lambda a: a.code in ("002", "014", "KEN")),
        ("within=002&kind=country", lambda a: a.code == "KEN"),
        ("within=014,002", lambda a: a.code in ("014", "KEN")),
        ("within=KEN", lambda a: False),
        ("parent=002", lambda a: a.code == "014"),
        ("parent=014", lambda a: a.parent_id is not None and a.parent.code == "014"),
        ("is_country=yes", lambda a: a.counts_as_country),
        ("is_country=no", lambda a: not a.counts_as_country),
        ("group=LDC", lambda a: a.code == "CIV"),
        ("q=cote", lambda a: "cote" in folded(a.name_en)),
        ("q=a&is_country=no", lambda a: "a" in folded(a.name_en) and not a.counts_as_country),
        ("q=014", lambda a: a.code == "014"),
    ],
)
def test_areas(query: str, chosen: Callable[[Area], bool]) -> None:
    assert codes(AreaFilterSet, Area, query) == [area.code for area in Area.objects.all() if chosen(area)]


@pytest.mark.parametrize(
    ("filterset", "rows", "query", "expected"),
    [
        (TargetFilterSet, Target, "goal=10", ["10.7", "10.c"]),
        (TargetFilterSet, Target, "about_migration=yes", ["10.7", "10.c"]),
        (TargetFilterSet, Target, "about_migration=no", ["1.1"]),
        (IndicatorFilterSet, Indicator, "goal=10", ["10.7.1", "10.7.2", "10.c.1"]),
        (IndicatorFilterSet, Indicator, "target=10.c,1.1", ["1.1.1", "10.c.1"]),
        (IndicatorFilterSet, Indicator, "series=SG_CPA_MIGR,SI_RMT_COST", ["10.7.1", "10.7.2", "10.c.1"]),
        (IndicatorFilterSet, Indicator, "about_migration=no", ["1.1.1"]),
        (SeriesFilterSet, Series, "indicator=10.7.1,10.7.2", ["SG_CPA_MIGR"]),
        (SeriesFilterSet, Series, "dimension=SEX", ["SI_RMT_COST"]),
        (DatasetFilterSet, Dataset, "series=SI_RMT_COST", ["UNSD-SDG"]),
        (DatasetFilterSet, Dataset, "series=SG_CPA_MIGR", []),
        (DatasetFilterSet, Dataset, "evidence=experimental", ["EMPTY"]),
        (DatasetFilterSet, Dataset, "reporting_type=N", []),
    ],
)
def test_the_catalogue(filterset: type[Any], rows: type[Any], query: str, expected: list[str]) -> None:
    assert codes(filterset, rows, query) == expected


@pytest.mark.parametrize(
    ("filterset", "rows", "query", "name"),
    [
        (AreaFilterSet, Area, "kind=planet", "kind"),
        (AreaFilterSet, Area, "q=" + "x" * 81, "q"),
        (TargetFilterSet, Target, "about_migration=perhaps", "about_migration"),
        (IndicatorFilterSet, Indicator, "series=NONE", "series"),
        (SeriesFilterSet, Series, "dimension=NONE", "dimension"),
        (DatasetFilterSet, Dataset, "evidence=rumour", "evidence"),
    ],
)
def test_what_cannot_be_read_is_an_error_of_its_own_field(
    filterset: type[Any], rows: type[Any], query: str, name: str
) -> None:
    form = filterset(QueryDict(query), queryset=rows.objects.all()).form
    assert not form.is_valid() and list(form.errors) == [name]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=10))
def test_a_name_that_is_typed_finds_exactly_the_areas_that_hold_all_its_words(text: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = text
    found = AreaFilterSet(query, queryset=Area.objects.all())
    assert found.form.is_valid()
    words, code = folded(text.strip()).split(), text.strip().upper()
    expected = {
        area.code
        for area in Area.objects.all()
        if all(word in folded(area.name_en) for word in words) or code in (area.code, area.iso2, area.m49)
    }
    assert {area.code for area in found.qs} == expected
