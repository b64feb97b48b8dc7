"""Questionnaires come with the product, are copied to a new version, opened to be filled in, and closed again."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.domain.questionnaires import InstrumentError, check
from sdg_targets.domain.roles import Permission
from sdg_targets.formats.questionnaire_json import Document, read_questionnaire
from sdg_targets.formats.shipped_csv import DATA
from sdg_targets.models import (
    Indicator,
    Instrument,
    InstrumentVersion,
    Option,
    Question,
    ScoreClass,
    Section,
    Series,
    ShippedRow,
)
from sdg_targets.models.shipping import Shipped, load_once
from sdg_targets.permissions import require
from sdg_targets.queries.instruments import definition_of, document_of, whole_versions

from .interning import intern_breakdowns

FOLDER: Final = DATA / "questionnaires"
#: The name under which the documents that were loaded are remembered.
TABLE: Final = "sdg_targets.instrumentversion"
#: What a copy keeps of the code of its original: the column has room for a number behind it.
LONGEST_STEM: Final = 15


@transaction.atomic
def load_instruments(*, folder: Path = FOLDER) -> list[Shipped]:
    """Bring the shipped questionnaires in, after the catalogue; nothing is read where the files are those loaded last.

    A version that was edited since, or answered, stays as it is and is reported.
    Errors: ``OSError``, ``ValueError``, ``KeyError`` where a file is broken; then nothing is written.
    """
    paths = sorted(folder.glob("*.json"))
    return load_once("questionnaires", paths, lambda: [_load([read_questionnaire(path) for path in paths])])


def _load(documents: Sequence[Document]) -> Shipped:
    done: dict[str, list[str]] = {"new": [], "updated": [], "unchanged": [], "kept": []}
    for document in documents:
        key = f"{document['instrument']['code']} {document['version']['code']}"
        done[_load_one(key, document)].append(key)
    new, updated, unchanged = (len(done[name]) for name in ("new", "updated", "unchanged"))
    return Shipped(TABLE, new, updated, unchanged, kept=tuple(done["kept"]))


def _load_one(key: str, document: Document) -> str:
    """Write one document unless a person changed what stands; returns what became of it."""
    standing = (
        whole_versions()
        .filter(instrument__code=document["instrument"]["code"], code=document["version"]["code"])
        .first()
    )
    memory = ShippedRow.objects.filter(table=TABLE, key=key).first()
    if standing is not None:
        now = document_of(standing)
        if now == document:
            return _remembered(key, document, "unchanged")
        if memory is None or not _says(memory.values, now) or standing.is_answered:
            return "kept"
        standing.close()
        standing.delete()
    version = write_version(document)
    version.open()
    return _remembered(key, document, "new" if standing is None else "updated")


def _remembered(key: str, document: Document, verdict: str) -> str:
    ShippedRow.objects.update_or_create(table=TABLE, key=key, defaults={"values": document})
    return verdict


def _says(loaded: Any, now: Any) -> bool:
    """Whether all that was loaded still stands; what a later version of the product added does not count."""
    if isinstance(loaded, Mapping) and isinstance(now, Mapping):
        return all(name in now and _says(value, now[name]) for name, value in loaded.items())
    if isinstance(loaded, list) and isinstance(now, list):
        return len(loaded) == len(now) and all(map(_says, loaded, now))
    return bool(loaded == now)


def write_version(document: Document) -> InstrumentVersion:
    """Make a version with all its parts, closed; its instrument too, where there is none. Errors: ``DoesNotExist``."""
    given = document["version"]
    version = InstrumentVersion.objects.create(
        instrument=_instrument(document["instrument"]),
        code=given["code"],
        scoring=given["scoring"],
        category_series=_series(given["category_series"]),
        score_series=_series(given["score_series"]),
        footnote_share=_decimal(given["footnote_share"]),
        official_languages=given["official_languages"],
        source=given["source"],
        valid_from=_date(given["valid_from"]),
        valid_to=_date(given["valid_to"]),
        **_columns(given, "footnote"),
    )
    for row in document["classes"]:
        ScoreClass.objects.create(
            version=version, value=row["value"], minimum=Decimal(row["minimum"]), **_columns(row, "name")
        )
    for position, section in enumerate(document["sections"]):
        _write_section(version, position, section)
    return version


def _instrument(given: Document) -> Instrument:
    values = {
        "area_kinds": given["area_kinds"],
        "indicator": Indicator.objects.get(code=given["indicator"]) if given["indicator"] else None,
        **_columns(given, "name", "about"),
    }
    return Instrument.objects.update_or_create(code=given["code"], defaults=values)[0]


def _write_section(version: InstrumentVersion, position: int, given: Document) -> None:
    section = Section.objects.create(
        version=version,
        code=given["code"],
        position=position,
        breakdown=given["breakdown"],
        counts_shown=given["counts_shown"],
        **_columns(given, "name", "lead", "about"),
    )
    for place, row in enumerate(given["questions"]):
        question = Question.objects.create(section=section, code=row["code"], position=place, **_columns(row, "name"))
        Option.objects.bulk_create(
            Option(question=question, code=o["code"], position=n, weight=_decimal(o["weight"]), **_columns(o, "name"))
            for n, o in enumerate(row["options"])
        )


def _columns(given: Document, *stems: str) -> dict[str, str]:
    return {f"{stem}_{lang}": given[stem][lang] for stem in stems for lang in LANGUAGES}


def _series(code: str | None) -> Series | None:
    return None if code is None else Series.objects.get(code=code)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@transaction.atomic
def copy_version(version: InstrumentVersion, *, by: Any) -> InstrumentVersion:
    """A new version with the same parts, closed, to be edited; its code is the old one and the first free number.

    Errors: ``PermissionDenied``.
    """
    require(by, Permission.EDIT_CATALOGUE)
    document = document_of(whole_versions().get(pk=version.pk))
    taken = set(version.instrument.versions.values_list("code", flat=True))
    stem = document["version"]["code"][:LONGEST_STEM]
    code = next(f"{stem}-{number}" for number in count(2) if f"{stem}-{number}" not in taken)
    return write_version({**document, "version": {**document["version"], "code": code}})


@transaction.atomic
def open_version(version: InstrumentVersion, *, by: Any) -> None:
    """Let a version be filled in, once every set of answers can be scored; from then on it is not changed.

    Errors: ``PermissionDenied``, ``InstrumentError``.
    """
    require(by, Permission.EDIT_CATALOGUE)
    whole = whole_versions().select_for_update(of=("self",)).get(pk=version.pk)
    check(definition_of(whole))
    _check_breakdowns(whole)
    whole.open()


def _check_breakdowns(version: InstrumentVersion) -> None:
    """The figures of each section have somewhere to stand."""
    keys = [section.breakdown for section in version.sections.all() if section.breakdown]
    if unknown := set(keys) - set(intern_breakdowns(keys)):
        raise InstrumentError(f"There is no breakdown {', '.join(sorted(unknown))} in the catalogue.")


@transaction.atomic
def close_version(version: InstrumentVersion, *, by: Any) -> None:
    """Let a version be edited again, while nobody has answered it. Errors: ``PermissionDenied``, ``IntegrityError``."""
    require(by, Permission.EDIT_CATALOGUE)
    version.close()
