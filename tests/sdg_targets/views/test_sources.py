"""Sources: the counts of each import add up, and what was refused says why."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from sdg_targets.models import Dataset, Import, Refusal, Revision
from tests.factories import make_catalogue, make_dataset, observe

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset() -> Dataset:
    make_catalogue()
    observe("KEN", "2015", "6")
    return Dataset.objects.get()


def make_import(dataset: Dataset, state: str = "applied", **given: int) -> Import:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return Import.objects.create(
        dataset=dataset, state=state, file_name=f"{state}.csv", file_size=1, sha256="a" * 64, format="csv",
        vintage="2019.Q2", started_at=at, finished_at=at, revision=Revision.objects.first() if state == "applied" else None,
        **given,
    )  # fmt: skip


def page(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_each_source_has_its_terms_its_counts_and_what_was_read(dataset: Dataset) -> None:
    make_import(dataset, read=1234, new=1200, revised=30, unchanged=4)
    for text in (page("/sources/"), page("/sources/UNSD-SDG/")):
        assert dataset.name_en in text
        for said in ("applied.csv", "2019.Q2", "1,234", "1,200", "aaaaaaaaaaaa"):
            assert said in text
    assert "1 values in 1 series" in page("/sources/")


def test_a_refused_row_stands_with_its_place_rule_and_what_would_be_right(dataset: Dataset) -> None:
    refused = make_import(dataset, read=2, new=1, refused=1)
    Refusal.objects.create(
        of_import=refused, place="line 3", column="value", rule="V03", found="<b>120</b>", expected="from 0 to 100"
    )
    text = page("/sources/UNSD-SDG/")
    for said in ("line 3", "V03", "&lt;b&gt;120", "from 0 to 100"):
        assert said in text


def test_what_was_only_tried_is_not_public(dataset: Dataset) -> None:
    tried = make_import(dataset, state="tried", read=1, refused=1)
    Refusal.objects.create(of_import=tried, place="line 9", rule="V03")
    for path in ("/sources/", "/sources/UNSD-SDG/", "/api/v1/sources/", "/api/v1/sources/UNSD-SDG/"):
        text = page(path)
        assert "tried.csv" not in text
        assert "line 9" not in text


def test_the_first_hundred_refusals_are_shown_and_that_is_said(dataset: Dataset) -> None:
    refused = make_import(dataset, read=101, refused=101)
    Refusal.objects.bulk_create(Refusal(of_import=refused, place=f"line {n}.", rule="V01") for n in range(101))
    text = page("/sources/UNSD-SDG/")
    assert text.count("line ") == 100
    assert "The first 100 are shown" in text


def test_an_empty_catalogue_says_so() -> None:
    assert "No source yet" in page("/sources/")
    make_dataset()
    assert "Nothing has been read yet" in page("/sources/UNSD-SDG/")


def test_a_source_that_is_none_is_not_found() -> None:
    assert Client().get("/sources/nobody/").status_code == 404
