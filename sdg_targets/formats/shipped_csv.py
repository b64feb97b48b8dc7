"""The small CSV files that come with the product: where they are and their rows."""

import csv
from pathlib import Path
from typing import Final

#: The catalogue, the areas and the mappings.
DATA: Final = Path(__file__).resolve().parents[1] / "data"


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 file with a heading, as text. Errors: ``OSError``; ``ValueError`` for a row of another width."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise ValueError(f"{path.name}, row {number}: not as many cells as the heading has.")
    return rows
