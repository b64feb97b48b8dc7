"""Small Open SDG repositories, and the mappings by which they are read."""

from pathlib import Path

from sdg_targets.domain.rows import ObservationRow, Problem, Reading
from sdg_targets.formats import open_sdg
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps

MAPS = {
    "column": {
        "Year": "period", "Value": "value", "Series": "series", "Units": "unit", "Unit multiplier": "multiplier",
        "Observation status": "status", "GeoCode": "area", "Country": "area", "Sex": "SEX", "Gender": "SEX",
        "Remark": "ignored", "Minor group": "wider:OCCUPATION", "Unit group": "OCCUPATION",
        "5-3-1|Age": "series",
    },
    "series": {
        "10-7-4": "SM_POP_REFG_OR", "16-9-1": "SG_REG_BRTH AGE=Y0T4", "10-7-2-a": "S_A",
        "3-c-1|Density": "SH_MED_DEN", "3-c-1|Distribution": "SH_MED_HWRKDIS",
        "8-7-1||number": "SL_TLF_CHLDEAN", "8-7-1||%": "SL_TLF_CHLDEA",
        "5-3-1|before age 15": "SP_DYN_MRBF15", "5-3-1|before age 18": "SP_DYN_MRBF18",
    },
    "unit": {"%": "PT", "number": "NUMBER", "per 100,000": "PER_100000_POP"},
    "multiplier": {"Units": "0", "Thousands": "3"},
    "status": {"Normal value": "A", "Estimated value": "E", "Missing value; suppressed": "Q"},
    "SEX": {"Female": "F", "Male": "M"},
    "OCCUPATION": {"2211 Medical practitioners": "PHYS"},
    "geo": {"UK": "GBR"},
    "area": {"100": "BGR"},
}  # fmt: skip
CODES = CodeMaps(MAPS, {"indicator": frozenset(("10.7.4",))}, "GBR")


def make_repository(folder: Path, **files: str) -> Path:
    """Write a repository with these files (``data__a.csv`` is ``data/a.csv``) into a folder."""
    (folder / "meta").mkdir()
    (folder / "config_data.yml").write_text("languages: [en]")
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())
    return folder


def reading(folder: Path, codes: CodeMaps = CODES) -> tuple[Reading, list[ObservationRow | Problem]]:
    """What the reader makes of a repository."""
    with folder_of(folder) as files:
        assert open_sdg.looks_like(files)
        found = open_sdg.read(files, codes)
        return found, list(found.items)


def items(
    folder: Path, content: str, name: str = "indicator_10-7-4.csv", **others: str
) -> list[ObservationRow | Problem]:
    """What the reader makes of a repository with one data file of this content, and others."""
    return reading(make_repository(folder, **{f"data__{name}": content}, **others))[1]


def row(folder: Path, content: str, name: str = "indicator_10-7-4.csv") -> ObservationRow:
    """The one row of a data file."""
    (item,) = items(folder, content, name)
    assert isinstance(item, ObservationRow), item
    return item


def problem(folder: Path, content: str, name: str = "indicator_10-7-4.csv", **others: str) -> Problem:
    """The one problem of a data file."""
    (item,) = items(folder, content, name, **others)
    assert isinstance(item, Problem), item
    return item
