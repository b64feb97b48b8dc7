"""Answers kept in memory: by tag, up to so many bytes, and never older than what they tell of."""

import json
from typing import Any

import pytest
from django.test import Client

from sdg_targets.actions.confidentiality import withdraw_confidential
from sdg_targets.models import MigrationProfile, Observation
from sdg_targets.web.kept import KEPT, LONGEST, Answer, Kept
from tests.factories import make_catalogue, observe, write_rows
from tests.factories.observations import row

URL = "/api/v1/observations/?area=KEN"


def test_the_answer_asked_for_longest_ago_goes_first() -> None:
    kept = Kept(most=30)
    for tag in ("a", "b", "c"):
        kept.put(tag, Answer(tag.encode() * 10), revision=1)
    assert kept.get("a", revision=1) == Answer(b"a" * 10)
    kept.put("d", Answer(b"d" * 10), revision=1)
    assert [bool(kept.get(tag, revision=1)) for tag in "abcd"] == [True, False, True, True]


def test_the_same_tag_again_takes_no_more_room() -> None:
    kept = Kept(most=20)
    kept.put("a", Answer(b"1" * 10), revision=1)
    for _again in range(5):
        kept.put("b", Answer(b"2" * 10), revision=1)
    assert kept.get("a", revision=1) and kept.get("b", revision=1)


def test_a_very_long_answer_is_not_kept_and_everything_can_be_let_go() -> None:
    kept = Kept()
    kept.put("long", Answer(b"x" * (LONGEST + 1)), revision=1)
    kept.put("short", Answer(b"x"), revision=1)
    assert kept.get("long", revision=1) is None and kept.get("short", revision=1)
    kept.clear()
    assert kept.get("short", revision=1) is None


def test_nothing_is_kept_of_another_revision_than_the_one_that_is_seen() -> None:
    kept = Kept()
    kept.put("old", Answer(b"withdrawn"), revision=1)
    assert kept.get("other", revision=2) is None
    assert kept.get("old", revision=1) is None
    kept.put("old", Answer(b"withdrawn"), revision=1)
    kept.put("new", Answer(b"x"), revision=2)
    assert kept.get("old", revision=2) is None and kept.get("new", revision=2)


@pytest.mark.django_db
def test_a_withdrawn_value_is_in_memory_no_more_once_its_revision_was_seen(administrator: Any) -> None:
    make_catalogue()
    write_rows([row("KEN", "2015", "31.4159"), row("UGA", "2015", "5")])
    tag = Client().get(URL)["ETag"]
    held = KEPT.get(tag, revision=1)
    assert held is not None and b"31.4159" in held.body
    observation = Observation.objects.get(area__code="KEN")
    withdraw_confidential(observation=observation, by=administrator, reason="Disclosed by mistake")
    Client().get(URL.replace("KEN", "UGA"))
    assert all(b"31.4159" not in answer.body for answer in KEPT._answers.values())


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
    assert KEPT.get(answers["fr"], revision=1) is not None
