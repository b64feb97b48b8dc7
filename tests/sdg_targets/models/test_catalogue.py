"""The catalogue's own words: what is followed here, what a value is called, what a profile says in which language."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from sdg_targets.models import Indicator, MigrationProfile, Series, Target
from tests.factories import make_indicator, make_series

pytestmark = pytest.mark.django_db


def test_a_target_is_about_migration_once_however_many_of_its_indicators_are() -> None:
    for code in ("10.7.1", "10.7.2", "10.c.1"):
        make_indicator(code)
    make_indicator("1.1.1", migration=False)
    assert [target.code for target in Target.objects.about_migration()] == ["10.7", "10.c"]
    assert [row.code for row in Indicator.objects.about_migration()] == ["10.7.1", "10.7.2", "10.c.1"]


def test_a_series_of_two_indicators_is_about_migration_once() -> None:
    series = make_series("VC_DSR_MTMP", indicator="11.5.1")
    series.indicators.add(make_indicator("13.1.1"))
    make_series("OTHER", indicator="10.c.1").indicators.set([make_indicator("1.1.1", migration=False)])
    assert [row.code for row in Series.objects.about_migration()] == ["VC_DSR_MTMP"]


@pytest.mark.parametrize(
    ("value", "language", "word"),
    [
        ("3", "en", "Meets"),
        ("3.0", "fr", "Satisfait"),
        ("3", "es", "Meets"),
        ("3.5", "en", ""),
        ("9", "en", ""),
        (None, "en", ""),
    ],
)
def test_a_value_of_an_ordered_series_has_its_word(value: str | None, language: str, word: str) -> None:
    series = make_series(value_labels={"3": {"en": "Meets", "fr": "Satisfait"}})
    with override(language):
        assert series.word_for(None if value is None else Decimal(value)) == word


def test_a_profile_speaks_the_language_asked_for_else_the_active_one_else_english() -> None:
    profile = make_indicator(notice_en="Careful.", notice_fr="Attention.").migration
    assert (profile.text("notice"), profile.text("notice", "fr"), profile.text("notice", "es")) == (
        "Careful.",
        "Attention.",
        "Careful.",
    )
    with override("fr"):
        assert profile.text("notice") == "Attention."


def test_an_exact_number_keeps_its_precision_and_is_finite() -> None:
    profile = make_indicator().migration
    MigrationProfile.objects.filter(pk=profile.pk).update(target_operator="<", target_value=Decimal("3.00"))
    profile.refresh_from_db()
    assert str(profile.target_value) == "3.00"
    assert MigrationProfile.objects.filter(target_value=3).exists()
    profile.target_value = "soon"
    with pytest.raises(ValidationError):
        profile.full_clean()
