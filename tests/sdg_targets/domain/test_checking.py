"""Every rule of entered figures by golden cases, what blocks and what an explanation opens, and that no text is an exception."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.checking import ENTRY_RULES, check_cell, check_submission
from sdg_targets.domain.entered import NUMBERS, TEXTS, CellKey, typed_cell
from sdg_targets.domain.figures import number
from sdg_targets.domain.findings import Context, Finding
from sdg_targets.domain.limits import Limits, default_limits
from sdg_targets.domain.typed_numbers import PLAIN
from sdg_targets.domain.validation import Strength
from tests.factories.entered import make_cell, make_context, make_point

STEADY = {"2014": "40", "2015": "41", "2016": "40.5", "2017": "42", "2018": "41.2", "2019": "41.8"}
FEW = {"2018": "10", "2019": "12"}


def found(cell: Any, context: Context) -> list[str]:
    return [finding.rule for finding in check_cell(cell, context)]


def said(finding: Finding) -> str:
    return finding.said(str, lambda value: number(value, "en"))


def together(*cells: Any, context: Context | None = None) -> list[tuple[str, str]]:
    """Rules of the whole submission that are broken, with the breakdown of the cell where they are shown."""
    checked = check_submission(cells, context or make_context())
    whole = {number for number, rule in ENTRY_RULES.items() if rule.of_submission is not None}
    return [(one.rule, one.key.breakdown) for one in checked.findings if one.rule in whole]


def test_a_good_figure_breaks_nothing() -> None:
    assert found(make_cell("42.1"), make_context(STEADY)) == []
    assert found(make_cell(status="L"), make_context(STEADY)) == []
    assert found(make_cell("1 013,8", series="MONEY", language="fr"), make_context()) == []


LOOSE = replace(default_limits("percent", "PT"), statuses=frozenset("AP"), maximum=Decimal(60))
PEOPLE = replace(default_limits("number", "NUMBER"), small_count=5)
SHARES = replace(default_limits("percent", "PT"), small_count=5)


@pytest.mark.parametrize(
    ("cell", "context", "rules"),
    [
        (make_cell("1,234", series="MONEY"), make_context(), ["E01"]),
        (make_cell("12", numerator="(3)"), make_context(), ["E01"]),
        (make_cell(""), make_context(), ["V09"]),
        (make_cell("12", status="L"), make_context(), ["V10"]),
        (make_cell("x", status="L"), make_context(), ["E01", "V10"]),
        (make_cell("12", breakdown="SEX=X"), make_context(), ["V05"]),
        (make_cell("12", period="20222"), make_context(), ["V03"]),
        (make_cell("12", period="2027"), make_context(), ["V04", "E13"]),
        (make_cell("12", unit="USD"), make_context(), ["V12"]),
        (make_cell("12", area="UGA"), make_context(), ["E02"]),
        (make_cell("12", series="NONE"), make_context(), ["V01"]),
        (make_cell("12", status="E"), make_context(limits={"SHARE": LOOSE}), ["E03"]),
        (make_cell(status="Q"), make_context(limits={"SHARE": LOOSE}), []),
        (make_cell("12", status="?"), make_context(limits={"SHARE": LOOSE}), ["V15"]),
        (make_cell("2.5", series="CLASS"), make_context(), ["E04"]),
        (make_cell("3", series="CLASS"), make_context(), []),
        (make_cell("12.5", series="COUNT"), make_context(), ["E05"]),
        (make_cell("12.5", series="COUNT", multiplier="3"), make_context(), []),
        (make_cell("61"), make_context(limits={"SHARE": LOOSE}), ["E06"]),
        (make_cell("-1"), make_context(), ["E06"]),
        (make_cell("100.1"), make_context(), ["E06"]),
        (make_cell("100"), make_context(), []),
        (make_cell("22.1"), make_context(FEW), ["E07"]),
        (make_cell("22"), make_context(FEW), []),
        (make_cell("22.1", period="2025"), make_context(FEW), []),  # six years apart
        (make_cell("22.1", period="2012"), make_context(FEW), []),
        (make_cell("30", period="2015"), make_context(FEW), ["E07"]),  # against the first after it
        (make_cell("22.1"), make_context(FEW, breaks=frozenset((2020,))), []),
        (make_cell("22.1", status="B"), make_context(FEW), []),
        (make_cell("22.1"), make_context(FEW, limits={"SHARE": Limits(jump_difference=Decimal(11))}), []),
        (make_cell("50", series="COUNT"), make_context(FEW, series="COUNT"), ["E07"]),
        (make_cell("30", series="COUNT"), make_context(FEW, series="COUNT"), []),  # by the factor, not by 20
        (make_cell("46"), make_context(STEADY), ["E08"]),
        (make_cell("43"), make_context(STEADY), []),
        (make_cell("0.415"), make_context(STEADY), ["E07", "E08", "E09"]),
        (make_cell("25", numerator="12", denominator="48"), make_context(), []),
        (make_cell("52", numerator="12", denominator="48"), make_context(), ["E10"]),
        (make_cell("33", numerator="1", denominator="3"), make_context(), []),
        (make_cell("33.0", numerator="1", denominator="3"), make_context(), ["E10"]),
        (make_cell("33", numerator="1", denominator="0"), make_context(), ["V20"]),
        (make_cell("4761.9", series="RATE", numerator="50000", denominator="1050000"), make_context(), []),
        (make_cell("5000", series="RATE", numerator="50000", denominator="1050000"), make_context(), ["E10"]),
        (make_cell("0.012", series="COUNT", multiplier="3"), make_context(FEW, series="COUNT"), ["E11", "E17"]),
        (make_cell("12", source=""), make_context(), ["E12"]),
        (make_cell("12", period="2026"), make_context(), ["E13"]),
        (make_cell("12", period="2026", status="P"), make_context(), []),
        (make_cell("12", period="2015/16"), make_context(), ["E14"]),
        (make_cell("12", period="2015/16", time_detail="Fiscal year"), make_context(), []),
        (make_cell("12.5", period="2019"), make_context(FEW), ["E15"]),
        (make_cell(status="L", period="2019"), make_context(FEW), ["E15"]),
        (make_cell("12.0", period="2019"), make_context(FEW), []),
        (make_cell("12.4", period="2019"), make_context(FEW), ["E16"]),
        (make_cell("12.04", period="2019"), make_context({"2019": "12.0"}), ["E16"]),
        (make_cell("12"), make_context(FEW), ["E17"]),
        (make_cell("3", series="COUNT"), make_context({"2019": "3"}, series="COUNT"), []),
        (make_cell("4", series="COUNT"), make_context(limits={"COUNT": PEOPLE}), ["E18"]),
        (make_cell("0", series="COUNT"), make_context(limits={"COUNT": PEOPLE}), []),
        (make_cell("0.004", series="COUNT", multiplier="3"), make_context(limits={"COUNT": PEOPLE}), ["E18"]),
        (make_cell("5", series="COUNT"), make_context(limits={"COUNT": PEOPLE}), []),
        (make_cell("25", numerator="3", denominator="12"), make_context(limits={"SHARE": SHARES}), ["E18"]),
        (make_cell("3"), make_context(limits={"SHARE": SHARES}), []),
        (make_cell(status="Q", numerator="3"), make_context(), ["E19"]),
        (make_cell(status="L", numerator="3"), make_context(), []),
    ],
)  # fmt: skip
def test_a_cell_breaks_the_rules_that_it_should(cell: Any, context: Context, rules: list[str]) -> None:
    assert sorted(found(cell, context)) == sorted(rules)


COUNT = {"series": "COUNT"}


@pytest.mark.parametrize(
    ("cells", "limits", "rules"),
    [
        ([("10", "_T"), ("4", "SEX=F"), ("6", "SEX=M")], {}, []),
        ([("10", "_T"), ("4", "SEX=F"), ("7", "SEX=M")], {}, [("E21", "_T")]),
        ([("10", "_T"), ("4", "SEX=F"), ("5", "SEX=M")], {}, [("E21", "_T")]),
        ([("10", "_T"), ("4", "SEX=F"), ("5", "SEX=M"), ("1", "SEX=_U")], {}, []),
        ([("10", "_T"), ("9", "SEX=F")], {}, []),
        ([("1000", "_T"), ("404", "SEX=F"), ("600", "SEX=M")], {"sum_tolerance": Decimal("0.5")}, []),
        ([("10.0", "_T"), ("4.0", "SEX=F"), ("6.1", "SEX=M")], {}, []),  # within the rounding of the three
        ([("10.0", "_T"), ("4.0", "SEX=F"), ("6.2", "SEX=M")], {}, [("E21", "_T")]),
        ([("10", "_T"), ("4", "OCCUPATION=PHYS"), ("5", "OCCUPATION=NURS")], {}, []),  # an open list
        ([("10", "_T"), ("4", "OCCUPATION=PHYS"), ("7", "OCCUPATION=NURS")], {}, [("E21", "_T")]),
        ([("10", "_T"), ("", "SEX=F"), ("7", "SEX=M")], {}, [("E23", "SEX=F")]),
        ([("10", "_T"), ("", "SEX=F"), ("", "SEX=M")], {}, []),
        ([("10", "_T"), ("6", "SEX=F")], {"small_count": 5}, [("E24", "SEX=F")]),
        ([("11", "_T"), ("6", "SEX=F")], {"small_count": 5}, []),
        ([("6", "_T"), ("6", "SEX=F")], {"small_count": 5}, []),
    ],
)
def test_counts_of_a_submission(
    cells: list[tuple[str, str]], limits: dict[str, Any], rules: list[tuple[str, str]]
) -> None:
    made = [make_cell(value, breakdown=key, **COUNT, **({} if value else {"status": "Q"})) for value, key in cells]
    context = make_context(limits={"COUNT": replace(default_limits("number", "NUMBER"), **limits)})
    assert together(*made, context=context) == rules


def test_a_share_of_the_whole_lies_between_those_of_its_parts() -> None:
    parts = make_cell("40", breakdown="SEX=F"), make_cell("60", breakdown="SEX=M")
    assert together(make_cell("55"), *parts) == []
    assert together(make_cell("60"), *parts) == []
    assert together(make_cell("70"), *parts) == [("E22", "_T")]


def test_a_key_stands_once_however_it_is_written() -> None:
    first, second = make_cell("40", period="2015/16"), make_cell("41", period="2015-2016")
    assert first.key == second.key == CellKey("SHARE", "KEN", "2015/2016", "_T")
    assert together(first, second) == [("E20", "_T")]


def test_what_is_published_counts_beside_what_is_entered() -> None:
    """A total that stands since last year gives away the part that is suppressed now; the finding is at the entered cell."""
    lines = {("COUNT", "_T"): [make_point("2020", "10")], ("COUNT", "SEX=M"): [make_point("2020", "7")]}
    context = make_context(lines=lines)
    assert together(make_cell(status="Q", breakdown="SEX=F", **COUNT), context=context) == [("E23", "SEX=F")]
    assert together(make_cell("4", breakdown="SEX=F", **COUNT), context=context) == [("E21", "SEX=F")]
    hidden = {("COUNT", "SEX=F"): [make_point("2020", None, "Q")], ("COUNT", "_T"): [make_point("2020", "10")]}
    assert together(make_cell("7", breakdown="SEX=M", **COUNT), context=make_context(lines=hidden)) == [
        ("E23", "SEX=M")
    ]


def test_what_is_published_and_not_touched_is_not_this_submission_s() -> None:
    lines = {("COUNT", "_T"): [make_point("2020", "10")], ("COUNT", "SEX=M"): [make_point("2020", "7")]}
    lines |= {("COUNT", "SEX=F"): [make_point("2020", "9")]}
    context = make_context(lines=lines)
    assert together(make_cell("5", period="2019", **COUNT), context=context) == []


def test_the_draft_of_last_year_counts_as_last_year() -> None:
    before, now = make_cell("60", period="2019"), make_cell("61", period="2020")
    assert found(now, make_context(FEW)) == ["E07"]
    assert found(now, make_context(FEW).with_cells([before, now])) == []
    rules = [(one.rule, one.key.period) for one in check_submission([before, now], make_context(FEW)).findings]
    assert rules == [("E07", "2019"), ("E15", "2019")]


def test_messages_carry_the_numbers_found_and_what_would_be_right() -> None:
    (finding,) = check_cell(make_cell("50", series="COUNT"), make_context(FEW, series="COUNT"))
    assert said(finding) == "50 against 12 in 2019: a change by the factor 4.17; up to 2 is expected."
    (finding,) = check_cell(make_cell("52", numerator="12", denominator="48"), make_context())
    assert said(finding) == "52 is not 12 / 48 × 100 = 25."
    cells = [
        make_cell("10", **COUNT),
        make_cell(status="Q", breakdown="SEX=F", **COUNT),
        make_cell("7", breakdown="SEX=M", **COUNT),
    ]
    (finding,) = check_submission(cells, make_context()).findings
    assert said(finding) == (
        "SEX=F: suppressed, and can be calculated from SEX=M; _T. Suppress one of these too, best SEX=M."
    )
    (finding,) = check_cell(make_cell("12", unit="USD"), make_context())
    assert (said(finding), finding.column) == ("The unit is that of the series.", "unit")


def test_an_explanation_opens_a_warning_and_never_an_error() -> None:
    outlier = make_cell("46", explanation="A new register counts seasonal workers.")
    (finding,) = check_cell(outlier, make_context(STEADY))
    assert (finding.strength, finding.is_explained, finding.blocks) == (Strength.WARNING, True, False)
    for answer in ("", "  ", "ok", ". . . . . . . . . . ."):
        (finding,) = check_cell(make_cell("46", explanation=answer), make_context(STEADY))
        assert finding.blocks and not finding.is_explained
    wrong = make_cell("12", area="UGA", explanation="We enter it for our neighbours.")
    (finding,) = check_cell(wrong, make_context())
    assert (finding.blocks, finding.is_explained) == (True, False)
    (finding,) = check_cell(make_cell("12"), make_context(FEW))
    assert (finding.strength, finding.blocks) == (Strength.NOTE, False)


def test_what_is_found_is_listed_by_cell_and_counted() -> None:
    cells = [
        make_cell("46", explanation="A new register of migrants."),
        make_cell("12", source="", breakdown="SEX=F"),
        make_cell("x", period="2018"),
    ]
    checked = check_submission(cells, make_context(STEADY))
    places = [(key.period, key.breakdown) for key in checked.by_cell]
    assert places == [("2018", "_T"), ("2020", "SEX=F"), ("2020", "_T")]
    assert [one.rule for one in checked.of(cells[1].key)] == ["E12"]
    assert [one.rule for one in checked.blocking] == ["E01", "E12"]
    assert [one.rule for one in checked.explained] == ["E08"]
    assert [checked.count(strength) for strength in Strength] == [1, 2, 0]


def test_every_rule_has_a_sentence_and_a_check() -> None:
    for rule_number, rule in ENTRY_RULES.items():
        assert rule.number == rule_number
        assert rule.sentence.endswith(".") and rule.compares and rule.example
        assert (rule.of_cell is None) != (rule.of_submission is None)
    assert len({rule.sentence for rule in ENTRY_RULES.values()}) == len(ENTRY_RULES)


odd = st.text(max_size=60) | st.sampled_from(
    [
        "",
        "1e99",
        "-1e-99",
        "9" * 60,
        "0.00",
        "١٢٣",
        "NaN",
        "1_000",
        "1 013,8",
        "A",
        "Q",
        "0",
        "3",
        "12",
        "13",
        "²",
        "\0\ud800",
    ]
)
keys = st.builds(
    CellKey,
    st.sampled_from(["SHARE", "COUNT", "RATE", "CLASS", "MONEY"]) | odd,
    st.sampled_from(["KEN"]) | odd,
    st.sampled_from(["2020", "2019", "2015/16", "2020-Q1"]) | odd,
    st.sampled_from(["_T", "SEX=F", "SEX=M", "AGE=Y0T14;SEX=F"]) | odd,
)


@given(
    st.lists(
        st.tuples(keys, st.fixed_dictionaries({}, optional=dict.fromkeys((*NUMBERS, *TEXTS), odd))),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([PLAIN, "en", "fr", "es", "xx"]),
)
def test_no_text_is_an_exception(given_cells: list[tuple[CellKey, dict[str, str]]], language: str) -> None:
    cells = [typed_cell(key, texts, language=language) for key, texts in given_cells]
    context = make_context(STEADY, limits={"COUNT": PEOPLE, "SHARE": SHARES})
    for finding in check_submission(cells, context).findings:
        assert said(finding)
    for cell in cells:
        check_cell(cell, context)


def test_a_column_that_a_cell_does_not_have_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="no column colour"):
        typed_cell(CellKey("SHARE", "KEN", "2020"), {"colour": "red"})
