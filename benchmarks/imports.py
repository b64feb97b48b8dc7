"""A validated import of a million rows, with errors by line, beside ``psql \\copy`` of the same bytes into a bare table.

Run: ``make bench ARGS=imports``. Reference (1.0): ``\\copy`` from a client into an ordinary (logged) table of text columns
without any index, committed. One row in five hundred breaks a rule. Printed: best of the rounds, and the median of the
ratios of each round; rounds are taken in turns.
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from benchmarks import synthetic
from benchmarks.rounds import in_turns, seconds, table
from benchmarks.scratch import empty_database, make_references
from benchmarks.serving import database_url
from idm import devdb
from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset, Import, ImportState, Revision

REFERENCE: Final = "psql \\copy into a bare table of text"
NEW, AGAIN = "import, all rows new", "import, the same file again"
#: Not the same bytes: recognised by nothing, every row is read and compared.
OTHER_BYTES: Final = "import, the same rows in other bytes"
LIMITS: Final = {NEW: "6 (aim 4)", AGAIN: "3"}
#: What an import wrote, taken out again for the next round; what it interned stays.
EMPTIED: Final = "truncate sdg_targets_observation, sdg_targets_latest, sdg_targets_seriescoverage"


def copied(path: Path) -> None:
    """``\\copy`` as a person at a terminal would do it."""
    columns = ", ".join(f'"{name}" text' for name in synthetic.HEADING.strip().split(","))
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists bare; create table bare ({columns})")
    psql = [str(devdb.binaries() / "psql"), "--quiet", "--no-psqlrc", database_url()]
    subprocess.run([*psql, "-c", rf"\copy bare from '{path}' with (format csv, header)"], check=True)


def imported(path: Path, state: str) -> Import:
    """Import the file. Errors: ``SystemExit`` where the record does not say what it must."""
    record = import_file(path, dataset=Dataset.objects.get(), by=None)
    if record.state != state:
        raise SystemExit(f"The import ended as {record.state}, not as {state}: {record.problem}")
    return record


def respelled(path: Path) -> Path:
    """The same rows in a file whose bytes differ: its heading is between quotation marks."""
    other = path.with_name(f"other-{path.name}")
    with path.open("rb") as given, other.open("wb") as written:
        heading = given.readline().rstrip(b"\n").split(b",")
        written.write(b",".join(b'"' + name + b'"' for name in heading) + b"\n")
        while block := given.read(1 << 20):
            written.write(block)
    return other


def measure(path: Path, rounds: int) -> None:
    other = respelled(path)

    def new() -> float:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(EMPTIED)
            Revision.objects.take(note="emptied for the next round")  # else the file would be recognised
        return seconds(lambda: imported(path, ImportState.APPLIED))

    deeds: dict[str, Any] = {
        REFERENCE: lambda: seconds(lambda: copied(path)),
        NEW: new,
        AGAIN: lambda: seconds(lambda: imported(path, ImportState.UNCHANGED)),
        OTHER_BYTES: lambda: seconds(lambda: imported(other, ImportState.UNCHANGED)),
    }
    table(in_turns(rounds, deeds), unit="s", limits=LIMITS)
    record = Import.objects.filter(state=ImportState.APPLIED).latest("pk")
    print(
        f"\n{record.read:,} rows read, {record.new:,} new, {record.refused:,} refused, each with its line", flush=True
    )


def main(shape: synthetic.Shape = synthetic.MILLION, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database(), connection.cursor() as cursor:
        make_references(cursor)
        measure(synthetic.made(Path(folder), shape), rounds)


if __name__ == "__main__":
    main()
