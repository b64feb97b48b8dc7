"""The shipped files: loaded at set-up, skipped where nothing changed since."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.db import transaction

from sdg_targets.domain.validation import WITHDRAWN
from sdg_targets.formats.given import sha256_of
from sdg_targets.models import Area, Dataset, ImportState, Release, Revision, ShippedFile

from .curation import Shipped, shipped_files
from .imports import Options, import_file

DATASETS: Final = Path(__file__).resolve().parent.parent / "data" / "datasets.csv"


def is_loaded(path: Path) -> bool:
    """Whether this very file was loaded before."""
    return ShippedFile.objects.filter(name=path.name, sha256=sha256_of(path)).exists()


def remember(path: Path) -> None:
    """Note that a file was loaded."""
    ShippedFile.objects.update_or_create(name=path.name, defaults={"sha256": sha256_of(path)})


@transaction.atomic
def load_datasets() -> int:
    """Make the datasets of the shipped list that are not there yet; returns how many are new.

    A country's dataset waits until its area is there.
    """
    made = 0
    with DATASETS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code, of = row.pop("code"), row.pop("area")
            area = Area.objects.filter(code=of).first()
            if of and area is None:
                continue
            made += Dataset.objects.get_or_create(code=code, defaults={**row, "area": area})[1]
    return made


def load_figures(*, say: Callable[[str], None] = lambda line: None) -> int:
    """Import the shipped publications that are not loaded yet, oldest first, each as a named release.

    Returns how many files were imported. Errors: ``RuntimeError`` where a shipped file is refused or has refused rows:
    that is a fault of the product's own. A row whose value was withdrawn for confidentiality stays out, as it should.
    """
    load_datasets()
    done = 0
    for shipped in shipped_files():
        if not is_loaded(shipped.path):
            _load(shipped, say)
            done += 1
    return done


@transaction.atomic
def _load(shipped: Shipped, say: Callable[[str], None]) -> None:
    dataset = Dataset.objects.get(code=shipped.dataset)
    record = import_file(
        shipped.path,
        dataset=dataset,
        by=None,
        options=Options(complete=shipped.complete, origin=shipped.origin, vintage=shipped.vintage),
    )
    wrong = record.refusals.exclude(rule=WITHDRAWN)
    if record.state == ImportState.REFUSED or wrong.exists():
        first = wrong.first()
        raise RuntimeError(f"{shipped.file} was not taken whole: {record.problem or first} {first and first.expected}")
    if record.revision_id:
        revision = Revision.objects.get(pk=record.revision_id)
        Release.objects.get_or_create(name=shipped.vintage, defaults={"revision": revision})
    remember(shipped.path)
    say(
        f"{shipped.vintage}: {record.new:,} new, {record.revised:,} revised, {record.unchanged:,} unchanged,"
        f" {record.withdrawn:,} withdrawn"
    )
