"""Answers kept in memory: by tag, up to so many bytes, and never older than what they tell of."""

import json
from typing import Any

import pytest
from django.test import Client

from sdg_targets.models import MigrationProfile
from sdg_targets.web.kept import KEPT, LONGEST, Answer, Kept
from tests.factories import make_catalogue, observe

URL = "/api/v1/observations/?area=KEN"


def test_the_answer_asked_for_longest_ago_goes_first() -> None:
    kept = Kept(most=30)
    for tag in ("a", "b", "c"):
        kept.put(tag, Answer(tag.encode() * 10))
    assert kept.get("a") == Answer(b"a" * 10)
    kept.put("d", Answer(b"d" * 10))
    assert [bool(kept.get(tag)) for tag in "abcd"] == [True, False, True, True]


def test_the_same_tag_again_takes_no_more_room() -> None:
    kept = Kept(most=20)
    kept.put("a", Answer(b"1" * 10))
    for _again in range(5):
        kept.put("b", Answer(b"2" * 10))
    assert kept.get("a") and kept.get("b")


def test_a_very_long_answer_is_not_kept_and_everything_can_be_let_go() -> None:
    kept = Kept()
    kept.put("long", Answer(b"x" * (LONGEST + 1)))
    kept.put("short", Answer(b"x"))
    assert kept.get("long") is None and kept.get("short")
    kept.clear()
    assert kept.get("short") is None


def read() -> dict[str, Any]:
    response = Client().get(URL)
    assert response.status_code == 200
    return dict(json.loads(response.content))


@pytest.mark.django_db
def test_what_is_written_and_what_the_catalogue_says_is_in_the_next_answer() -> None:
    indicator_profile = MigrationProfile
    make_catalogue()
    observe("KEN", "2015", "5")
    KEPT.clear()
    first = read()
    assert read() == first
    observe("KEN", "2015", "6")
    assert [row["value"] for row in read()["data"]] == [6]
    before = read()
    indicator_profile.objects.update(notice_en="A new notice.", may_map=False)
    after = read()
    assert after["data"] == before["data"] and after != before


@pytest.mark.django_db
def test_each_language_has_its_own() -> None:
    make_catalogue()
    observe("KEN", "2015", "5")
    answers = {
        language: Client().get(URL, headers={"accept-language": language})["ETag"] for language in ("en", "fr", "en")
    }
    assert len(set(answers.values())) == 2
    assert KEPT.get(answers["fr"]) is not None
