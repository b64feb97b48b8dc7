"""The commands that change what is believed of the past, or look after its audit: what they say, do and refuse."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from idm.accounts.models import User
from sdg_targets.models import Revision, SealedRecord, Tombstone
from tests.factories import make_catalogue
from tests.factories.imports import believed, import_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


def run(command: str, *args: Any) -> str:
    out = io.StringIO()
    call_command(command, *map(str, args), stdout=out)
    return out.getvalue()


def test_an_import_is_tried_and_undone(tmp_path: Path, importer: User) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,6")
    made = import_rows(tmp_path, "KEN,2015,_T,7", "FRA,2015,_T,8", complete=True)
    counts = "1 back to the version before, 1 withdrawn, 1 published again, 0 left because something newer stands."
    assert f"would be undone. {counts}" in run("undo_import", made.pk, "--dry-run")
    assert Revision.objects.latest_number() == 2
    told = run("undo_import", made.pk, "--note", "The wrong file", "--by", importer.email)
    assert f"undone in revision 3. {counts}" in told
    assert Revision.objects.get(number=3).by == importer
    for args, said in (
        ((made.pk, "--note", "again"), "was undone in revision 3"),
        ((made.pk,), "Say why"),
        ((0, "--note", "x"), "no import 0"),
        ((made.pk, "--note", "x", "--by", "nobody@example.org"), "no account"),
    ):
        with pytest.raises(CommandError, match=said):
            run("undo_import", *args)


def test_an_import_is_not_undone_by_those_who_do_not_import(tmp_path: Path, reviewer: User) -> None:
    made = import_rows(tmp_path, "KEN,2015,_T,5")
    with pytest.raises(CommandError, match="permission"):
        run("undo_import", made.pk, "--note", "x", "--by", reviewer.email)


def test_a_value_is_withdrawn_and_the_withdrawal_lifted(tmp_path: Path, reviewer: User, importer: User) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5,A,x", "KEN,2015,SEX=F,6,A,x")
    key = ("SI_RMT_COST", "KEN", "2015")
    assert "1 versions would be removed. Nothing was written." in run("withdraw_confidential", *key, "--dry-run")
    assert not Tombstone.objects.exists()
    with pytest.raises(CommandError, match="permission"):
        run("withdraw_confidential", *key, "--reason", "x", "--by", importer.email)
    with pytest.raises(CommandError, match="Say why"):
        run("withdraw_confidential", *key)
    with pytest.raises(CommandError, match="no such observation"):
        run("withdraw_confidential", "SI_RMT_COST", "KEN", "1999", "--reason", "x")
    with pytest.raises(CommandError, match="No withdrawal of this value stands"):
        run("withdraw_confidential", *key, "--lift", "--reason", "x")
    told = run("withdraw_confidential", *key, "--breakdown", "SEX=F", "--reason", "x", "--by", reviewer.email)
    assert told == "SI_RMT_COST KEN 2015 SEX=F: 1 versions removed, in revision 2.\n"
    assert "imports may write it again" in run(
        "withdraw_confidential", *key, "--breakdown", "SEX=F", "--lift", "--reason", "y"
    )
    assert sorted(believed()) == ["KEN 2015"]
    assert [record.deed for record in SealedRecord.objects.order_by("number")] == ["withdrawn", "lifted"]


def test_the_audit_is_verified_and_its_first_broken_record_named(tmp_path: Path) -> None:
    assert run("verify_audit") == "The audit is empty.\n"
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,5", "FRA,2015,_T,5")
    for area in ("KEN", "UGA", "FRA"):
        run("withdraw_confidential", "SI_RMT_COST", area, "2015", "--reason", "x")
    last = SealedRecord.objects.get(number=3).sha256
    assert run("verify_audit") == f"The audit is whole: 3 records. The last checksum is {last}.\n"
    assert "whole" in run("verify_audit", "--contains", last)
    with pytest.raises(CommandError, match="its end was cut off"):
        run("verify_audit", "--contains", "0" * 64)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table sdg_targets_sealedrecord disable trigger user")
        cursor.execute("update sdg_targets_sealedrecord set body = replace(body, 'UGA', 'KEN') where number = 2")
    with pytest.raises(CommandError, match="broken at record 2"):
        run("verify_audit")


def test_there_is_nothing_to_publish() -> None:
    assert run("publish_due_releases") == "0 settled, 0 not yet due.\n"
