"""Imports: whole or not at all, every row accounted for, the same file again changes nothing."""

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.domain.roles import Permission
from sdg_targets.domain.rows import KEY, OPTIONAL
from sdg_targets.models import Dataset, Import, ImportState, Mandate, Observation, Period, Refusal, Revision
from sdg_targets.permissions import can
from tests.factories import make_catalogue, make_dataset, observe
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HEADING = "series,area,period,breakdown,value,status,source\n"


@pytest.fixture
def dataset() -> Dataset:
    return make_catalogue()[0]


def csv_file(folder: Path, *lines: str, name: str = "figures.csv", heading: str = HEADING) -> Path:
    path = folder / name
    path.write_text(heading + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def current() -> dict[str, str | None]:
    return {
        f"{o.area.code} {o.period.code} {o.breakdown.key}": None if o.value is None else str(o.value)
        for o in Observation.objects.current().with_names()
    }


def test_a_file_is_written_and_the_record_says_what_happened(tmp_path: Path, dataset: Dataset) -> None:
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,6.20,A,A survey", "SI_RMT_COST,UGA,2015,SEX=F,,L,")
    record = import_file(path, dataset=dataset, by=None, options=Options(vintage="2019.Q2.G.01", origin="here"))
    assert (record.state, record.read, record.new, record.revision_id) == (ImportState.APPLIED, 2, 2, 1)
    assert (record.file_name, record.file_size, len(record.sha256)) == ("figures.csv", path.stat().st_size, 64)
    assert (record.vintage, record.origin, record.series_codes) == ("2019.Q2.G.01", "here", ["SI_RMT_COST"])
    assert current() == {"KEN 2015 _T": "6.20", "UGA 2015 SEX=F": None}
    kept = Observation.objects.with_names().get(area__code="KEN")
    assert (kept.source.text, kept.imported_id) == ("A survey", record.pk)


def test_the_same_file_again_changes_nothing(tmp_path: Path, dataset: Dataset) -> None:
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,6.20,A,A survey")
    import_file(path, dataset=dataset, by=None)
    again = import_file(path, dataset=dataset, by=None)
    assert (again.state, again.unchanged, again.revision_id) == (ImportState.UNCHANGED, 1, None)
    assert Revision.objects.latest_number() == 1


def test_rows_that_break_a_rule_are_refused_alone_with_line_value_and_what_would_be_right(
    tmp_path: Path, dataset: Dataset
) -> None:
    path = csv_file(
        tmp_path,
        "SI_RMT_COST,KEN,2015,_T,5,A,x",
        "SI_RMT_COST,ZZZ,2015,_T,5,A,x",
        "SI_RMT_COST,UGA,2015,_T,1;5,A,x",
        "SI_RMT_COST,FRA,2015,_T,,A,x",
        "SI_RMT_COST,001,2015,_T,7,A,x",
        "SI_RMT_COST,001,2015,_T,8,A,x",
        "SI_RMT_COST,KEN,2015,_T,5.0,A,x",
    )
    record = import_file(path, dataset=dataset, by=None)
    assert (record.read, record.new, record.refused, record.repeated) == (7, 1, 5, 1)
    refused = [(r.place, r.rule, r.column, r.found) for r in record.refusals.all()]
    assert refused == [
        ("line 3", "V02", "area", "ZZZ"),
        ("line 4", "V07", "value", "1;5"),
        ("line 5", "V09", "status", "A"),
        ("line 6", "V18", "value", "7"),
        ("line 7", "V18", "value", "8"),
    ]
    assert all(r.expected for r in record.refusals.all())
    assert current() == {"KEN 2015 _T": "5"}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path: Path, dataset: Dataset) -> None:
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x", "SI_RMT_COST,ZZZ,2015,_T,5,A,x")
    record = import_file(path, dataset=dataset, by=None, options=Options(dry_run=True))
    assert (record.state, record.new, record.refused, record.revision_id) == (ImportState.TRIED, 1, 1, None)
    assert record.refusals.count() == 1
    assert not Observation.objects.exists() and not Period.objects.exists() and not Revision.objects.exists()


