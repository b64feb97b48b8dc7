"""Withdrawing for confidentiality: the value is in no table, no answer and no cache any more, and does not come back."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from idm.accounts.models import User
from sdg_targets.actions.confidentiality import (
    CannotWithdraw,
    lift_withdrawal,
    standing_tombstone,
    withdraw_confidential,
)
from sdg_targets.actions.erasing import ERASED
from sdg_targets.actions.imports import import_file
from sdg_targets.actions.undoing import undo_import
from sdg_targets.domain.seals import first_broken
from sdg_targets.models import (
    Dataset,
    Import,
    ImportState,
    Latest,
    Note,
    Observation,
    Refusal,
    Release,
    Revision,
    SealedRecord,
    SeriesCoverage,
    Status,
    Tombstone,
)
from tests.factories import make_catalogue
from tests.factories.imports import believed, import_rows

pytestmark = pytest.mark.django_db
#: Digits that stand nowhere else, in a number that keeps them however a page rounds it, and in texts with it.
CANARY = "83700"
#: What stands between the thousands of a number on a page.
GROUPED = re.compile("(?<=[0-9])[,\u00a0\u202f](?=[0-9])")
VALUE, FORMER = f"{CANARY}.46", f"{CANARY}.4"


@pytest.fixture
def disclosed(tmp_path: Path) -> Observation:
    """A value told in two versions, in its notes, in refused rows and in the problem of a file; others around it."""
    make_catalogue()
    import_rows(tmp_path, f"KEN,2015,_T,{FORMER}", "KEN,2014,_T,6", "UGA,2015,_T,7,A,Another survey", vintage="2019")
    import_rows(tmp_path, f"KEN,2015,_T,{VALUE},A,Told by {CANARY}", f"KEN,2016,_T,{CANARY}x", vintage="2020")
    import_rows(tmp_path, f"KEN,2015,_T,{VALUE}", f"KEN,2015,_T,{CANARY}", vintage="2020")
    for number, name in ((1, "2019"), (2, "2020")):
        Release.objects.create(name=f"Release {name}", revision_id=number)
    return Observation.objects.current().with_names().get(area__code="KEN", period__code="2015")


@pytest.fixture
def committed(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """For tests that commit: a folder of images of their own, and an audit that is empty again, as only its owner can."""
    settings.CHART_CACHE = tmp_path / "charts"
    settings.CHART_CACHE.mkdir()
    yield settings.CHART_CACHE
    with connection.cursor() as cursor:
        cursor.execute(
            "alter table sdg_targets_sealedrecord disable trigger user; delete from sdg_targets_sealedrecord"
        )
        cursor.execute("alter table sdg_targets_sealedrecord enable trigger user")


def withdraw(observation: Observation, by: Any = None) -> Tombstone:
    return withdraw_confidential(observation=observation, by=by, reason="A household could be recognised")


def everything_stored() -> Iterator[tuple[str, str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select t::text from {table} t")
            for (row,) in cursor.fetchall():
                yield table, row


def tables_with_the_canary() -> set[str]:
    return {table for table, row in everything_stored() if CANARY in row}


def test_no_table_holds_it_any_more(disclosed: Observation) -> None:
    assert tables_with_the_canary() == {
        "sdg_targets_observation_current", "sdg_targets_observation_past", "sdg_targets_latest", "sdg_targets_note",
        "sdg_targets_refusal",
    }  # fmt: skip
    tombstone = withdraw(disclosed)
    assert tables_with_the_canary() == set()
    assert (tombstone.versions, tombstone.revision_id, str(tombstone)) == (2, 3, "SI_RMT_COST KEN 2015 _T")
    assert Note.objects.filter(text="A survey").exists(), "another observation names it"


def test_every_moment_since_the_first_reads_suppressed(disclosed: Observation) -> None:
    withdraw(disclosed)
    assert believed(0) == {}
    for revision in (1, 2, 3, None):
        assert believed(revision) == {"KEN 2015": "(Q)", "KEN 2014": "6", "UGA 2015": "7"}
    for row in Observation.objects.filter(area__code="KEN", period__code="2015"):
        assert (row.status, row.value, row.value_text, row.nature) == (Status.SUPPRESSED, None, None, "_X")
        assert row.source_id is None and row.footnote_id is None and row.imported_id is None


def test_what_is_kept_beside_follows(disclosed: Observation) -> None:
    assert SeriesCoverage.objects.get().observations == 3
    assert Latest.objects.get(area__code="KEN").period.code == "2015"
    withdraw(disclosed)
    assert SeriesCoverage.objects.get().observations == 2
    assert Latest.objects.get(area__code="KEN").period.code == "2014"


def test_refused_cells_and_problems_that_told_it_are_emptied(disclosed: Observation, tmp_path: Path) -> None:
    other = Dataset.objects.create(code="OTHER", name_en="Other", provider="Other", reporting_type="G", rank=2)
    elsewhere = import_rows(tmp_path, "KEN,2015,_T,12x", dataset=other)
    unnamed = import_rows(tmp_path, "ZZZ,2015,_T,5", vintage="2020")
    made = Import.objects.filter(state=ImportState.APPLIED).earliest("pk")
    Import.objects.filter(pk=unnamed.pk).update(problem=f"invalid input (line 2: KEN,2015,{VALUE}0)")
    Import.objects.filter(pk=made.pk).update(problem=f"another number: 1{VALUE}")
    withdraw(disclosed)
    assert Import.objects.get(pk=unnamed.pk).problem == ERASED
    assert Import.objects.get(pk=made.pk).problem == f"another number: 1{VALUE}"
    assert set(Refusal.objects.filter(of_import=elsewhere).values_list("found", flat=True)) == {"12x"}
    assert set(Refusal.objects.filter(of_import=unnamed).values_list("found", flat=True)) == {"ZZZ"}
    told = Refusal.objects.exclude(of_import__in=[elsewhere, unnamed])
    assert [(r.rule, r.found) for r in told] == [("V07", ""), ("V18", ""), ("V18", "")]


def answers(client: Client) -> Iterator[tuple[str, str]]:
    """Every public address and every page of the administration that could print it, at every moment."""
    revisions = [0, *Revision.objects.order_by("number").values_list("number", flat=True)]
    moments = [*map(str, revisions), "Release 2019", "Release 2020", ""]
    addresses = ["/", "/releases/", "/sources/", "/sources/UNSD-SDG/", "/api/v1/sources/", "/api/v1/releases/"]
    addresses += [f"/releases/Release {year}/" for year in (2019, 2020)]
    for moment in moments:
        addresses += [
            f"/data/?as_of={moment}",
            f"/countries/KEN/?as_of={moment}",
            f"/indicators/10.c.1/?as_of={moment}",
        ]
        addresses += [f"/indicators/10.c.1/map-years.json?as_of={moment}"] if moment != "0" else []
        addresses += [f"/api/v1/observations/?as_of={moment}&format={form}" for form in ("json", "csv")]
    for since, until in combinations(revisions, 2):
        addresses += [f"/api/v1/changes/?since={since}&until={until}&format={form}" for form in ("json", "csv")]
    admin = "/admin/sdg_targets"
    for page, model in PAGES.items():
        addresses += [
            f"{admin}/{page}/",
            *(f"{admin}/{page}/{pk}/change/" for pk in model.objects.values_list("pk", flat=True)),
        ]
    addresses += [f"{admin}/observation/{pk}/withdraw/" for pk in Observation.objects.values_list("pk", flat=True)]
    addresses += [f"{admin}/import/{pk}/undo/" for pk in Import.objects.values_list("pk", flat=True)]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        content = response.getvalue() if response.streaming else response.content
        yield address, GROUPED.sub("", content.decode())


PAGES: dict[str, Any] = {
    "observation": Observation,
    "import": Import,
    "refusal": Refusal,
    "revision": Revision,
    "release": Release,
    "tombstone": Tombstone,
    "sealedrecord": SealedRecord,
}


@pytest.mark.django_db(transaction=True)  # COPY reads through a connection of its own
@pytest.mark.usefixtures("committed")
def test_no_answer_prints_it_any_more(disclosed: Observation, administrator: User, sign_in: Any) -> None:
    client = sign_in(administrator)
    before = {address for address, text in answers(client) if CANARY in text}
    for part in ("as_of=1&format=csv", "since=0&until=2&format=csv", "/data/", "/countries/", "/releases/", "/admin/"):
        assert any(part in address for address in before), f"the search finds it where it stands: {part}"
    withdraw(disclosed)
    assert [address for address, text in answers(client) if CANARY in text] == []


def test_the_changes_say_suppressed_and_tags_change(disclosed: Observation, anonymous: Client) -> None:
    address = "/api/v1/observations/?as_of=1"
    tag = anonymous.get(address)["ETag"]
    withdraw(disclosed)
    assert anonymous.get(address, headers={"If-None-Match": tag}).status_code == 200
    for since in (0, 1, 2):
        rows = anonymous.get(f"/api/v1/changes/?since={since}&until=3").json()["data"]
        (row,) = [row for row in rows if row["area"] == "KEN" and row["period"] == "2015"]
        assert (row["kind"], row["new_status"], row["revision"]) == ("suppressed", "Q", 3)
        assert (row["old_value"], row["new_value"], row["old_text"], row["new_text"]) == (None,) * 4
    assert len(anonymous.get("/api/v1/changes/?since=2&until=3&kind=suppressed").json()["data"]) == 1
    assert anonymous.get("/api/v1/changes/?since=1&until=2&area=KEN").json()["data"] == []


def test_no_import_brings_it_back(disclosed: Observation, tmp_path: Path) -> None:
    withdraw(disclosed)
    rows = (f"KEN,2015,_T,{VALUE}", "KEN,2014,_T,6", "UGA,2015,_T,8")
    made = import_rows(tmp_path, *rows, vintage="2021", complete=True)
    assert (made.revised, made.unchanged, made.withdrawn, made.refused) == (1, 1, 0, 1)
    assert [(r.rule, r.found) for r in made.refusals.all()] == [("V21", "")]
    assert believed()["KEN 2015"] == "(Q)"
    assert tables_with_the_canary() == set()
    assert import_rows(tmp_path, *rows[1:], vintage="2021", complete=True).state == ImportState.UNCHANGED
    assert believed()["KEN 2015"] == "(Q)", "a complete file does not withdraw the tombstone either"
    other = Dataset.objects.create(code="OTHER", name_en="Other", provider="Other", reporting_type="G", rank=2)
    assert import_rows(tmp_path, "KEN,2015,_T,5", dataset=other).new == 1, "another dataset's figure is another"


def test_nor_does_a_reader_tell_it_that_cannot_read_it(disclosed: Observation, tmp_path: Path) -> None:
    """A number in the publisher's own spelling, which has no key yet where it is refused."""
    path = tmp_path / "remittances.csv"
    path.write_text(f"geo_area,nature,units,year,si_rmt_cost\n404,,,2015,{CANARY};46\n")
    dataset = Dataset.objects.get()
    (told,) = import_file(path, dataset=dataset, by=None).refusals.all()
    assert (told.rule, told.found) == ("R02", f"{CANARY};46")
    withdraw(disclosed)
    assert tables_with_the_canary() == set()
    (told,) = import_file(path, dataset=dataset, by=None).refusals.all()
    assert (told.rule, told.found, told.expected) == ("R02", "", "")
    assert tables_with_the_canary() == set()


