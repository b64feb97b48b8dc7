"""World Happiness Report 2018: the well-being of the foreign-born and of the locally born."""

from pathlib import Path

import xlrd

from . import Source


def figures(path: Path) -> int:
    """Filled cells of the two averages."""
    sheet = xlrd.open_workbook(str(path)).sheet_by_name("Figure2.4")
    return sum(sheet.cell_value(row, column) != "" for row in range(1, sheet.nrows) for column in (1, 4))


SOURCES = (
    Source(
        "World Happiness Report",
        "data/wellbeing/WHR2018Chapter2OnlineData.xls",
        "WHR-2018",
        figures,
        vintage="2018",
        refused={"R01": 4},
        why="Northern Cyprus and Somaliland region, which are not in the list of areas (two figures each)",
    ),
)