def test_what_is_said_of_a_revision_is_written_with_it_and_an_unknown_reason_refuses(
    tmp_path: Path, dataset: Dataset
) -> None:
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x")
    refused = import_file(path, dataset=dataset, by=None, options=Options(reason="mood"))
    assert (refused.state, Revision.objects.exists()) == (ImportState.REFUSED, False)
    assert "A reason is one of routine, error, method, rebasing, boundary, not mood." in refused.problem
    options = Options(reason="boundary", note="A country became two", is_break=True)
    import_file(path, dataset=dataset, by=None, options=options)
    revision = Revision.objects.get()
    assert (revision.reason, revision.note, revision.is_break) == ("boundary", "A country became two", True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "No reader knows"),
        (b"\x89PNG\r\n", "No reader knows"),
        (b"series,area,period,breakdown,value\nS,KEN,2015\n", "missing data for column"),
        (b"series,area,period,breakdown,value\nS,KEN,2015,_T,\xff\n", "invalid byte sequence"),
        (b"series,area,period,breakdown,value\nS,KEN,2015,_T,\x00\n", "invalid byte sequence"),
        (b'series,area,period,breakdown,value\nS,"KEN,2015,_T,5\n', "unterminated"),
        (b"series,area,period,breakdown,value,vintage\nS,KEN,2015,_T,5,a\nS,KEN,2016,_T,5,b\n", "one vintage"),
        (b"series,area,period,breakdown,value,dataset\nS,KEN,2015,_T,5,OTHER\n", "of the dataset OTHER"),
        (b"\x1f\x8bnot gzip at all", "not whole gzip"),
        (b'{"refAreas": {}}', "no list of reference areas"),
        (b'{"seriesCode": "S", "release": "' + b"x" * 41 + b'", "refAreas": []}', "at most 40 signs"),
        (b"geo_area,nature,units,year,s\n4,c,pt,2015,\xff\n", "not UTF-8"),
        (b'geo_area,nature,units,year,s\n4,c,pt,2015,"5\n', "no CSV (at line 2)"),
        (b"Entity,Code,Year,1 - x - SI_RMT_COST - All y\nKenya,KEN,2015,\xff\n", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole_and_recorded(
    tmp_path: Path, dataset: Dataset, content: bytes, said: str
) -> None:
    path = tmp_path / "odd.bin"
    path.write_bytes(content)
    record = import_file(path, dataset=dataset, by=None)
    assert record.state == ImportState.REFUSED
    assert said in record.problem
    assert not Observation.objects.exists()


def test_a_malformed_line_is_named(tmp_path: Path, dataset: Dataset) -> None:
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x", "SI_RMT_COST,KEN")
    assert 'missing data for column "period" (line 3: ' in import_file(path, dataset=dataset, by=None).problem


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_refused_row_is_found_on_its_line_though_cells_before_it_hold_line_breaks(
    tmp_path: Path, dataset: Dataset, end: str
) -> None:
    lines = [
        HEADING.strip(),
        "SI_RMT_COST,ZZZ,2014,_T,5,A,x",
        'SI_RMT_COST,KEN,2015,_T,5,A,"two',
        'lines"',
        "SI_RMT_COST,ZZZ,2015,_T,5,A,x",
        'SI_RMT_COST,ZZZ,2016,_T,5,A,"a',
        "",
        'b"',
        "SI_RMT_COST,ZZZ,2017,_T,5,A,x",
    ]
    path = tmp_path / "figures.csv"
    path.write_bytes(end.join([*lines, ""]).encode())
    record = import_file(path, dataset=dataset, by=None)
    assert [(r.place, r.rule) for r in record.refusals.all()] == [
        (f"line {1 + number}", "V02") for number, line in enumerate(lines) if "ZZZ" in line
    ]
    assert record.new == 1


def test_text_that_no_database_holds_does_not_stop_a_file(tmp_path: Path, dataset: Dataset) -> None:
    """JSON can write half of a pair of UTF-16, and the null character."""
    path = tmp_path / "a.json"
    path.write_text(
        '{"seriesCode": "SI_RMT_COST", "release": "", "refAreas": [{"geoAreaCode": "404", "data": ['
        '{"timePeriod": 2015, "value_detail": "5", "source": "a\\ud800b\\u0000c"}]}]}'
    )
    assert import_file(path, dataset=dataset, by=None).new == 1
    assert Observation.objects.with_names().get().source.text == "a?b\N{REPLACEMENT CHARACTER}c"


def test_a_backfill_withdraws_nothing(tmp_path: Path, dataset: Dataset) -> None:
    observe("KEN", "2015", "5")
    path = csv_file(tmp_path, "SI_RMT_COST,UGA,2015,_T,4,A,x")
    refused = import_file(path, dataset=dataset, by=None, options=Options(backfill=True, complete=True))
    assert refused.state == ImportState.REFUSED and "withdraws nothing" in refused.problem
    assert current() == {"KEN 2015 _T": "5"}


def test_whoever_waits_is_told_of_the_rows_as_they_go_by(tmp_path: Path, dataset: Dataset) -> None:
    told: list[int] = []
    path = csv_file(tmp_path, *(f"SI_RMT_COST,KEN,{year},_T,1,A,x" for year in range(2000, 2010)))
    import_file(path, dataset=dataset, by=None, options=Options(on_rows=told.append))
    assert sum(told) == 10


def test_a_packed_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sdg_targets.formats.given.MAX_UNPACKED", 1 << 20)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"a" * (3 << 20)))
    assert "unpacks to more than 1 MiB" in import_file(path, dataset=dataset, by=None).problem


def test_what_was_said_of_an_old_value_and_cannot_be_true_of_the_new_one_goes_with_it(
    tmp_path: Path, dataset: Dataset
) -> None:
    """A file without a column leaves it as it was, but for a reason why there was no value, and bounds that no longer hold."""
    first = tmp_path / "first.csv"
    first.write_text(
        "series,area,period,breakdown,value,value_text,status,lower_bound,upper_bound\n"
        "SI_RMT_COST,KEN,2014,_T,,N,L,,\nSI_RMT_COST,KEN,2015,_T,5,,E,4,6\nSI_RMT_COST,KEN,2016,_T,5,,E,4,6\n"
    )
    second = tmp_path / "second.csv"
    second.write_text(
        "series,area,period,breakdown,value\n"
        "SI_RMT_COST,KEN,2014,_T,7\nSI_RMT_COST,KEN,2015,_T,5.5\nSI_RMT_COST,KEN,2016,_T,9\n"
    )
    import_file(first, dataset=dataset, by=None)
    assert import_file(second, dataset=dataset, by=None).revised == 3
    found = Observation.objects.current().order_by("period__code")
    assert [(str(o.value), o.value_text, o.status, o.lower_bound, o.upper_bound) for o in found] == [
        ("7", None, "A", None, None),
        ("5.5", None, "E", 4, 6),
        ("9", None, "E", 4, None),
    ]


def test_an_older_publication_is_refused_unless_it_is_a_backfill(tmp_path: Path, dataset: Dataset) -> None:
    newer = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x", name="new.csv")
    older = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,4,A,x", "SI_RMT_COST,KEN,2014,_T,3,A,x", name="old.csv")
    import_file(newer, dataset=dataset, by=None, options=Options(vintage="2020-10"))
    refused = import_file(older, dataset=dataset, by=None, options=Options(vintage="2019.Q3.G.01"))
    assert refused.state == ImportState.REFUSED and "--backfill" in refused.problem
    taken = import_file(older, dataset=dataset, by=None, options=Options(vintage="2019.Q3.G.01", backfill=True))
    assert (taken.new, taken.revised, taken.unchanged) == (1, 0, 1)
    assert current() == {"KEN 2015 _T": "5", "KEN 2014 _T": "3"}


def test_a_publication_of_which_nothing_was_taken_stands_in_no_other_s_way(tmp_path: Path, dataset: Dataset) -> None:
    """A slip in the label of a file whose rows were all refused would otherwise lock out every later publication."""
    odd = csv_file(tmp_path, "SI_RMT_COST,ZZZ,2015,_T,5,A,x", "NO_SUCH,KEN,2015,_T,5,A,x", name="odd.csv")
    record = import_file(odd, dataset=dataset, by=None, options=Options(vintage="2099"))
    assert (record.refused, record.series_codes) == (2, [])
    good = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x", name="good.csv")
    assert import_file(good, dataset=dataset, by=None, options=Options(vintage="2020-10")).new == 1


def test_a_refused_row_of_a_complete_file_does_not_withdraw_what_stood_there(tmp_path: Path, dataset: Dataset) -> None:
    observe("KEN", "2015", "5")
    observe("UGA", "2015", "5")
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,nought,A,x", "SI_RMT_COST,FRA,2015,_T,1,A,x")
    record = import_file(path, dataset=dataset, by=None, options=Options(complete=True))
    assert (record.refused, record.withdrawn) == (1, 1)
    assert current() == {"KEN 2015 _T": "5", "FRA 2015 _T": "1"}


def test_only_those_who_may_import_can(tmp_path: Path, dataset: Dataset) -> None:
    person = get_user_model().objects.create_user(email="a@example.org")
    path = csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x")
    with pytest.raises(PermissionDenied):
        import_file(path, dataset=dataset, by=person)
    assert not Import.objects.exists()
    Mandate.objects.create(user=person, role="importer")
    assert can(person, Permission.IMPORT_DATA)
    assert import_file(path, dataset=dataset, by=person).by == person


def test_a_record_that_does_not_add_up_is_refused_by_the_database(dataset: Dataset, tmp_path: Path) -> None:
    record = import_file(csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,5,A,x"), dataset=dataset, by=None)
    with pytest.raises(IntegrityError, match="import_every_row_accounted_for"), transaction.atomic():
        Import.objects.filter(pk=record.pk).update(new=2)


def test_the_bulk_path_and_the_row_path_store_the_same(tmp_path: Path, dataset: Dataset) -> None:
    """Own CSV goes to the database as bytes; the same file through the reader gives the same rows."""
    from_rows = [
        {"timePeriod": 2015, "value_detail": "5.10", "source": 'Quoted "text", with\nlines', "natureCode": "C"},
        {"timePeriod": 2016, "value_detail": "7", "footnotes": "tab\there \\N backslash"},
    ]
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {"seriesCode": "SI_RMT_COST", "release": "", "refAreas": [{"geoAreaCode": "404", "data": from_rows}]}
        )
    )
    first = import_file(path, dataset=dataset, by=None)
    assert (first.new, first.refused) == (2, 0)
    stored = list(
        Observation.objects.current()
        .order_by("period__end")
        .values_list("value", "nature", "source__text", "footnote__text")
    )
    own = csv_file(
        tmp_path,
        'SI_RMT_COST,KEN,2015,_T,5.10,C,"Quoted ""text"", with\nlines",',
        "SI_RMT_COST,KEN,2016,_T,7,_X,,tab\there \\N backslash",
        heading="series,area,period,breakdown,value,nature,source,footnote\n",
    )
    other = make_dataset("OTHER")
    assert import_file(own, dataset=other, by=None).new == 2
    assert stored == list(
        Observation.objects.current()
        .filter(dataset=other)
        .order_by("period__end")
        .values_list("value", "nature", "source__text", "footnote__text")
    )


