"""The sentence beside a country's own figure: agreement, difference or the reason why nothing is compared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sdg_targets.domain.comparability import Comparison, Obstacle
from sdg_targets.queries.figures import Figure
from sdg_targets.templatetags.comparisons import compared, nature_words


def figure(value: str, **given: object) -> Figure:
    made = Figure(
        series_id=1, area_id=1, area_code="KEN", area_name="Kenya", is_aggregate=False, period="2018",
        period_end=date(2018, 12, 31), breakdown="_T", value=Decimal(value), status="A", nature="C", symbol="%",
    )  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "other", "said"),
    [
        (figure("11.9"), figure("11.9681958"),
         "For 2018: 11.9%, 0.068 percentage points lower than the global figure of 11.97%."),
        (figure("5.66"), figure("5.7"), "For 2018: 5.66%, in agreement with the global figure of 5.7%."),
        (figure("5.70"), figure("5.7"), "For 2018: 5.7%, the same as the global figure."),
        (figure("100"), figure("100.0"), "For 2018: 100%, the same as the global figure."),
        (figure("99.99999"), figure("99.99998"),
         "For 2018: 99.99999%, 0.00001 percentage points higher than the global figure of 99.99998%."),
        (figure("12", symbol="people"), figure("10", symbol="people", nature="E"),
         "For 2018: 12 people, 2 people higher than the global figure of 10 people (Estimated data)."),
        (figure("3", word="Meets"), figure("2", word="Partially meets"),
         "For 2018: Meets; the global figure says Partially meets."),
        (figure("3", word="Meets"), figure("3", word="Meets"), "For 2018: Meets, the same as the global figure."),
    ],
)  # fmt: skip
def test_what_both_have_is_compared_in_words(own: Figure, other: Figure, said: str) -> None:
    assert compared(Comparison(None, own, other)) == said


def test_a_reason_stands_in_the_place_of_a_difference() -> None:
    said = "Not comparable with the global figure: there is no period for which both have a value."
    assert compared(Comparison(Obstacle.PERIOD)) == said
    assert "5.66" not in compared(Comparison(Obstacle.UNIT, figure("5.66"), figure("5.7")))


@pytest.mark.parametrize(
    ("nature", "status", "said"),
    [
        ("C", "A", "Country data"),
        ("_X", "E", "Nature not available · Estimated value"),
        ("M", "A", "Modelled data"),
        ("C", "P", "Country data · Provisional value"),
        ("C", "B", "Country data"),
    ],
)
def test_an_estimate_never_looks_like_country_data(nature: str, status: str, said: str) -> None:
    assert nature_words(figure("1", nature=nature, status=status)) == said
