"""Search: any language, any accents, any order of words; the nearest first, a blank finds nothing."""

import pytest

from sdg_targets.models import Area, Indicator, Target
from sdg_targets.queries.search import search
from tests.factories import make_area, make_indicator, make_series, make_supplementary, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_area("KEN")
    make_area("CIV", name_en="Côte d’Ivoire", name_es="Costa de Marfil", sort_en="cote d ivoire", iso2="CI")
    make_area("SSD", name_en="South Sudan", sort_en="south sudan")
    make_area("SDN", name_en="Sudan", name_fr="Soudan", sort_en="sudan")
    make_area("910", name_en="Economies of Sudan’s kind", kind="other")
    make_indicator("10.c.1")
    Indicator.objects.update(
        name_en="Remittance costs as a proportion of the amount remitted", name_fr="Coûts des envois de fonds"
    )
    Target.objects.update(name_es="Reducir los costos de transacción de las remesas")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("sudan", ["SDN", "SSD"]),
        ("SOUDAN", ["SDN"]),
        ("cote d'ivoire", ["CIV"]),
        ("marfil costa", ["CIV"]),
        ("ken", ["KEN"]),
        ("ci", ["CIV"]),
        ("uganda", []),
        ("", []),
        ("   ", []),
    ],
)
def test_areas_are_found_nearest_first(text: str, codes: list[str]) -> None:
    assert [area.code for area in search(text).areas] == codes


def test_titles_are_found_in_every_language() -> None:
    assert [row.code for row in search("remittance costs").indicators] == ["10.c.1"]
    assert [row.code for row in search("couts envois").indicators] == ["10.c.1"]
    assert [row.code for row in search("remesas").targets] == ["10.c"]
    assert [row.code for row in search("10.c").targets] == ["10.c"]


def test_at_most_so_many_are_given_and_counted() -> None:
    for number in range(20):
        make_area(f"A{chr(65 + number)}A", name_en=f"Island {number}", sort_en=f"island {number:02}")
    found = search("island", limit=5)
    assert (len(found.areas), found.count) == (5, 5)
    assert Area.objects.count() == 25


def test_nothing_that_is_typed_fails() -> None:
    for text in ("%", "\\", "(", "'; drop table", "\u0130" * 50, "a" * 1000):
        assert search(text).count >= 0


def test_a_supplementary_series_is_found_once_there_are_figures_of_it() -> None:
    dataset, series = make_supplementary(name_en="Deaths during migration", name_fr="Décès au cours de la migration")
    assert search("deaths").supplementary == ()
    write_rows([row("KEN", series=series.code)], dataset=dataset)
    assert [found.code for found in search("deces migration").supplementary] == [series.code]
    assert search("deces migration").count == 1


def test_a_series_that_measures_an_indicator_is_found_by_its_indicator() -> None:
    make_series("SI_RMT_COST", name_en="Costs by corridor")
    write_rows([row("KEN")])
    assert search("corridor").supplementary == ()