def test_own_rows_in_a_workbook_are_taken_or_refused_by_their_cell(tmp_path: Path, dataset: Dataset) -> None:
    heading = ["series", "area", "period", "breakdown", "value", "status", "source"]
    rows = [
        ["SI_RMT_COST", "KEN", 2015, "_T", 6.2, "A", "A survey"],
        ["SI_RMT_COST", 1, 2015.0, "_T", "6.20", "A", "A survey"],
        ["SI_RMT_COST", "UGA", 2015, "_T", "6,2", "A", "A survey"],
        ["SI_RMT_COST", "FRA", 2015, "_T", True, "A", "A survey"],
    ]
    path = tmp_path / "figures.xlsx"
    path.write_bytes(workbook(Data=[heading, *rows], Notes=[["Typed by hand"]]))
    record = import_file(path, dataset=dataset, by=None)
    assert (record.format, record.read, record.new, record.refused) == ("xlsx", 4, 2, 2)
    assert [(r.place, r.rule, r.found) for r in record.refusals.order_by("place")] == [
        ("Data!E4", "V07", "6,2"),
        ("Data!E5", "R02", "TRUE"),
    ]
    assert current() == {"KEN 2015 _T": "6.2", "001 2015 _T": "6.20"}
    assert import_file(path, dataset=dataset, by=None).state == ImportState.UNCHANGED


