"""Everything ever known of an observation, and what became of the rows of an import."""

from pathlib import Path

import pytest

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Import, Observation, Refusal
from sdg_targets.queries.history import account_of, history_of
from tests.factories import make_catalogue, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db
HEADING = "series,area,period,breakdown,value\n"


def test_versions_are_newest_first_with_the_revisions_that_brought_and_replaced_them(tmp_path: Path) -> None:
    dataset, _series = make_catalogue()
    path = tmp_path / "a.csv"
    for vintage, value in (("2019.Q2.G.01", "5"), ("2019.Q3.G.01", "6")):
        path.write_text(HEADING + f"SI_RMT_COST,KEN,2015,_T,{value}\n")
        import_file(path, dataset=dataset, by=None, options=Options(vintage=vintage))
    versions = history_of(Observation.objects.current().get())
    assert [(str(v.row.value), v.vintage) for v in versions] == [("6", "2019.Q3.G.01"), ("5", "2019.Q2.G.01")]
    newest, first = versions
    assert newest.until is None and first.until == newest.since
    assert first.known_since is not None and newest.known_since is not None
    assert first.known_since < newest.known_since
    assert history_of(first.row) == versions


def test_a_withdrawn_observation_keeps_its_history() -> None:
    make_catalogue()
    write_rows([row("KEN"), row("UGA")])
    write_rows([row("UGA")], complete=True)
    gone = Observation.objects.get(area__code="KEN")
    (version,) = history_of(gone)
    assert version.until is not None and version.until.number == 2
    assert version.vintage == ""


def test_the_account_of_an_import_adds_up_and_names_each_rule(tmp_path: Path) -> None:
    dataset, _series = make_catalogue()
    path = tmp_path / "a.csv"
    lines = ["KEN,2015,_T,5", *(f"ZZZ,{year},_T,5" for year in range(2000, 2030)), "KEN,20222,_T,5", "ZZZ,x,_T,5"]
    path.write_text(HEADING + "".join(f"SI_RMT_COST,{line}\n" for line in lines))
    made = import_file(path, dataset=dataset, by=None)
    account = account_of(made, first=3)
    assert account.accounted == made.read == 33
    assert {rule.number: rule.rows for rule in account.rules} == {"V02": 31, "V03": 2, "V04": 3}
    assert all(rule.sentence.endswith(".") for rule in account.rules)
    assert [refusal.place for refusal in account.first] == ["line 3", "line 4", "line 5"]
    assert account.recorded == Refusal.objects.count() == 36


def test_rules_of_readers_have_their_sentence_too(tmp_path: Path) -> None:
    dataset, _series = make_catalogue()
    path = tmp_path / "a.csv"
    path.write_text("geo_area,nature,units,year,si_rmt_cost\n999,C,PT,2015,5\n404,C,PT\n")
    account = account_of(import_file(path, dataset=dataset, by=None))
    assert {rule.number for rule in account.rules} == {"R01", "R03"}
    assert all(rule.sentence for rule in account.rules)
    assert Import.objects.get().refused == 2
