"""What must be known of each series beside its figures: indicators, title, what may be done with it, and the notice.

It hangs on the catalogue and on what is held, not on the figures that are asked for: what was read in one state of both is
kept, as the JSON in which it is sent, and let go of with that state.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sdg_targets.domain.languages import LANGUAGES, local_name
from sdg_targets.models import Series, SeriesCoverage

from .observation_lists import Freshness

_MAY: Final = ("may_map", "may_rank", "may_compare_countries", "may_trend", "may_aggregate")
_NOTES: Final = (
    "pk",
    "code",
    "position",
    *(f"name_{language}" for language in LANGUAGES),
    "unit__code",
    "headline",
    "indicators__code",
    "indicators__migration",
    *(f"indicators__migration__{flag}" for flag in _MAY),
    *(f"indicators__migration__notice_{language}" for language in LANGUAGES),
)


@dataclass(frozen=True, slots=True)
class _Note:
    """What is said of a series, and its place among the others."""

    place: tuple[int, str]
    said: dict[str, Any]

    @property
    def as_json(self) -> str:
        return json.dumps(self.said, ensure_ascii=False)


@lru_cache(maxsize=2 * len(LANGUAGES))
def kept_notes(state: Freshness, language: str) -> dict[int, tuple[tuple[int, str], str]]:
    """The places and notes that were read in this state, by the number of their series; at first none."""
    return {}


def series_notes(ids: Sequence[int], language: str, state: Freshness) -> dict[str, str]:
    """The notes of these series by code, in the order of the catalogue; ``state`` is that for which an answer is made."""
    kept = kept_notes(state, language)
    if missing := [pk for pk in ids if pk not in kept]:
        kept.update({pk: (note.place, note.as_json) for pk, note in _read(missing, language).items()})
    found = sorted(kept[pk] for pk in set(ids) if pk in kept)
    return {code: note for (_position, code), note in found}


def _read(ids: Sequence[int], language: str) -> dict[int, _Note]:
    """One query, a row for each series and indicator, read as plain values."""
    rows = Series.objects.filter(pk__in=ids).order_by("indicators__sort").values(*_NOTES)
    notes: dict[int, _Note] = {}
    for row in rows:
        note = notes.setdefault(row["pk"], _Note((row["position"], row["code"]), _note(row, language))).said
        _add_indicator(note, row, language)
    silent = [note.place[1] for note in notes.values() if note.said["supplementary"]]
    of_datasets = _notes_of_datasets(silent, language)
    for (_position, code), note in ((each.place, each.said) for each in notes.values()):
        if note["supplementary"]:
            note |= {**dict.fromkeys(_MAY, False), "notice": of_datasets[code]}
        note["notice"] = " ".join(dict.fromkeys(filter(None, note["notice"])))
    return notes


def _add_indicator(note: dict[str, Any], row: dict[str, Any], language: str) -> None:
    """An indicator that the series measures narrows what may be done with it, and adds its notice."""
    if row["indicators__code"]:
        note["indicators"].append(row["indicators__code"])
        note["supplementary"] = False
    if row["indicators__migration"]:
        for flag in _MAY:
            note[flag] = note[flag] and row[f"indicators__migration__{flag}"]
        note["notice"].append(_local(row, "indicators__migration__notice", language))


def _note(row: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "name": _local(row, "name", language),
        "indicators": [],
        "unit": row["unit__code"],
        "headline_breakdowns": row["headline"],
        "supplementary": True,
        **dict.fromkeys(_MAY, True),
        "notice": [],
    }


def _notes_of_datasets(codes: Sequence[str], language: str) -> dict[str, list[str]]:
    """For series that measure no indicator, the notes of the datasets that hold them: nothing else says their limits."""
    notes: dict[str, list[str]] = {code: [] for code in codes}
    if codes:
        held = SeriesCoverage.objects.filter(series__code__in=codes).select_related("dataset", "series")
        for row in held.order_by("dataset__rank"):
            notes[row.series.code].append(str(row.dataset.in_language("note", language)))
    return notes


def _local(row: dict[str, Any], stem: str, language: str) -> str:
    return local_name({known: row[f"{stem}_{known}"] for known in LANGUAGES}, language).text