def test_a_workbook_that_says_what_a_csv_said_changes_nothing(tmp_path: Path, dataset: Dataset) -> None:
    """6.20 in the one and the number 6.2 in the other, 2015 and 2015.0, are the same figure."""
    import_file(csv_file(tmp_path, "SI_RMT_COST,KEN,2015,_T,6.20,A,A survey"), dataset=dataset, by=None)
    path = tmp_path / "figures.xlsx"
    row = ["SI_RMT_COST", "KEN", 2015.0, "_T", 6.2, "A", "A survey"]
    path.write_bytes(workbook(Data=[HEADING.strip().split(","), row]))
    again = import_file(path, dataset=dataset, by=None)
    assert (again.state, again.unchanged) == (ImportState.UNCHANGED, 1)
    assert current() == {"KEN 2015 _T": "6.20"}


def test_a_workbook_of_another_dataset_or_that_is_broken_is_refused_whole(tmp_path: Path, dataset: Dataset) -> None:
    path = tmp_path / "figures.xlsx"
    heading = ["dataset", "series", "area", "period", "breakdown", "value"]
    path.write_bytes(workbook(Data=[heading, ["OTHER", "SI_RMT_COST", "KEN", 2015, "_T", 5]]))
    assert (
        import_file(path, dataset=dataset, by=None).problem
        == f"The rows are of the dataset OTHER, not of {dataset.code}."
    )
    path.write_bytes(path.read_bytes()[:-100])
    record = import_file(path, dataset=dataset, by=None)
    assert (record.state, record.read) == (ImportState.REFUSED, 0) and "damaged or cut off" in record.problem
    assert not Observation.objects.exists()


