"""Limits of a series: blank ones follow from its kind, 0 is not asked, and a slip is said in words."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from sdg_targets.domain.limits import default_limits
from sdg_targets.domain.validation import STATUSES
from sdg_targets.models import Series, SeriesLimits
from tests.factories import make_catalogue

DEFAULTS = default_limits("percent", "PT")


def test_what_is_blank_stays_as_the_kind_suggests() -> None:
    assert SeriesLimits().over(DEFAULTS) == DEFAULTS
    assert DEFAULTS.statuses == STATUSES
    limits = SeriesLimits(maximum=Decimal(30), small_count=5, hide_zero=True, statuses=["A", "P"]).over(DEFAULTS)
    expected = replace(DEFAULTS, maximum=Decimal(30), small_count=5, hide_zero=True, statuses=frozenset("AP"))
    assert limits == expected


def test_nought_is_not_asked_but_as_an_end_of_the_range() -> None:
    limits = SeriesLimits(maximum=Decimal(0), jump_difference=Decimal(0), z_score=Decimal(0), small_count=0).over(
        DEFAULTS
    )
    assert (limits.maximum, limits.jump_difference, limits.z_score, limits.small_count) == (0, None, None, None)


@pytest.mark.parametrize(
    ("kind", "unit", "minimum", "maximum"),
    [("percent", "PT", 0, 100), ("number", "NUMBER", 0, None), ("rate", "PER_100000_POP", 0, None), ("rate", "PT", None, None),
     ("money", "USD", None, None), ("unheard", "X", None, None)],
)  # fmt: skip
def test_the_range_follows_from_the_unit(kind: str, unit: str, minimum: int | None, maximum: int | None) -> None:
    assert (default_limits(kind, unit).minimum, default_limits(kind, unit).maximum) == (minimum, maximum)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"minimum": Decimal(2), "maximum": Decimal(1)}, "maximum"),
        ({"jump_factor": Decimal("0.5")}, "jump_factor"),
        ({"jump_difference": Decimal(-1)}, "jump_difference"),
        ({"z_score": Decimal(-1)}, "z_score"),
        ({"sum_tolerance": Decimal(-1)}, "sum_tolerance"),
        ({"statuses": ["A", "?"]}, "statuses"),
        ({"reason_en": ""}, "reason_en"),
    ],
)
def test_a_slip_is_said_at_its_field(given: dict[str, Any], field: str) -> None:
    make_catalogue()
    limits = SeriesLimits(**({"series": Series.objects.get(), "reason_en": "A test"} | given))
    with pytest.raises(ValidationError) as refused:
        limits.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_the_reason_is_told_in_the_language_of_the_page() -> None:
    limits = SeriesLimits(reason_en="Small", reason_fr="Petit")
    assert limits.reason == "Small"
    with override("fr"):
        assert limits.reason == "Petit"
    with override("es"):
        assert limits.reason == "Small"


@pytest.mark.usefixtures("shipped_catalogue")
@pytest.mark.django_db
def test_the_shipped_limits_have_their_reasons_in_three_languages() -> None:
    shipped = SeriesLimits.objects.select_related("series")
    assert shipped.count() == 15
    for limits in shipped:
        limits.full_clean(exclude=["series"])
        assert len({limits.reason_en, limits.reason_fr, limits.reason_es}) == 3, limits
    victims = SeriesLimits.objects.filter(small_count=5).values_list("series__code", flat=True)
    assert set(victims) == {
        "VC_HTF_DETV", "VC_HTF_DETVSX", "VC_HTF_DETVFL", "VC_HTF_DETVOP", "VC_HTF_DETVOG", "VC_VAW_DIST",
    }  # fmt: skip
