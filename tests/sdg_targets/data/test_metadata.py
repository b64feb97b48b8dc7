"""The metadata that comes with the product: whole in three languages, short, with its custodians, in the right facts."""

import re

import pytest

from partners.models import IndicatorRole
from sdg_targets.models import Indicator, Metadata

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]
SHIPPED = {"definition", "unit", "source", "method", "limits", "contact"}


def said(indicator: str, field: str, language: str = "en") -> str:
    return Metadata.objects.get(indicator__code=indicator, field=field, language=language).text


def test_every_indicator_followed_here_has_every_field_in_three_languages() -> None:
    held = set(Metadata.objects.values_list("indicator__code", "field", "language"))
    followed = Indicator.objects.about_migration().values_list("code", flat=True)
    assert held == {(code, field, lang) for code in followed for field in SHIPPED for lang in ("en", "fr", "es")}
    assert Metadata.objects.exclude(source="").count() == len(held) == 576


def test_a_text_is_one_to_three_sentences_and_differs_between_languages() -> None:
    for row in Metadata.objects.exclude(field="contact").select_related("indicator"):
        sentences = re.findall(r"[.](?:\s|$)", row.text)
        assert 1 <= len(sentences) <= 3, (row.indicator.code, row.field, row.language)
        assert row.text[0].isupper() and row.text.endswith("."), (row.indicator.code, row.field)
    for code, field in Metadata.objects.values_list("indicator__code", "field").distinct().order_by("pk"):
        assert len({said(code, field, language) for language in ("en", "fr", "es")}) == 3, (code, field)


def test_contacts_name_every_custodian_and_nobody_in_person() -> None:
    names = ("organisation__name_en", "organisation__name_fr", "organisation__name_es")
    roles = IndicatorRole.objects.filter(role="custodian", indicator__migration__isnull=False)
    assert roles.count() > 32
    for code, *by_language in roles.values_list("indicator__code", *names):
        for language, name in zip(("en", "fr", "es"), by_language, strict=True):
            assert name in said(code, "contact", language), (code, language)
    assert not Metadata.objects.filter(text__contains="@").exists()


def test_the_facts_that_are_most_easily_got_wrong() -> None:
    assert "not the ratio of the mean cost to the mean earnings" in said("10.7.1", "method")
    assert "monthly" in said("10.7.1", "unit") and "Below 40" in said("10.7.2", "method")
    assert "not to be used for trends" in said("10.7.3", "limits")
    assert "4,761.9" in said("10.7.4", "method") and "country of origin" in said("10.7.4", "definition")
    assert "never added" in said("8.8.1", "method")
    assert "0 is the best value, 10 the worst" in said("8.8.2", "definition")
    assert "no value is a target" in said("16.2.2", "limits") and "no regional sums" in said("16.2.2", "limits")
    assert "No direction is stated" in said("17.3.2", "limits")
    for code in ("4.b.1", "17.18.1", "17.18.3"):
        assert "2020" in said(code, "limits"), code
    words = " ".join(Metadata.objects.values_list("text", flat=True)).lower()
    assert "illegal" not in words and "clandestin" not in words and "ilegal" not in words
