"""Countries' own repositories (Open SDG): counted with ``csv`` over the files as they lie, or as they lie in the archive."""

import csv
import io
import re
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from . import Source

STATE = re.compile(r"^reporting_status: *(\w+)", re.MULTILINE)
#: A row that is a sentence and nothing else.
SENTENCE = re.compile(r"(?:There is no|This is a non-statistical|This indicator has)[^,0-9]*,*")


@cache
def files(path: Path) -> dict[str, bytes]:
    """The files of a repository, a folder or an archive, by their names in it."""
    if path.is_dir():
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    with tarfile.open(path) as archive:
        found = {m.name.split("/", 1)[1]: archive.extractfile(m) for m in archive if m.isfile()}
        return {name: stream.read() for name, stream in found.items() if stream}


def data_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every row of every data file in which anything stands, after the first (the heading), with its file."""
    for name, content in files(path).items():
        if name.startswith("data/") and name.endswith(".csv"):
            lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            for row in [row for row in lines if "".join(row).strip()][1:]:
                yield name, row


def count(path: Path) -> int:
    """Rows of all data files in which anything stands."""
    return sum(1 for _row in data_rows(path))


def placeholders(path: Path) -> int:
    """Rows of demonstration files and of files that the office does not report, by a search in the text beside them."""
    states: dict[str, str] = {}
    for room in ("meta", "indicator-config"):
        for name, content in files(path).items():
            key = re.fullmatch(rf"{room}/([\w-]+)\.(?:md|yml)", name)
            if key and (state := STATE.search(content.decode("utf-8-sig").replace('"', ""))):
                states[key[1]] = state[1]
    unreported = {key for key, state in states.items() if state.startswith("not")}
    return sum(
        "demo_" in name
        or name.removeprefix("data/indicator_").removesuffix(".csv").replace("_", "-") in unreported
        or bool(SENTENCE.fullmatch(",".join(row)))
        for name, row in data_rows(path)
    )


UK = "Office for National Statistics (United Kingdom)"
CANADA = "Statistics Canada"
OCCUPATIONS = "R01: health workers of occupations that the global series does not count, or of whole groups of them."
PROVINCES = "R01: provinces, which are not in the list of areas."
REST = "R04: placeholders. R06: indicators that are not followed here, or not by the global definition or unit."

SOURCES = (
    Source(
        UK,
        "data/national/uk",
        "national:GBR",
        count,
        refused={"R01": 501, "R04": 8, "R06": 21_287},
        why=f"{OCCUPATIONS} {REST}",
    ),
    Source(
        UK,
        "data/national/uk-full.tar.gz",
        "national:GBR",
        count,
        refused={"R01": 501, "R04": 111, "R06": 169_989},
        why=f"{OCCUPATIONS} {REST}",
    ),
    Source(
        "Statistical Committee of the Republic of Armenia",
        "data/national/armenia",
        "national:ARM",
        count,
        refused={"R04": 444, "R06": 10_098},
        why=REST,
    ),
    Source(
        "Government of the United States of America",
        "data/national/usa",
        "national:USA",
        count,
        refused={"R04": 128, "R06": 5_954},
        why=REST,
    ),
    Source(
        CANADA,
        "data/national/canada",
        "national:CAN",
        count,
        refused={"R01": 104, "R04": 815, "R06": 12_486},
        why=f"{PROVINCES} {REST}",
    ),
    Source(
        CANADA,
        "data/national/canada-full.tar.gz",
        "national:CAN",
        count,
        refused={"R01": 104, "R04": 3_863, "R06": 114_112},
        why=f"{PROVINCES} {REST}",
    ),
)
