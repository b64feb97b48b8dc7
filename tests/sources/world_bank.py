"""The World Bank: prices of remittances by corridor, remittances paid, and what Our World in Data passes on."""

import csv
import gzip
from pathlib import Path

from . import Source

BANK = "World Bank"
OWID = "Our World in Data"
GROUPS = "The site's groups of countries without a code, but for the World Bank's four income groups"


def _rows(path: Path) -> list[list[str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def surveyed_corridors(path: Path) -> int:
    """Cells of corridors with a number in them."""
    return sum(cell not in ("", "..") for row in _rows(path)[1:] for cell in row[6:])


def wdi_cells(path: Path) -> int:
    """Filled cells of years, in lines after the heading."""
    rows = _rows(path)
    heading = next(number for number, row in enumerate(rows) if row[:1] == ["Country Name"])
    return sum(bool(cell) for row in rows[heading + 1 :] for cell in row[4:])


def owid_cells(path: Path) -> int:
    """Filled cells of measures."""
    return sum(bool(cell) for row in _rows(path)[1:] for cell in row[3:])


SOURCES = (
    Source(
        BANK,
        "data/remittances/rpw_corridors_36d1ed87_Data.csv.gz",
        "WB-RPW",
        surveyed_corridors,
        vintage="2020-12-07",
    ),
    Source(
        BANK,
        "data/remittances/API_BM.TRF.PWKR.CD.DT_DS2_en_csv_v2_3012027.csv",
        "WB-WDI",
        wdi_cells,
        vintage="2021-09-15",
        refused={"R01": 1980},
        why="Regions and groups of the World Bank's own, but for the world, its income groups and the UN's LDCs",
    ),
    Source(OWID, "data/owid/facilitate-orderly-safe-migration.csv", "OWID", owid_cells, vintage="2021"),
    Source(OWID, "data/owid/personal-remittances-oda.csv.gz", "OWID", owid_cells, refused={"R01": 980}, why=GROUPS),
    Source(OWID, "data/owid/migrant-stock-total.csv", "OWID", owid_cells, refused={"R01": 108}, why=GROUPS),
)
