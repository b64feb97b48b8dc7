"""Imports of small files through the product's own deed, for tests of what becomes of them later."""

from pathlib import Path
from typing import Any

from sdg_targets.actions.imports import Options, import_file
from sdg_targets.models import Dataset, Import, Observation

from .catalogue import make_dataset

HEADING = "series,area,period,breakdown,value,status,source\n"


def import_rows(folder: Path, *rows: str, dataset: Dataset | None = None, by: Any = None, **options: Any) -> Import:
    """Import rows such as ``KEN,2015,_T,5`` of the small catalogue's series; ``options`` are those of an import."""
    path = folder / "figures.csv"
    path.write_text(HEADING + "".join(map(_line, rows)), encoding="utf-8")
    return import_file(path, dataset=dataset or make_dataset(), by=by, options=Options(**options))


def _line(row: str) -> str:
    cells = row.split(",")
    given = [*cells, "A" if cells[3] else "L", "A survey"] if len(cells) == 4 else cells
    return f"SI_RMT_COST,{','.join(given)}\n"


def believed(revision: int | None = None) -> dict[str, str | None]:
    """What is known at a revision: ``KEN 2015`` to its value, or to its status in brackets where there is none."""
    return {
        f"{o.area.code} {o.period.code}": f"({o.status})" if o.value is None else f"{o.value:f}"
        for o in Observation.objects.known_at(revision).with_names()
    }