odd_cells = st.sampled_from(
    ["", "5", "-1", "0", "1e99", "NaN", "1,000", "A", "L", "C", "PT", "x" * 300, "\n", '"', "é"]
)
odd_keys = st.tuples(
    st.sampled_from(["SI_RMT_COST", "NO_SUCH", ""]),
    st.sampled_from(["KEN", "UGA", "ZZZ", ""]),
    st.sampled_from(["2015", "2015.0", "2015/16", "2100", "20222", "1900-Q1", ""]),
    st.sampled_from(["_T", "SEX=F", "SEX=F;AGE=Y0T4", "SEX=X", "AGE=_T", ""]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(odd_keys, st.lists(odd_cells, min_size=14, max_size=14)), min_size=1, max_size=12))
def test_whatever_stands_in_a_file_is_taken_or_refused_and_never_fails(
    tmp_path: Path, dataset: Dataset, rows: list[tuple[tuple[str, ...], list[str]]]
) -> None:
    """No rule is missing: what the rules let through, the database takes; and every row is accounted for."""
    path = tmp_path / "odd.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow((*KEY, "value", *OPTIONAL))
        writer.writerows([*key, *cells] for key, cells in rows)
    with transaction.atomic():
        record = import_file(path, dataset=dataset, by=None)
        assert record.state in (ImportState.APPLIED, ImportState.UNCHANGED), record.problem
        assert record.read == len(rows) == record.new + record.repeated + record.refused
        assert Observation.objects.current().count() == record.new
        again = import_file(path, dataset=dataset, by=None)
        assert (again.state, again.unchanged) == (ImportState.UNCHANGED, record.new)
        transaction.set_rollback(True)


