"""UN DESA, Population Division: the International Migrant Stock, revisions 2019 (two flat files) and 2020 (a workbook)."""

import csv
import gzip
from pathlib import Path

import openpyxl

from . import Source

PUBLISHER = "UN DESA, Population Division"
FOLDER = "data/migrant-stock/"
#: Lines that only head a list: every cell of them says that there is nothing.
TITLES = {
    "UN development groups",
    "World Bank income groups",
    "Geographic regions",
    "Sustainable Development Goal (SDG) regions",
}


def workbook_cells(path: Path) -> int:
    """Cells below a year, or a span of years, in the sheets of tables."""
    count = 0
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.title.startswith("Table "):
            rows = list(sheet.iter_rows(min_row=11, values_only=True))
            years = sum(str(name or "")[:4].isdigit() for name in rows[0])
            count += years * sum(row[1] is not None for row in rows[1:])
    return count


def filled_cells(path: Path) -> int:
    """Filled cells after the name of the area, in lines that do not only head a list."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = list(csv.reader(data.decode("utf-8").splitlines()))
    first = rows[0].index("Destination") + 1
    return sum(bool(cell) for row in rows[1:] if row[first - 1] not in TITLES for cell in row[first:])


SOURCES = (
    Source(
        PUBLISHER,
        FOLDER + "unims2019_migrants_by_origin_and_destination_total.csv.gz",
        "UNDESA-IMS",
        filled_cells,
        vintage="2019",
        refused={"R01": 5 * 7 * 235, "R02": 4},
        repeated=4 * 7 * 235,
        why="Five groups of areas that are none of ours; a hyphen that no note explains (Montenegro, of Albanian origin)",
    ),
    Source(
        PUBLISHER,
        FOLDER + "unims2019_est_refugee_stock.csv",
        "UNDESA-IMS",
        filled_cells,
        vintage="2019",
        refused={"R01": 5 * 20},
        repeated=4 * 20,
        why="Five groups of areas that are none of ours",
    ),
    Source(
        PUBLISHER,
        FOLDER + "undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx",
        "UNDESA-IMS",
        workbook_cells,
        vintage="2020",
        refused={"R01": 5 * 108},
        repeated=2 * 108,
        why="Five groups of areas that are none of ours",
    ),
)
