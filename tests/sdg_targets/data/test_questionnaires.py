"""The questionnaire of 10.7.2 that comes with the product, against the sheet of facts, word by word."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from sdg_targets.models import Category, InstrumentVersion, Option, Question, ScoreClass, Section, Series
from sdg_targets.queries.instruments import definition_of, whole_versions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


def test_it_says_what_the_official_metadata_says(shared: Path) -> None:
    facts = json.loads((shared / "facts" / "indicator_10_7_2.json").read_text())
    sections = {section.code: section for section in Section.objects.prefetch_related("questions__options")}
    assert list(sections) == [domain["sdmx"] for domain in facts["domains"]]
    for domain in facts["domains"]:
        ours = sections[domain["sdmx"]]
        assert (ours.name_en, ours.lead_en, ours.about_en) == (
            domain["name"], domain["question"], domain["proxy_measure"],
        )  # fmt: skip
        assert [(q.code, q.name_en) for q in ours.questions.all()] == [
            (each["code"], each["text"]) for each in domain["sub_categories"]
        ]
        answers = facts["answers"]["domain_1" if domain["number"] == 1 else "domains_2_to_6"]
        for question in ours.questions.all():
            assert {o.name_en: o.weight for o in question.options.all()} == {
                text: Decimal(str(weight)) for text, weight in answers.items()
            }
        assert ours.breakdown == f"POLICY_DOMAIN={domain['sdmx']}"
        assert ours.counts_shown is (domain["number"] == 1)
    classes = [(c.value, c.name_en, c.minimum) for c in ScoreClass.objects.order_by("value")]
    assert classes == [(c["score"], c["label"], c.get("min", c.get("equals"))) for c in facts["categories"]]


def test_every_text_is_there_in_three_languages_and_what_is_official_is_said() -> None:
    for model, stems in {
        Section: ("name", "lead", "about"), Question: ("name",), Option: ("name",), ScoreClass: ("name",),
        InstrumentVersion: ("footnote",),
    }.items():  # fmt: skip
        for row in model._default_manager.all():
            for stem in stems:
                texts = [getattr(row, f"{stem}_{lang}") for lang in ("en", "fr", "es")]
                assert all(texts), row
                assert len(set(texts)) >= 2 or texts[0] == "No", row
    version = InstrumentVersion.objects.get()
    assert version.official_languages == ["en"]
    assert "project’s own translation" in version.source


def test_its_words_are_those_of_the_series_and_its_breakdowns_exist() -> None:
    version = whole_versions().get()
    assert version.category_series is not None and version.score_series is not None
    words = version.category_series.value_labels
    for score_class in version.classes.all():
        label = words[str(score_class.value)]
        assert label == {lang: getattr(score_class, f"name_{lang}") for lang in ("en", "fr", "es")}
    codes = set(Category.objects.filter(dimension__code="POLICY_DOMAIN").values_list("code", flat=True))
    assert {section.breakdown.partition("=")[2] for section in version.sections.all()} == codes - {"_T"}
    ours = Series.objects.get(code="SELF_CPA_MIGR")
    assert (version.score_series, ours.unit.code, ours.minimum, ours.maximum) == (ours, "PT", 0, 100)
    assert [i.code for i in ours.related.all()] == ["10.7.2"] and not ours.indicators.exists()
    assert "never typed" in ours.note


def test_it_can_be_scored() -> None:
    instrument = definition_of(whole_versions().get())
    assert (len(instrument.sections), len(instrument.questions), instrument.footnote_share) == (6, 30, 10)
    assert [instrument.class_of(Decimal(value)) for value in ("39.99", "40", "80", "99.99", "100")] == [1, 2, 3, 3, 4]
