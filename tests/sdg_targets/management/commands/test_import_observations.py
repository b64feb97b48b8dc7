"""``manage.py import_observations``: says what happened, to the row; writes nothing when told so; fails when files do."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sdg_targets.models import Dataset, Import, ImportState, Observation, Revision
from tests.factories import make_catalogue
from tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
HEADING = "series,area,period,breakdown,value\n"


@pytest.fixture(autouse=True)
def dataset() -> Dataset:
    return make_catalogue()[0]


def file(folder: Path, *lines: str, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_text(HEADING + "".join(f"SI_RMT_COST,{line}\n" for line in lines))
    return path


def run(*args: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_observations", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_it_says_what_became_of_every_row(tmp_path: Path) -> None:
    path = file(tmp_path, "KEN,2015,_T,5", "KEN,2015,_T,5.0", "ZZZ,2015,_T,5")
    assert run(path).replace(f" Import {Import.objects.get().pk}.", "").splitlines() == [
        "figures.csv: Applied. Read 3: 1 new, 0 revised, 0 unchanged, 1 repeated, 0 gathered, 1 refused; 0 withdrawn.",
        "  V02 The reference area is in the list of areas. Rows: 1.",
        "    line 4: area 'ZZZ'",
    ]
    assert "Nothing changed. Read 3: 0 new, 0 revised, 1 unchanged" in run(path)


def test_a_trial_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    told = run(file(tmp_path, "KEN,2015,_T,5"), "--dry-run")
    assert "Tried, nothing written. Read 1: 1 new" in told
    assert not Observation.objects.exists()
    assert Import.objects.get().state == ImportState.TRIED


def test_an_older_publication_needs_the_word_for_it(tmp_path: Path) -> None:
    run(file(tmp_path, "KEN,2015,_T,5"), "--vintage", "2020-10")
    older = file(tmp_path, "KEN,2015,_T,4", "KEN,2014,_T,3", name="older.csv")
    with pytest.raises(CommandError, match="1 of 1 files were refused; nothing of them was written"):
        run(older, "--vintage", "2019.Q3.G.01")
    assert "1 new, 0 revised, 1 unchanged" in run(older, "--vintage", "2019.Q3.G.01", "--backfill")


def test_what_a_complete_file_lacks_is_withdrawn(tmp_path: Path) -> None:
    run(file(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,5"))
    assert "1 withdrawn" in run(file(tmp_path, "KEN,2015,_T,5"), "--complete")


def test_refusals_are_grouped_by_rule_with_their_first_places(tmp_path: Path) -> None:
    lines = [*(f"ZZZ,{year},_T,5" for year in range(2000, 2010)), "KEN,2015,_T,x", "KEN,2016,_T,"]
    told = run(file(tmp_path, *lines), "--show", "2").splitlines()
    number = Import.objects.get().pk
    assert told[1:] == [
        "  V02 The reference area is in the list of areas. Rows: 10.",
        "    line 2: area 'ZZZ'",
        "    line 3: area 'ZZZ'",
        f"    ... and 8 more in the record of the import (number {number}).",
        "  V07 A value is a plain number, such as 1234.5. Rows: 1.",
        "    line 12: value 'x'",
        "  V09 Where there is no value, the status says why (L, M, O, Q or K). Rows: 1.",
        "    line 13: status ''",
    ]


def test_every_refusal_of_all_files_is_written_to_a_report(tmp_path: Path) -> None:
    report = tmp_path / "refusals.csv"
    first = file(tmp_path, *(f"ZZZ,{year},_T,5" for year in range(2000, 2010)), name="first.csv")
    run(first, file(tmp_path, "KEN,2015,_T,=1+1", name="second.csv"), "--dry-run", "--report", report)
    rows = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["file"], row["place"], row["rule"]) for row in rows] == [
        *(("first.csv", f"line {2 + n}", "V02") for n in range(10)),
        ("second.csv", "line 2", "V07"),
    ]
    assert (rows[-1]["found"], rows[-1]["sentence"]) == ("'=1+1", "A value is a plain number, such as 1234.5.")


def test_a_report_that_cannot_be_written_is_said_before_anything_is_imported(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no folder .*nowhere for the report\. Nothing was imported"):
        run(file(tmp_path, "KEN,2015,_T,5"), "--report", tmp_path / "nowhere" / "a.csv")
    assert not Import.objects.exists()


def test_a_folder_is_taken_as_one_and_refused_in_words_where_no_reader_knows_it(tmp_path: Path) -> None:
    folder = tmp_path / "national"
    folder.mkdir()
    file(folder, "KEN,2015,_T,5")
    with pytest.raises(CommandError, match="1 of 1 files were refused"):
        run(folder)
    record = Import.objects.get()
    assert (record.file_name, record.file_size) == ("national", (folder / "figures.csv").stat().st_size)
    assert "No reader knows this folder (1 files)" in record.problem


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_taken(tmp_path: Path) -> None:
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\x89PNG")
    with pytest.raises(CommandError, match="1 of 2 files were refused"):
        run(odd, file(tmp_path, "KEN,2015,_T,5"))
    assert Observation.objects.count() == 1
    assert "No reader knows" in Import.objects.get(state=ImportState.REFUSED).problem


def test_a_file_that_is_not_there_stops_everything_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no such file: .*nowhere\.csv.* Nothing was imported"):
        run(file(tmp_path, "KEN,2015,_T,5"), tmp_path / "nowhere.csv")
    assert not Import.objects.exists()


def test_a_dataset_that_is_none_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no dataset NONE\. Known: UNSD-SDG"):
        run(file(tmp_path, "KEN,2015,_T,5"), "--dataset", "NONE")


def test_the_record_says_whose_import_it_is_and_from_where(tmp_path: Path) -> None:
    make_account("importer")
    make_account(None)
    path = file(tmp_path, "KEN,2015,_T,5")
    with pytest.raises(CommandError, match=r"There is no account nobody@example\.org"):
        run(path, "--by", "nobody@example.org")
    with pytest.raises(CommandError, match="outsider may not import"):
        run(path, "--by", "outsider@example.org")
    run(path, "--by", "Importer@example.org", "--origin", "https://unstats.un.org")
    record = Import.objects.get()
    assert (record.by.email, record.origin, record.state) == (
        "importer@example.org",
        "https://unstats.un.org",
        "applied",
    )
    assert record.revision.by == record.by
    assert record.started_at <= record.finished_at


def test_on_a_terminal_a_bar_shows_how_far_it_is_and_elsewhere_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        run(file(tmp_path, "KEN,2015,_T,5"))
        assert ("figures.csv" in stream.getvalue()) is drawn


def test_why_figures_are_revised_is_said_of_the_revision(tmp_path: Path) -> None:
    run(file(tmp_path, "KEN,2015,_T,5"))
    run(file(tmp_path, "KEN,2015,_T,6"), "--reason", "method", "--note", "Counted anew", "--break")
    first, second = Revision.objects.order_by("number")
    assert (first.reason, first.note, first.is_break) == ("routine", "UNSD-SDG", False)
    assert (second.reason, second.note, second.is_break) == ("method", "Counted anew", True)
    with pytest.raises(CommandError, match="invalid choice"):
        run(file(tmp_path, "KEN,2015,_T,6"), "--reason", "mood")