KILLED = """
import os, sys
sys.path.insert(0, os.getcwd())
import django
django.setup()
from pathlib import Path
from sdg_targets.actions import filling, imports, observations, staging
from sdg_targets.models import Dataset
def stop(*args, **kwargs):
    done = real(*args, **kwargs)
    print("stopped", flush=True)
    sys.stdin.read()
    return done
module, name = sys.argv[2].split(".")
real = getattr(globals()[module], name)
setattr(globals()[module], name, stop)
imports.import_file(Path(sys.argv[1]), dataset=Dataset.objects.get(), by=None)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "after", ["filling.fill_with_csv", "staging.resolve", "observations.compare_staged", "observations.write_compared"]
)
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing(tmp_path: Path, dataset: Dataset, after: str) -> None:
    """kill -9 at each step before the commit: no row, no revision, no record, no lock; the next one works."""
    path = csv_file(tmp_path, *(f"SI_RMT_COST,KEN,{year},_T,{year / 100},A,x" for year in range(1950, 2020)))
    name = connection.settings_dict["NAME"]
    url = f"postgresql://idm@{connection.settings_dict['HOST'].replace('/', '%2F')}/{name}"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), after],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "idm.settings", "DEBUG": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stopped\n"
        process.send_signal(signal.SIGKILL)
    time.sleep(0.2)
    for rows in (Observation, Revision, Import, Period):
        assert not rows.objects.exists(), rows
    assert import_file(path, dataset=dataset, by=None).new == 70


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_of_overlapping_keys_end_as_one_after_the_other(tmp_path: Path, dataset: Dataset) -> None:
    """Whichever is first: both are whole, the later one's values stand, the earlier one's are its history."""
    years = range(1960, 2020)
    paths = [
        csv_file(tmp_path, *(f"SI_RMT_COST,KEN,{year},_T,{value},A,x" for year in years), name=f"{value}.csv")
        for value in ("1", "2")
    ]
    start = threading.Barrier(2)
    records: dict[str, Import] = {}

    def run(path: Path) -> None:
        try:
            start.wait(10)
            records[path.name] = import_file(path, dataset=dataset, by=None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    first, second = sorted(records.values(), key=lambda record: record.revision_id or 0)
    assert [(r.new, r.revised, r.unchanged) for r in (first, second)] == [(60, 0, 0), (0, 60, 0)]
    for record, number in ((first, 1), (second, 2)):
        values = set(Observation.objects.known_at(number).values_list("value", flat=True))
        assert values == {int(record.file_name[0])}


@pytest.mark.slow
def test_memory_stays_flat_however_long_a_file_is(tmp_path: Path, dataset: Dataset) -> None:
    """Neither way into staging holds the rows: ten times the rows do not take ten times the memory."""

    def peak(rows: int, name: str) -> int:
        path = tmp_path / f"{rows}-{name}.csv"
        if name == "bytes":
            heading, line = HEADING, "SI_RMT_COST,KEN,1950,_T,5,A,a source of some length\n"
        else:
            heading, line = "geo_area,nature,units,year,si_rmt_cost\n", "404,C,PT,1950,5\n"
        path.write_text(heading + line * rows)
        tracemalloc.start()
        assert import_file(path, dataset=dataset, by=None, options=Options(dry_run=True)).read == rows
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    for name in ("bytes", "rows"):
        peak(100, name)
        assert peak(20_000, name) < peak(2_000, name) + 1_000_000, name


def test_refusals_belong_to_their_import(tmp_path: Path, dataset: Dataset) -> None:
    record: Any = import_file(csv_file(tmp_path, "X,KEN,2015,_T,5,A,x"), dataset=dataset, by=None)
    assert record.state == ImportState.UNCHANGED
    assert [r.rule for r in Refusal.objects.filter(of_import=record)] == ["V01"]