def test_undoing_an_import_does_not_bring_it_back(disclosed: Observation) -> None:
    withdraw(disclosed)
    made = Import.objects.get(vintage="2019")
    undo_import(made=made, by=None, note="wrong")
    assert believed() == {"KEN 2015": "(Q)"}
    assert tables_with_the_canary() == set()


def test_once_lifted_it_may_be_published_again(disclosed: Observation, tmp_path: Path) -> None:
    tombstone = withdraw(disclosed)
    lifted = lift_withdrawal(tombstone=tombstone, by=None, reason="Published by the office itself")
    assert not lifted.stands and standing_tombstone(disclosed) is None
    assert believed()["KEN 2015"] == "(Q)", "nothing comes back by itself"
    assert import_rows(tmp_path, "KEN,2015,_T,5", vintage="2021").revised == 1
    assert believed()["KEN 2015"] == "5"
    again = withdraw(Observation.objects.current().with_names().get(area__code="KEN", period__code="2015"))
    assert again.versions == 3
    assert [believed(revision)["KEN 2015"] for revision in range(1, 6)] == ["(Q)"] * 5


def test_the_audit_is_sealed_and_holds_no_value(disclosed: Observation, reviewer: User) -> None:
    tombstone = withdraw(disclosed, by=reviewer)
    lift_withdrawal(tombstone=tombstone, by=reviewer, reason="An error")
    records = list(SealedRecord.objects.order_by("number"))
    assert [(r.deed, r.by) for r in records] == [("withdrawn", reviewer), ("lifted", reviewer)]
    assert json.loads(records[0].body) == {
        "dataset": "UNSD-SDG", "series": "SI_RMT_COST", "area": "KEN", "period": "2015", "breakdown": "_T",
        "revision": 3, "versions": 2, "notes": 1, "texts": 3, "reason": "A household could be recognised",
    }  # fmt: skip
    assert first_broken(record.sealed for record in records) is None


