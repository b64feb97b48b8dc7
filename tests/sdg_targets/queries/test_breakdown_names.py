"""Breakdowns in words."""

import pytest
from django.utils.translation import override

from sdg_targets.models import Breakdown, Category
from sdg_targets.queries.breakdown_names import breakdown_names
from tests.factories import make_catalogue, observe

pytestmark = pytest.mark.django_db


def test_each_category_is_named_in_the_language_of_the_reader() -> None:
    make_catalogue()
    observe("KEN", "2015", "1", breakdown="AGE=Y0T4;SEX=F")
    observe("KEN", "2016", "1")
    Category.objects.filter(code="F").update(name_en="Women", name_fr="Femmes")
    ids = dict(Breakdown.objects.values_list("key", "pk"))
    assert breakdown_names(ids.values()) == {ids["AGE=Y0T4;SEX=F"]: "Y0T4, Women", ids["_T"]: "Total"}
    with override("fr"):
        assert breakdown_names([ids["AGE=Y0T4;SEX=F"]])[ids["AGE=Y0T4;SEX=F"]] == "Y0T4, Femmes"


def test_a_code_without_a_category_is_shown_as_it_is() -> None:
    odd = Breakdown.objects.create(key="SEX=Z", codes={"SEX": "Z"})
    assert breakdown_names([odd.pk]) == {odd.pk: "SEX=Z"}


def test_nothing_asked_is_nothing_answered() -> None:
    assert breakdown_names([]) == {}
