"""The small CSV files that come with the product: where they are, their rows, their checksum."""

import csv
import hashlib
from collections.abc import Iterable
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


def checksum(paths: Iterable[Path]) -> str:
    """One SHA-256 over several files, in the order given, with their names."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
