"""Conditional answers: a tag for each representation, 304 only where the reader has these very bytes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date

from sdg_targets.models import Revision
from tests.factories import make_catalogue, observe

pytestmark = pytest.mark.django_db
FIGURES = "/api/v1/observations/?area=KEN"


@pytest.fixture(autouse=True)
def figures() -> None:
    make_catalogue()
    observe()


def get(path: str = FIGURES, **headers: str) -> Any:
    return Client().get(path, headers=headers)


def test_each_representation_has_its_own_tag_and_keeps_it() -> None:
    def tags() -> list[str]:
        return [
            get()["ETag"],
            get(**{"accept-language": "fr"})["ETag"],
            get(f"{FIGURES}&page_size=1")["ETag"],
            get(f"{FIGURES}&format=csv")["ETag"],
            get("/api/v1/goals/")["ETag"],
            get("/api/v1/goals/?format=csv")["ETag"],
        ]

    first = tags()
    assert len(set(first)) == len(first)
    assert tags() == first


def test_figures_are_unchanged_since_their_last_revision_and_changed_after_it() -> None:
    made = Revision.objects.get().made_at
    assert get()["Last-Modified"] == http_date(made.timestamp())
    assert get(**{"if-modified-since": http_date(made.timestamp())}).status_code == 304
    assert get(**{"if-modified-since": http_date((made - timedelta(days=1)).timestamp())}).status_code == 200
    assert get(**{"if-modified-since": "yesterday"}).status_code == 200


def test_a_tag_is_asked_before_a_date_and_a_new_revision_has_another() -> None:
    tag, later = get()["ETag"], http_date((Revision.objects.get().made_at + timedelta(days=1)).timestamp())
    assert get(**{"if-none-match": '"other"', "if-modified-since": later}).status_code == 200
    assert get(**{"if-none-match": f'"other", W/{tag}'}).status_code == 304
    observe("UGA", "2015", "2")
    assert get(**{"if-none-match": tag}).status_code == 200


def test_a_reader_of_french_is_never_told_that_the_english_answer_is_unchanged() -> None:
    tag = get()["ETag"]
    assert get(**{"if-none-match": tag, "accept-language": "fr"}).status_code == 200


@pytest.mark.parametrize("path", [FIGURES, "/api/v1/goals/"])
def test_a_condition_that_does_not_hold_is_a_problem(path: str) -> None:
    refused = get(path, **{"if-match": '"other"'})
    assert (refused.status_code, refused["Content-Type"]) == (412, "application/problem+json")
    assert get(path, **{"if-match": get(path)["ETag"]}).status_code == 200


def test_a_304_says_what_the_answer_varies_by_and_holds_nothing() -> None:
    first = get()
    again = get(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert {"Accept", "Accept-Language"} <= set(again["Vary"].split(", "))


@pytest.mark.parametrize("path", [FIGURES, "/api/v1/goals/", "/api/v1/areas/"])
def test_nothing_is_packed_unless_asked_for(path: str) -> None:
    assert "Content-Encoding" not in get(path)
    assert "Content-Encoding" not in get(path, **{"accept-encoding": "identity"})


def test_what_is_packed_has_a_tag_that_is_still_understood() -> None:
    for number in range(30):
        observe("UGA", str(1980 + number), "1")
    long = "/api/v1/observations/"
    packed = get(long, **{"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and packed["ETag"].startswith('W/"')
    assert "Accept-Encoding" in packed["Vary"]
    assert get(long, **{"accept-encoding": "gzip", "if-none-match": packed["ETag"]}).status_code == 304


def test_a_mistake_has_no_tag_and_is_kept_by_nobody() -> None:
    refused = get("/api/v1/observations/?bogus=1")
    assert "ETag" not in refused and "public" not in refused.get("Cache-Control", "")