def test_who_may_and_what_is_asked_for(disclosed: Observation, importer: User, administrator: User) -> None:
    for person, reason, refusal in (
        (importer, "why", PermissionDenied),
        (administrator, " ", CannotWithdraw),
    ):
        with pytest.raises(refusal):
            withdraw_confidential(observation=disclosed, by=person, reason=reason)
    assert believed()["KEN 2015"] == VALUE and not Tombstone.objects.exists()
    tombstone = withdraw(disclosed, by=administrator)
    with pytest.raises(CannotWithdraw, match="withdrawn before"):
        withdraw(Observation.objects.current().with_names().get(area__code="KEN", period__code="2015"))
    for person, reason, refusal in (
        (importer, "why", PermissionDenied),
        (administrator, "", CannotWithdraw),
    ):
        with pytest.raises(refusal):
            lift_withdrawal(tombstone=tombstone, by=person, reason=reason)
    lift_withdrawal(tombstone=tombstone, by=administrator, reason="why")
    with pytest.raises(CannotWithdraw, match="lifted before"):
        lift_withdrawal(tombstone=tombstone, by=administrator, reason="why")


def test_an_observation_that_is_gone_cannot_be_withdrawn(disclosed: Observation) -> None:
    disclosed.period_id = Observation.objects.current().get(period__code="2014").period_id
    disclosed.area_id = Observation.objects.current().get(area__code="UGA").area_id
    with pytest.raises(CannotWithdraw, match="no such observation"):
        withdraw(disclosed)


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_images_and_samples_go_too(disclosed: Observation, committed: Path) -> None:
    """The planner keeps samples of every column: a value stands there as it does in its table."""
    (committed / "kept-light.svg").write_text(VALUE)
    with connection.cursor() as cursor:
        cursor.execute("analyze sdg_targets_observation_past, sdg_targets_note")
        cursor.execute("select count(*) from pg_stats where (pg_stats)::text like %s", [f"%{CANARY}%"])
        assert cursor.fetchone() > (0,)
    withdraw(disclosed)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stats where (pg_stats)::text like %s", [f"%{CANARY}%"])
        assert cursor.fetchone() == (0,)
    assert list(committed.iterdir()) == []
