"""Metadata as pages read it: order of fields, languages that fall back, national beside global."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import strip_tags

from sdg_targets.models import Dataset, Indicator, Metadata
from sdg_targets.queries.metadata import sheets_of, side_by_side
from tests.factories import make_area, make_catalogue, make_dataset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def texts() -> None:
    make_catalogue()
    kenya = make_dataset(
        "national:KEN",
        name_en="Kenya",
        provider="Statistics office",
        reporting_type="N",
        area=make_area("KEN"),
        rank=50,
    )
    say(Dataset.objects.get(code="UNSD-SDG"), unit="Per cent.", definition="What it costs.", limits="Corridors change.")
    say(Dataset.objects.get(code="UNSD-SDG"), "fr", definition="Ce qu’il en coûte.")
    say(kenya, "sw", definition="Gharama ya <kutuma> pesa. https://example.org/meta")
    say(kenya, departure="Mobile money alone.")


def say(dataset: Dataset, language: str = "en", **fields: str) -> None:
    for field, text in fields.items():
        Metadata.objects.create(
            dataset=dataset, indicator=Indicator.objects.get(), field=field, language=language, text=text, source="test"
        )


def test_fields_stand_in_their_order_and_say_their_language() -> None:
    with translation.override("fr"):
        world, kenya = sheets_of(Indicator.objects.get().pk)
    assert [(f.field.name, f.text.text, f.text.lang) for f in world.fields] == [
        ("definition", "Ce qu’il en coûte.", "fr"), ("unit", "Per cent.", "en"), ("limits", "Corridors change.", "en"),
    ]  # fmt: skip
    assert [(f.field.name, f.text.lang) for f in kenya.fields] == [("definition", "sw"), ("departure", "en")]
    assert (world.is_national, kenya.is_national, world.sources) == (False, True, ("test",))


def test_either_side_may_be_silent() -> None:
    world, kenya = sheets_of(Indicator.objects.get().pk)
    pairs = [(p.field.name, bool(p.first), bool(p.second)) for p in side_by_side(world, kenya)]
    assert pairs == [
        ("definition", True, True),
        ("unit", True, False),
        ("limits", True, False),
        ("departure", False, True),
    ]
    assert [p.field.name for p in side_by_side(None, kenya)] == ["definition", "departure"]


def page(query: str = "", prefix: str = "") -> Any:
    return Client().get(f"{prefix}/indicators/10.c.1/{query}")


def test_the_page_shows_the_global_and_offers_the_national() -> None:
    html = page().content.decode()
    assert "<dd>What it costs.</dd>" in html and "Gharama" not in html
    assert '<option value="national:KEN">Kenya</option>' in html
    assert '<dd lang="en">Per cent.</dd>' in page(prefix="/fr").content.decode()


def test_the_national_stands_beside_the_global_in_its_own_language_and_with_its_office() -> None:
    html = page("?metadata=national:KEN&period=").content.decode()
    assert '<td data-label="Global">What it costs.</td>' in html
    assert 'lang="sw">Gharama ya &lt;kutuma&gt; pesa.' in html
    assert 'href="https://example.org/meta" rel="nofollow"' in html
    assert "in the words of the office (Statistics office)" in strip_tags(html)
    assert '<option value="national:KEN" selected>' in html


def test_a_dataset_without_metadata_of_it_is_told_kindly() -> None:
    response = page("?metadata=national:UGA")
    assert response.status_code == 404
    assert "national:UGA has no metadata of this indicator." in response.content.decode()
