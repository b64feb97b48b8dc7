"""Revisions are numbered without gaps, in the order of time, only inside the transaction that writes them."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from sdg_targets.models import Release, Revision

pytestmark = pytest.mark.django_db


def test_numbers_have_no_gaps_and_times_increase() -> None:
    taken = [Revision.objects.take(note=f"turn {turn}") for turn in range(5)]
    assert [revision.number for revision in taken] == [1, 2, 3, 4, 5]
    assert all(earlier.made_at < later.made_at for earlier, later in itertools.pairwise(taken))
    assert Revision.objects.latest_number() == 5


def test_a_number_that_was_not_kept_is_given_out_again() -> None:
    with transaction.atomic():
        Revision.objects.take()
        transaction.set_rollback(True)
    assert Revision.objects.latest_number() == 0
    assert Revision.objects.take().number == 1


def test_two_revisions_of_one_instant_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    first, second = Revision.objects.take(), Revision.objects.take()
    assert second.made_at - first.made_at == timedelta(microseconds=1)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given_out() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        Revision.objects.take()
    assert not Revision.objects.exists()


def test_the_end_of_a_day_is_that_of_utc() -> None:
    for number, hour in ((1, 0), (2, 23)):
        Revision.objects.create(number=number, made_at=datetime(2026, 6, 15, hour, 59, 59, 999_999, tzinfo=UTC))
    assert Revision.objects.made_by_end_of(date(2026, 6, 14)).count() == 0
    assert Revision.objects.made_by_end_of(date(2026, 6, 15)).count() == 2


def test_a_revision_that_has_a_name_is_not_deleted() -> None:
    revision = Revision.objects.take()
    Release.objects.create(name="2026-11", revision=revision)
    with pytest.raises(ProtectedError):
        revision.delete()
    assert str(Release.objects.get()) == "2026-11"
