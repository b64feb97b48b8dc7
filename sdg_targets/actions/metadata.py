"""Metadata comes in: with a publisher's file, or with the product."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from sdg_targets.domain.metadata import FIELDS, MetadataText
from sdg_targets.domain.roles import Permission
from sdg_targets.formats.shipped_csv import DATA, read_rows
from sdg_targets.models import Dataset, EarlierMetadata, Indicator, Metadata
from sdg_targets.models.shipping import Shipped, ShippedTable, load_once
from sdg_targets.permissions import require
from sdg_targets.queries.undoing_texts import TextsBack

#: A longer text is no text of one field.
LONGEST: Final = 50_000
METADATA: Final = ShippedTable(
    Metadata,
    ("dataset", "indicator", "field", "language"),
    plain=("field", "language", "text", "source"),
    one={"dataset": "code", "indicator": "code"},
)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
#: What is said of texts that came with an office's own figures.
OF_THE_OFFICE: Final = "In the words of the office, as its file has them"

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class TakenTexts:
    """What becomes of the texts of a file: new, changed and unchanged ones, and those that cannot be taken."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[MetadataText, ...] = ()

    @property
    def written(self) -> int:
        return self.new + self.changed


@dataclass(frozen=True, slots=True)
class ComparedTexts:
    """The texts of a file beside those of the dataset: what is new, what a row that stands is to say, and the counts."""

    new: tuple[tuple[Key, str], ...]
    changed: tuple[tuple[Metadata, str], ...]
    counts: TakenTexts


def compare_metadata(texts: Iterable[MetadataText], *, dataset: Dataset) -> ComparedTexts:
    """Set the texts of a file against those of a dataset; nothing is written.

    Refused is a text of an unknown indicator, field or language, a blank or endless one, and one that says something
    else than an earlier one of the same indicator, field and language.
    """
    wanted, refused = _sorted_out(texts, frozenset(Indicator.objects.values_list("code", flat=True)))
    rows = Metadata.objects.filter(dataset=dataset).select_related("indicator")
    standing = {(row.indicator.code, row.field, row.language): row for row in rows}
    new = tuple((key, text) for key, text in wanted.items() if key not in standing)
    changed = tuple(
        (standing[key], text) for key, text in wanted.items() if key in standing and standing[key].text != text
    )
    counts = TakenTexts(len(new), len(changed), len(wanted) - len(new) - len(changed), tuple(refused))
    return ComparedTexts(new, changed, counts)


@transaction.atomic
def take_metadata(
    texts: Iterable[MetadataText], *, dataset: Dataset, by: Any, import_id: int | None = None
) -> TakenTexts:
    """Bring the texts of a file into a dataset; taking them twice changes nothing the second time.

    A text that the file does not have stays as it is. What an import replaces is kept with it. Errors: ``PermissionDenied``.
    """
    require(by, Permission.IMPORT_DATA)
    compared = compare_metadata(texts, dataset=dataset)
    rows = [row for row, _text in compared.changed]
    earlier = [_earlier(row, import_id) for row in rows] if import_id else []
    for row, text in compared.changed:
        row.text, row.source, row.imported_id, row.updated = text, OF_THE_OFFICE, import_id, timezone.now()
    Metadata.objects.bulk_update(rows, ["text", "source", "imported", "updated"], batch_size=500)
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    fresh = [
        Metadata(
            dataset=dataset,
            indicator_id=indicators[indicator],
            field=field,
            language=language,
            text=text,
            source=OF_THE_OFFICE,
            imported_id=import_id,
        )
        for (indicator, field, language), text in compared.new
    ]
    Metadata.objects.bulk_create(fresh, batch_size=500)
    earlier += [_nothing_before(row, import_id) for row in fresh] if import_id else []
    EarlierMetadata.objects.bulk_create(earlier, batch_size=500)
    return compared.counts


def _earlier(row: Metadata, import_id: int) -> EarlierMetadata:
    """The text that an import is about to replace."""
    kept = _nothing_before(row, import_id)
    kept.text, kept.source, kept.imported_id = row.text, row.source, row.imported_id
    return kept


def _nothing_before(row: Metadata, import_id: int) -> EarlierMetadata:
    return EarlierMetadata(
        replaced_by_id=import_id,
        dataset_id=row.dataset_id,
        indicator_id=row.indicator_id,
        field=row.field,
        language=row.language,
    )


def put_texts_back(effect: TextsBack) -> None:
    """Put back what stood before an import; its own texts go where there was nothing."""
    for row, before in effect.back:
        row.text, row.source, row.imported_id, row.updated = (
            before.text,
            before.source,
            before.imported_id,
            timezone.now(),
        )
    returning = [row for row, _before in effect.back if row.text]
    Metadata.objects.bulk_update(returning, ["text", "source", "imported", "updated"], batch_size=500)
    Metadata.objects.filter(pk__in=[row.pk for row, _before in effect.back if not row.text]).delete()


def _sorted_out(texts: Iterable[MetadataText], indicators: frozenset[str]) -> tuple[dict[Key, str], list[MetadataText]]:
    """The texts that can be taken, by their key, and those that cannot."""
    wanted: dict[Key, str] = {}
    refused: list[MetadataText] = []
    for given in texts:
        text = given.text.replace("\0", "").strip()
        known = given.indicator in indicators and given.field in FIELDS and _LANGUAGE.fullmatch(given.language)
        key = (given.indicator, given.field, given.language)
        if not known or not 0 < len(text) <= LONGEST or wanted.get(key, text) != text:
            refused.append(given)
        else:
            wanted[key] = text
    return wanted, refused


@transaction.atomic
def load_metadata(*, folder: Path = DATA) -> list[Shipped]:
    """Bring in the metadata that comes with the product, after the catalogue and the datasets; edited rows stay.

    Errors: ``OSError``, ``KeyError`` where the file is broken; then nothing is written.
    """
    path = folder / "metadata.csv"
    return load_once("metadata", [path], lambda: [METADATA.sync([{**row} for row in read_rows(path)])])
