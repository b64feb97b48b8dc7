"""Small questionnaires: a scored one, and a benchmark of a city in which nothing is summed up."""

from typing import Any

from sdg_targets.actions.answers import SavedAnswer, save_answers
from sdg_targets.actions.instruments import write_version
from sdg_targets.domain.answers import Said
from sdg_targets.models import InstrumentVersion, Submission

from .catalogue import make_dimension, make_series
from .submissions import make_round, make_submission


def three(text: str) -> dict[str, str]:
    """A text in three languages, each telling which it is."""
    return {"en": text, "fr": f"{text} (fr)", "es": f"{text} (es)"}


def options(*pairs: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"code": code, "weight": weight, "name": three(code.capitalize())} for code, weight in pairs]


def section(code: str, questions: dict[str, list[dict[str, Any]]], **given: Any) -> dict[str, Any]:
    return {
        "code": code,
        "breakdown": "",
        "counts_shown": False,
        "name": three(f"Section {code}"),
        "lead": three(f"Does it, in {code}?"),
        "about": three(f"What {code} measures"),
        "questions": [
            {"code": name, "name": three(f"Question {name}"), "options": chosen} for name, chosen in questions.items()
        ],
    } | given


def document(instrument: str, sections: list[dict[str, Any]], **version: Any) -> dict[str, Any]:
    """A definition, as a file would have it after it was read."""
    return {
        "instrument": {
            "code": instrument,
            "indicator": None,
            "area_kinds": ["country"],
            "name": three(f"Questionnaire {instrument}"),
            "about": three("About it"),
        },
        "version": {
            "code": "2021",
            "scoring": "none",
            "category_series": None,
            "score_series": None,
            "footnote_share": None,
            "footnote": three("Much is unanswered."),
            "official_languages": ["en"],
            "source": "test",
            "valid_from": None,
            "valid_to": None,
        }
        | version,
        "classes": [],
        "sections": sections,
    }


def benchmark() -> dict[str, Any]:
    """Governance of migration in a city: read answer by answer, without a total."""
    levels = options(("NONE", None), ("PLANNED", None), ("IN_FORCE", None))
    made = document(
        "city-governance",
        [
            section("SERVICES", {"s1": levels, "s2": levels}),
            section("PARTNERS", {"p1": levels}),
        ],
    )
    made["instrument"]["area_kinds"] = ["city", "country"]
    return made


def scored(**version: Any) -> dict[str, Any]:
    """Two sections of two questions; the class goes to one series and the score to another."""
    make_dimension("POLICY")
    make_series("CLASS", unit="NUMBER", kind="ordinal", dimensions=("POLICY",))
    make_series("SCORE", kind="score", dimensions=("POLICY",))
    status = options(("ALL", "1"), ("SOME", "0.5"), ("NO", "0"))
    yes_no = options(("YES", "1"), ("NO", "0"))
    made = document(
        "policies",
        [
            section("A", {"a1": status, "a2": status}, counts_shown=True, breakdown="POLICY=X"),
            section("B", {"b1": yes_no, "b2": yes_no}),
        ],
        **{
            "scoring": "overall",
            "category_series": "CLASS",
            "score_series": "SCORE",
            "footnote_share": "25",
        }
        | version,
    )
    made["classes"] = [
        {"value": value, "minimum": minimum, "name": three(f"Class {value}")}
        for value, minimum in ((1, "0"), (2, "50"), (3, "100"))
    ]
    return made


def make_version(given: dict[str, Any], *, is_open: bool = True) -> InstrumentVersion:
    """A version with all its parts, open unless told otherwise."""
    version = write_version(given)
    if is_open:
        version.open()
    return version


def asked_submission(by: Any, *given: dict[str, Any], area: str = "KEN") -> Submission:
    """A submission in a round that asks for the series of the questionnaires (``scored`` unless others are given), 2024."""
    versions = [make_version(each) for each in given or (scored(),)]
    series = {version.category_series: None for version in versions if version.category_series}
    of_round = make_round("questions", areas=(area,), series=tuple(series) or (make_series(),))
    of_round.items.update(first_year=2024, last_year=2024)
    return make_submission(by, area=area, of_round=of_round)


def answer(
    submission: Submission, by: Any, *, instrument: str = "policies", period: str = "2024", seen: int = 0, **chosen: Any
) -> dict[str, SavedAnswer]:
    """Save answers by the code of their question: an option's code, or all that is said."""
    given = {code: (said if isinstance(said, Said) else Said(said), seen) for code, said in chosen.items()}
    return save_answers(submission=submission, instrument=instrument, period=period, given=given, by=by)
