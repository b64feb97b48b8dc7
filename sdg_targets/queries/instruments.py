"""Questionnaires as they are defined: what scores hang on, and the whole as one document."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from sdg_targets.domain import questionnaires as domain
from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.formats.questionnaire_json import VERSION, Document, definition
from sdg_targets.models import InstrumentVersion, Question, Section


def whole_versions() -> QuerySet[InstrumentVersion]:
    """Versions with all their parts, in a number of queries that does not grow with them."""
    sections = Section.objects.prefetch_related(Prefetch("questions", Question.objects.prefetch_related("options")))
    return InstrumentVersion.objects.select_related(
        "instrument", "instrument__indicator", "category_series", "score_series"
    ).prefetch_related("classes", Prefetch("sections", sections))


def definition_of(version: InstrumentVersion) -> domain.Instrument:
    """What the scores of a version hang on; best asked of a version from ``whole_versions``."""
    return definition(document_of(version))


def document_of(version: InstrumentVersion) -> Document:
    """A version as a document of plain values, as its file would have it."""
    return {
        "instrument": {
            "code": version.instrument.code,
            "indicator": version.instrument.indicator and version.instrument.indicator.code,
            "area_kinds": list(version.instrument.area_kinds),
            **_in_three(version.instrument, "name", "about"),
        },
        "version": {name: _plain(getattr(version, name)) for name in VERSION} | _in_three(version, "footnote"),
        "classes": [
            {"value": row.value, "minimum": str(row.minimum), **_in_three(row, "name")} for row in version.classes.all()
        ],
        "sections": [_section(section) for section in version.sections.all()],
    }


def _section(section: Section) -> Document:
    return {
        "code": section.code,
        "breakdown": section.breakdown,
        "counts_shown": section.counts_shown,
        **_in_three(section, "name", "lead", "about"),
        "questions": [_question(question) for question in section.questions.all()],
    }


def _question(question: Question) -> Document:
    return {
        "code": question.code,
        **_in_three(question, "name"),
        "options": [
            {"code": o.code, "weight": None if o.weight is None else str(o.weight), **_in_three(o, "name")}
            for o in question.options.all()
        ],
    }


def _in_three(row: Any, *stems: str) -> Document:
    return {stem: {lang: getattr(row, f"{stem}_{lang}") for lang in LANGUAGES} for stem in stems}


def _plain(value: Any) -> Any:
    """A series by its code, lists as they are, and everything else as text; None stays None."""
    if value is None or isinstance(value, list):
        return value
    return value.code if hasattr(value, "code") else str(value)
