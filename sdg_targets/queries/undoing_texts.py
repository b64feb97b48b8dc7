"""What undoing an import would do to the texts of metadata that it brought.

A text that still stands as the import wrote it goes back to the one before, or away where there was none; what something
newer, or an editor, has changed since is left. As with figures, texts of imports that were undone themselves are passed over.
"""

from dataclasses import dataclass

from sdg_targets.models import EarlierMetadata, Import, Metadata

Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class TextsBack:
    """The texts that go back, each with what stood before it, and how many are left because something newer stands."""

    back: tuple[tuple[Metadata, EarlierMetadata], ...] = ()
    left: int = 0


def texts_back(made: Import) -> TextsBack:
    """What undoing an import would do now to its texts; one query for each import that is passed over."""
    before = {_key(earlier): earlier for earlier in EarlierMetadata.objects.filter(replaced_by=made)}
    if not before:
        return TextsBack()
    rows = [row for row in Metadata.objects.filter(dataset=made.dataset_id, imported=made) if _key(row) in before]
    standing = _passing_over_undone({_key(row): before[_key(row)] for row in rows})
    return TextsBack(tuple((row, standing[_key(row)]) for row in rows), len(before) - len(rows))


def _passing_over_undone(found: dict[Key, EarlierMetadata]) -> dict[Key, EarlierMetadata]:
    """Each text, or where the import that wrote it was undone itself, the one before that import, where it is known."""
    undone = set(Import.objects.exclude(undone_in=None).values_list("pk", flat=True))
    while stale := {key: earlier for key, earlier in found.items() if earlier.imported_id in undone}:
        replaced = EarlierMetadata.objects.filter(replaced_by__in={earlier.imported_id for earlier in stale.values()})
        older = {(earlier.replaced_by_id, _key(earlier)): earlier for earlier in replaced}
        known = {key: older.get((earlier.imported_id or 0, key)) for key, earlier in stale.items()}
        if not any(known.values()):
            break
        found |= {key: earlier for key, earlier in known.items() if earlier}
    return found


def _key(row: Metadata | EarlierMetadata) -> Key:
    return row.indicator_id, row.field, row.language
