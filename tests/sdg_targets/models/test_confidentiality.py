"""The audit in the database: rows are added in order and never changed, deleted or emptied out, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from sdg_targets.domain.seals import GENESIS, first_broken
from sdg_targets.models import Deed, Release, Revision, SealedRecord
from tests.factories import make_catalogue, observe

pytestmark = pytest.mark.django_db


def refused_by(statement: str) -> str:
    """The name of the constraint that refuses a statement."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # no table with checks to come can be emptied
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    name: str = refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return name


def test_records_are_chained_and_the_database_agrees_with_their_checksums() -> None:
    for number in range(3):
        SealedRecord.objects.add(by=None, deed=Deed.WITHDRAWN, facts={"area": "Côte d’Ivoire", "n": number})
    records = list(SealedRecord.objects.order_by("number"))
    assert [r.number for r in records] == [1, 2, 3]
    assert records[0].previous == GENESIS
    assert first_broken(r.sealed for r in records) is None


@pytest.mark.parametrize(
    "statement",
    [
        "update sdg_targets_sealedrecord set body = '{}' where number = 1",
        "update sdg_targets_sealedrecord set by_id = null",
        "delete from sdg_targets_sealedrecord where number = 2",
        "truncate sdg_targets_sealedrecord",
    ],
)
def test_nothing_that_is_sealed_changes(statement: str) -> None:
    for _turn in range(2):
        SealedRecord.objects.add(by=None, deed=Deed.LIFTED, facts={})
    assert refused_by(statement) == "sealed_record_is_kept"
    assert SealedRecord.objects.count() == 2


@pytest.mark.parametrize(
    "change", ["number = 4", "previous = repeat('0', 64)", "sha256 = repeat('1', 64)", "body = 'x'"]
)
def test_a_record_that_does_not_continue_the_chain_is_refused(change: str) -> None:
    SealedRecord.objects.add(by=None, deed=Deed.LIFTED, facts={})
    second = SealedRecord.objects.add(by=None, deed=Deed.LIFTED, facts={})
    column = change.partition(" ")[0]
    values = {"number": "3", "previous": f"'{second.sha256}'", "sha256": "repeat('2', 64)", "body": "''"}
    values[column] = change.partition("= ")[2]
    statement = f"""insert into sdg_targets_sealedrecord (number, made_at, deed, body, previous, sha256)
        values ({values["number"]}, now(), 'lifted', {values["body"]}, {values["previous"]}, {values["sha256"]})"""
    assert refused_by(statement) == "sealed_record_continues_the_chain"


def test_an_empty_audit_may_be_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("truncate sdg_targets_sealedrecord")
    assert not SealedRecord.objects.exists()


def test_a_release_keeps_its_name_and_its_revision() -> None:
    make_catalogue()
    observe()
    observe("UGA")
    Release.objects.create(name="2020-10", revision=Revision.objects.get(number=1))
    for change in ("name = 'other'", "revision_id = 2", "revision_id = null, due_at = now()"):
        assert refused_by(f"update sdg_targets_release set {change}") == "release_is_kept"
    Release.objects.update(note="said later")
    assert Release.objects.get().note == "said later"
