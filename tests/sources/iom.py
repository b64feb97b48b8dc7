"""IOM's Missing Migrants Project: the workbook of all incidents, and the extract for routes to Europe."""

from pathlib import Path

import openpyxl

from . import Source
from .unhcr import rows

PUBLISHER = "International Organization for Migration"
IN_WORKBOOK = ("Number of Dead", "Minimum Estimated Number of Missing", "Total Number of Dead and Missing")
IN_EXTRACT = ("No. dead", "No. missing", "No. dead/missing")


def figures_of_workbook(path: Path) -> int:
    """Filled cells of the dead, the missing and the two together, over all incidents."""
    workbook = openpyxl.load_workbook(path, read_only=True)
    heading, *incidents = workbook.worksheets[0].iter_rows(values_only=True)
    workbook.close()
    places = [heading.index(name) for name in IN_WORKBOOK]
    return sum(incident[place] is not None for incident in incidents for place in places)


def figures_of_extract(path: Path) -> int:
    """The same in the extract, which writes NA for what is not known."""
    return sum(row[name] not in ("", "NA") for row in rows(path) for name in IN_EXTRACT)


SOURCES = (
    Source(
        PUBLISHER,
        "data/iom-missing-migrants/Missing_Migrants_Global_Figures_allData.xlsx",
        "IOM-MMP",
        figures_of_workbook,
        refused={"R01": 3, "R02": 3, "R12": 165},
        gathered=20_817,
        why="82 cumulative records (R12), one with a negative number of missing (R02), one with two routes (R01)",
    ),
    Source(
        PUBLISHER,
        "data/iom-missing-migrants/iom_europe.csv.gz",
        "IOM-MMP-EUROPE",
        figures_of_extract,
        refused={"R01": 20, "R02": 12},
        gathered=18_284,
        why="records whose country, region or route is none or two (R01), four with a negative number of missing (R02)",
    ),
)
