"""A moment of knowledge: now, a day, a revision or a release; what is none is answered with what would be."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.models import Release, Revision
from sdg_targets.queries.known_context import UnknownMoment, known_context, known_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def revisions() -> None:
    for number, month in ((1, 1), (2, 6), (3, 6)):
        Revision.objects.create(number=number, made_at=datetime(2026, month, 15, 12 + number, tzinfo=UTC))
    Release.objects.create(name="2026-01", revision_id=1)


@pytest.mark.parametrize(
    ("as_of", "revision"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        ("0", 0),
        ("1", 1),
        ("003", 3),
        ("2026-01", 1),
        ("2026-01-14", 0),
        ("2026-01-15", 1),
        ("2026-06-14", 1),
        ("2026-06-15", 3),
        (" 2026-06-15 ", 3),
        ("0001-01-01", 0),
        ("9999-12-31", 3),
    ],
)
def test_each_way_of_saying_a_moment(as_of: str | None, revision: int | None) -> None:
    known = known_context(as_of)
    assert known.revision == revision
    assert known.is_now == (revision is None)
    assert known.asked == (as_of or "").strip()


def test_a_name_of_a_release_is_read_as_the_release_before_anything_else() -> None:
    Release.objects.create(name="2026-06-15", revision_id=1)
    Release.objects.create(name="3", revision_id=1)
    assert (known_context("2026-06-15").revision, known_context("3").revision) == (1, 1)


@pytest.mark.parametrize(
    "as_of", ["4", "99999999999999999999", "yesterday", "2026-13-01", "2026-02-30", "٣", "1.0", "-1"]
)
def test_what_is_no_moment_says_what_would_be(as_of: str) -> None:
    with pytest.raises(UnknownMoment) as refused:
        known_context(as_of)
    assert as_of[:10] in str(refused.value)


def test_each_moment_says_itself() -> None:
    assert known_context("2026-01").label == "as in release 2026-01"
    assert known_context("2026-06-20").label == "as known on 2026-06-15, revision 3"
    assert known_context("2020-01-01").label == "before anything was known"
    assert (known_now().label, known_now().made_at) == ("now", Revision.objects.get(number=3).made_at)


def test_on_an_empty_database_now_is_now() -> None:
    Release.objects.all().delete()
    Revision.objects.all().delete()
    assert (known_now().made_at, known_now().is_now) == (None, True)
    assert known_context("2026-01-01").revision == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12) | st.dates().map(str))
def test_whatever_is_asked_is_a_moment_or_a_refusal(as_of: str) -> None:
    try:
        known = known_context(as_of)
    except UnknownMoment:
        return
    assert known.revision in (None, 0, 1, 2, 3)
