"""What is said beside figures: read once for each state of the catalogue, and anew as soon as that is another."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sdg_targets.models import Dataset, MigrationProfile, Series
from sdg_targets.queries.observation_lists import freshness
from sdg_targets.queries.series_notes import series_notes
from tests.factories import make_catalogue, make_series, make_supplementary, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()
    make_series("OTHER")


def notice_of(series: Series, language: str = "en") -> str:
    return str(json.loads(series_notes([series.pk], language, freshness())[series.code])["notice"])


def test_what_was_read_is_not_read_again_in_the_same_state() -> None:
    ids = list(Series.objects.values_list("pk", flat=True))
    first = series_notes(ids, "en", freshness())
    state = freshness()
    with CaptureQueriesContext(connection) as queries:
        assert series_notes(ids, "en", state) == first
    assert len(queries) == 0
    assert list(first) == list(Series.objects.order_by("position", "code").values_list("code", flat=True))


def test_each_language_has_its_own_words() -> None:
    MigrationProfile.objects.update(notice_en="With care.", notice_fr="Avec soin.")
    series = Series.objects.get(code="OTHER")
    said = [notice_of(series, language) for language in ("en", "fr", "en")]
    assert said == ["With care.", "Avec soin.", "With care."]


def test_a_changed_notice_is_said_at_once() -> None:
    series = Series.objects.get(code="OTHER")
    for notice in ("Once.", "Twice.", "Once."):
        MigrationProfile.objects.update(notice_en=notice)
        assert notice_of(series) == notice


def test_the_note_of_a_dataset_stands_beside_a_supplementary_series_as_soon_as_it_changes() -> None:
    dataset, series = make_supplementary()
    write_rows([row("KEN", "2014", "3", series=series.code)], dataset=dataset)
    before = notice_of(series)
    Dataset.objects.filter(pk=dataset.pk).update(note_en="Another minimum.")
    assert before != "Another minimum."
    assert notice_of(series) == "Another minimum."
