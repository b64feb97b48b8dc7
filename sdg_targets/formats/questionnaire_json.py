"""Definitions of questionnaires as JSON files: read, checked, and each question given its own answers.

In a file, answers that many questions share stand once, by name, and a section says which it uses. What is read is a plain
document in which every question has its options, of the same shape as ``queries.instruments.document_of`` makes from the
database: two documents that are equal say the same.
"""

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.domain.questionnaires import (
    Instrument,
    InstrumentError,
    Option,
    Question,
    ScoreClass,
    Scoring,
    Section,
    check,
)

Document = dict[str, Any]
#: The plain values of a version, as its model has them.
VERSION: Final = (
    "code",
    "scoring",
    "category_series",
    "score_series",
    "footnote_share",
    "official_languages",
    "source",
    "valid_from",
    "valid_to",
)


def read_questionnaire(path: Path) -> Document:
    """The document of a file. Errors: ``OSError``; ``ValueError`` with the file's name and what is wrong."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        document = _expanded(given)
        check(definition(document))
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ValueError(f"{path.name}: {error!r} is missing or not of its kind.") from error
    except (InstrumentError, json.JSONDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    for place, texts in _texts(document):
        if lacking := [lang for lang in LANGUAGES if not texts.get(lang)]:
            raise ValueError(f"{path.name}: {place} has no text in {', '.join(lacking)}.")
    return document


def definition(document: Document) -> Instrument:
    """What the scores hang on, without the words. Errors: ``KeyError``, ``ValueError``, ``InvalidOperation``."""
    version = document["version"]
    share = version["footnote_share"]
    sections = tuple(
        Section(section["code"], tuple(_question(question) for question in section["questions"]))
        for section in document["sections"]
    )
    classes = tuple(ScoreClass(row["value"], Decimal(row["minimum"])) for row in document["classes"])
    return Instrument(Scoring(version["scoring"]), sections, classes, None if share is None else Decimal(share))


def _question(question: Document) -> Question:
    return Question(
        question["code"],
        tuple(
            Option(option["code"], None if option["weight"] is None else Decimal(option["weight"]))
            for option in question["options"]
        ),
    )


def _expanded(given: Document) -> Document:
    """The document with each question's options written out."""
    return {
        "instrument": given["instrument"],
        "version": {name: given["version"][name] for name in VERSION} | {"footnote": given["version"]["footnote"]},
        "classes": given["classes"],
        "sections": [
            {
                **{name: section[name] for name in ("code", "breakdown", "counts_shown", "name", "lead", "about")},
                "questions": [
                    {**question, "options": given["answers"][question.get("answers", section["answers"])]}
                    for question in section["questions"]
                ],
            }
            for section in given["sections"]
        ],
    }


def _texts(document: Document) -> Iterable[tuple[str, dict[str, str]]]:
    """Every text that people read, with its place."""
    yield "instrument", document["instrument"]["name"]
    for row in document["classes"]:
        yield f"class {row['value']}", row["name"]
    for section in document["sections"]:
        yield f"section {section['code']}", section["name"]
        for question in section["questions"]:
            yield f"question {question['code']}", question["name"]
            for option in question["options"]:
                yield f"question {question['code']}, answer {option['code']}", option["name"]
