"""Scores: the golden cases, the edges of the classes, and a slow second implementation that must agree."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.questionnaires import (
    AnswerError,
    Instrument,
    InstrumentError,
    Option,
    Question,
    ScoreClass,
    Scoring,
    Section,
    check,
    score,
)

D = Decimal
STATUS = (Option("ALL", D(1)), Option("REGULAR", D("0.5")), Option("NO", D(0)))
YES_NO = (Option("YES", D(1)), Option("NO", D(0)))
CLASSES = (ScoreClass(1, D(0)), ScoreClass(2, D(40)), ScoreClass(3, D(80)), ScoreClass(4, D(100)))


def policies() -> Instrument:
    """10.7.2: six domains of five questions; the first has three answers to choose from."""
    sections = tuple(
        Section(f"PD_{n}", tuple(Question(f"{n}{letter}", STATUS if n == 1 else YES_NO) for letter in "abcde"))
        for n in range(1, 7)
    )
    return Instrument(Scoring.OVERALL, sections, CLASSES, footnote_share=D(10))


def benchmark() -> Instrument:
    """A set of a city, read answer by answer: nothing counts anything."""
    options = (Option("NONE"), Option("PARTLY"), Option("FULLY"))
    return Instrument(
        Scoring.NONE,
        (
            Section("RIGHTS", (Question("r1", options), Question("r2", options))),
            Section("WORK", (Question("w1", options),)),
        ),
    )


def answers(weights: list[list[float]]) -> dict[str, str]:
    """The answers that count so much, domain by domain."""
    return {
        question.code: next(o.code for o in question.options if o.weight == D(str(weight)))
        for section, row in zip(policies().sections, weights, strict=True)
        for question, weight in zip(section.questions, row, strict=True)
    }


def test_the_golden_case_of_10_7_2(shared: Path) -> None:
    cases = json.loads((shared / "facts" / "test_vectors.json").read_text())
    golden = next(case for case in cases if case["case"] == "10.7.2 example answers")
    result = score(policies(), answers(golden["answers"]))
    assert [section.value for section in result.sections.values()] == golden["domains"]
    assert result.overall.published == D(str(golden["overall"]))
    assert result.overall.class_value == golden["category"]
    assert [section.class_value for section in result.sections.values()] == [3, 3, 4, 2, 1, 3]
    assert result.sections["PD_1"].counts == (("ALL", 3), ("REGULAR", 2), ("NO", 0))
    assert (result.overall.unanswered_share, result.needs_footnote) == (0, False)
    assert result.sections["PD_1"].formula() == "(1 + 1 + 0.5 + 0.5 + 1) ÷ 5 × 100 = 80"
    assert result.summary() == "(4 + 4 + 5 + 2 + 1 + 4) ÷ 30 × 100 = 66.67"
    assert result.sections["PD_1"].formula("fr") == "(1 + 1 + 0,5 + 0,5 + 1) ÷ 5 × 100 = 80"
    assert result.summary("es").endswith("= 66,67")


@pytest.mark.parametrize(
    ("points", "value", "class_value"),
    [
        (0, "0", 1),
        (D("11.5"), "38.3333", 1),
        (12, "40", 2),
        (D("23.5"), "78.3333", 2),
        (24, "80", 3),
        (D("29.5"), "98.3333", 3),
        (30, "100", 4),
    ],
)
def test_the_edges_of_the_classes(points: Decimal | int, value: str, class_value: int) -> None:
    given, left = {}, D(points)
    for question in reversed(policies().questions):
        option = next(o for o in question.options if o.weight is not None and o.weight <= left)
        given[question.code], left = option.code, left - (option.weight or 0)
    overall = score(policies(), given).overall
    assert (left, overall.total) == (0, points)
    assert (str(overall.published), overall.class_value) == (value, class_value)


@pytest.mark.parametrize(
    ("missing", "share", "due"), [(0, "0", False), (2, "6.67", False), (3, "10", True), (30, "100", True)]
)
def test_an_unanswered_question_counts_nothing_and_is_said(missing: int, share: str, due: bool) -> None:
    full = {question.code: question.options[0].code for question in policies().questions}
    result = score(policies(), dict(list(full.items())[missing:]))
    assert (result.overall.answered, result.overall.unanswered) == (30 - missing, missing)
    assert result.overall.value == D(100) * (30 - missing) / 30
    assert round(result.overall.unanswered_share, 2) == D(share)
    assert result.needs_footnote is due


def test_sections_alone_have_no_total_and_a_benchmark_has_no_score() -> None:
    apart = Instrument(Scoring.SECTIONS, policies().sections, CLASSES)
    result = score(apart, {"1a": "ALL"})
    assert (result.sections["PD_1"].value, result.sections["PD_1"].class_value) == (20, 1)
    assert (result.overall.value, result.overall.class_value, result.summary()) == (None, None, "")
    result = score(benchmark(), {"r1": "PARTLY", "w1": "FULLY"})
    assert [(s.value, s.class_value, s.published, s.formula()) for s in result.sections.values()] == [
        (None, None, None, "")
    ] * 2
    assert result.sections["RIGHTS"].counts == (("NONE", 0), ("PARTLY", 1), ("FULLY", 0))
    assert (result.overall.value, result.overall.answered, result.needs_footnote) == (None, 2, False)


@pytest.mark.parametrize("wrong", [{"9z": "YES"}, {"2a": "ALL"}, {"1a": ""}])
def test_an_answer_that_the_instrument_does_not_have_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(AnswerError):
        score(policies(), wrong)


ONE = Section("A", (Question("a", YES_NO),))


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("no section", {"sections": ()}),
        ("Section A has no question", {"sections": (Section("A", ()),)}),
        ("Section A stands 2 times", {"sections": (ONE, Section("A", (Question("b", YES_NO),)))}),
        ("Question a stands 2 times", {"sections": (ONE, Section("B", (Question("a", YES_NO),)))}),
        ("fewer than two", {"sections": (Section("A", (Question("a", YES_NO[:1]),)),)}),
        ("answer YES stands 2 times", {"sections": (Section("A", (Question("a", YES_NO[:1] * 2),)),)}),
        ("does not say what it counts", {"sections": (Section("A", (Question("a", (YES_NO[0], Option("NO"))),)),)}),
        ("not from 0 to 1", {"sections": (Section("A", (Question("a", (YES_NO[0], Option("NO", D(-1)))),)),)}),
        ("does not begin at 0", {"classes": CLASSES[1:]}),
        ("Class 2 begins at 40", {"classes": (CLASSES[0], CLASSES[2], CLASSES[1])}),
        ("nothing is scored", {"scoring": Scoring.NONE}),
    ],
)
def test_a_definition_that_cannot_be_scored_says_where(said: str, parts: dict[str, Any]) -> None:
    whole = {"scoring": Scoring.OVERALL, "sections": (ONE,), "classes": CLASSES} | parts
    with pytest.raises(InstrumentError, match=said):
        check(Instrument(**whole))


def test_good_definitions_pass() -> None:
    check(policies())
    check(benchmark())


@st.composite
def forms(draw: st.DrawFn) -> tuple[Instrument, dict[str, str]]:
    """Any instrument of up to four sections, with some of its questions answered."""
    weights = st.lists(st.integers(0, 20).map(lambda n: D(n) / 20), min_size=2, max_size=4)
    sections, given = [], {}
    for s in range(draw(st.integers(1, 4))):
        questions = []
        for q in range(draw(st.integers(1, 7))):
            options = tuple(Option(f"o{n}", weight) for n, weight in enumerate(draw(weights)))
            questions.append(Question(f"{s}.{q}", options))
            if draw(st.booleans()):
                given[f"{s}.{q}"] = draw(st.sampled_from(options)).code
        sections.append(Section(f"s{s}", tuple(questions)))
    return Instrument(Scoring.OVERALL, tuple(sections), CLASSES, footnote_share=D(10)), given


def slowly(questions: tuple[Question, ...], given: dict[str, str]) -> tuple[Fraction, int]:
    """The score and its class once more: exact fractions, one question at a time, limits written out."""
    points = Fraction(0)
    for question in questions:
        for option in question.options:
            if given.get(question.code) == option.code:
                points += Fraction(str(option.weight))
    value = points * 100 / len(questions)
    if value == 100:
        return value, 4
    return value, 3 if value >= 80 else 2 if value >= 40 else 1


@given(forms())
def test_a_slow_second_implementation_agrees(form: tuple[Instrument, dict[str, str]]) -> None:
    instrument, given_ = form
    check(instrument)
    result = score(instrument, given_)
    pairs = [(result.sections[s.code], s.questions) for s in instrument.sections] + [
        (result.overall, instrument.questions)
    ]
    for got, questions in pairs:
        value, class_value = slowly(questions, given_)
        assert got.value is not None and abs(Fraction(got.value) - value) < Fraction(1, 10**20)
        assert got.class_value == class_value
        assert got.answered == len([q for q in questions if q.code in given_])
        assert sum(times for _code, times in got.counts) == got.answered
        assert got.published is not None and abs(Fraction(got.published) - value) <= Fraction(1, 20000)
    assert result.needs_footnote == (10 * (len(instrument.questions) - len(given_)) >= len(instrument.questions))


@given(forms())
def test_answering_more_never_lowers_a_score(form: tuple[Instrument, dict[str, str]]) -> None:
    instrument, given_ = form
    before = score(instrument, given_).overall.value
    for question in instrument.questions:
        if question.code not in given_:
            after = score(instrument, given_ | {question.code: question.options[0].code}).overall.value
            assert before is not None and after is not None and after >= before
