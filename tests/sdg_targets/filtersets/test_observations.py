"""The filters of the observations say their query in one sentence, in the reader's language."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.translation import override

from sdg_targets.filtersets import ObservationFilterSet
from sdg_targets.models import Area, Observation
from tests.factories import make_catalogue, make_series, observe
from tests.factories.catalogue import make_dimension

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()
    observe("KEN", "2015", "6")


def said(query: str) -> str:
    return ObservationFilterSet(QueryDict(query), queryset=Observation.objects.current()).sentence()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All figures."),
        ("goal=10", "All figures, of Goal 10."),
        (
            "series=SI_RMT_COST&area=KEN,UGA&year_from=2015&year_to=2018&sex=_T",
            "Series SI_RMT_COST, for Kenya, Uganda, 2015 to 2018, _T.",
        ),
        ("area=KEN&area=UGA", "All figures, for Kenya, Uganda."),
        ("year_from=2015", "All figures, from 2015 on."),
        ("year_to=2015", "All figures, up to 2015."),
        ("period=2015", "All figures, 2015."),
        ("status=L", "All figures, not collected."),
        ("value=missing", "All figures, without a value."),
        ("latest=yes&area=KEN", "All figures, for Kenya, only the latest value."),
        ("latest=0", "All figures, without the latest value."),
        ("breakdown=SEX%3DF", "All figures, breakdown SEX=F."),
        ("dataset=UNSD-SDG", "All figures, from Global SDG Indicators Database."),
        ("area=XXX", "All figures."),
    ],
)
def test_the_query_says_itself(query: str, sentence: str) -> None:
    assert said(query) == sentence


def test_names_are_those_of_the_language() -> None:
    Area.objects.filter(code="KEN").update(name_fr="le Kenya")
    with override("fr"):
        assert "le Kenya" in said("area=KEN")


#: A value for every filter: a new one is not forgotten in the sentence.
VALUES = {
    "area": "KEN", "members_of": "001", "goal": "10", "target": "10.c", "indicator": "10.c.1", "series": "SI_RMT_COST",
    "dataset": "UNSD-SDG", "period": "2015", "year_from": "2015", "year_to": "2015", "breakdown": "SEX=F", "sex": "F",
    "age": "Y0T4", "migratory_status": "MS_MIGRANT", "policy_domain": "X", "occupation": "X", "status": "L",
    "nature": "C", "value": "missing", "latest": "yes", "counterpart_area": "X",
}  # fmt: skip


@pytest.mark.parametrize("name", list(ObservationFilterSet.base_filters))
def test_no_filter_is_left_out_of_the_sentence(name: str) -> None:
    for dimension in ("MIGRATORY_STATUS", "POLICY_DOMAIN", "OCCUPATION", "COUNTERPART_AREA"):
        make_dimension(dimension)
    assert said(urlencode({name: VALUES[name]})) != "All figures."


def test_a_past_moment_is_said_last() -> None:
    filterset = ObservationFilterSet(QueryDict("area=KEN"), queryset=Observation.objects.current())
    assert filterset.sentence("as in release 2019") == "All figures, for Kenya, as in release 2019."


def periods(query: str) -> set[str]:
    filterset = ObservationFilterSet(QueryDict(query), queryset=Observation.objects.current())
    assert filterset.form.is_valid(), filterset.form.errors
    return set(filterset.qs.values_list("period__code", flat=True))


def test_figures_are_found_by_their_counterpart_area() -> None:
    series = make_series("CORRIDOR", dimensions=("COUNTERPART_AREA", "SEX"))
    dimension = series.dimensions.get(code="COUNTERPART_AREA")
    for code in ("UGA", "_U"):
        dimension.categories.create(code=code, name_en=code)
    for year, breakdown in (("2016", "_T"), ("2017", "COUNTERPART_AREA=UGA"), ("2018", "COUNTERPART_AREA=UGA;SEX=F"),
                            ("2019", "COUNTERPART_AREA=_U")):  # fmt: skip
        observe("KEN", year, "6", series="CORRIDOR", breakdown=breakdown)
    assert periods("counterpart_area=UGA") == {"2017", "2018"}
    assert periods("counterpart_area=UGA&counterpart_area=_U") == {"2017", "2018", "2019"}
    assert periods("counterpart_area=_T") == {"2016"}, "not the figures of series that have no such dimension"
    assert said("counterpart_area=UGA") == "All figures, with UGA as counterpart area."


def test_a_counterpart_area_that_is_none_is_an_error() -> None:
    make_dimension("COUNTERPART_AREA")
    filterset = ObservationFilterSet(QueryDict("counterpart_area=F"), queryset=Observation.objects.current())
    assert "counterpart_area" in filterset.form.errors
