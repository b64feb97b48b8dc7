"""IDMC: internal displacement by conflict (by country and year) and by disasters (by event)."""

from pathlib import Path

from . import Source
from .unhcr import rows

PUBLISHER = "Internal Displacement Monitoring Centre"


def figures(path: Path) -> int:
    """Filled cells of the two raw counts."""
    return sum(bool(row["new_displacement"]) + bool(row["total_displacement"]) for row in rows(path))


SOURCES = (
    Source(PUBLISHER, "data/idmc/Internal Displacements (New Displacements) - IDPs.csv", "IDMC-GIDD", figures),
    Source(
        PUBLISHER,
        "data/idmc/Internal displacements (new displacements) associated with disasters.csv.gz",
        "IDMC-GIDD",
        figures,
        gathered=23_578,
    ),
)
