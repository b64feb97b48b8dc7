"""What a publisher writes and what it means here: mapped, or one of ours, or refused with what would be right."""

import pytest

from sdg_targets.formats.mapping import CodeMaps, UnmappedCode

CODES = CodeMaps(
    {"unit": {"PERCENT": "PT"}, "area": {"404": "KEN"}},
    {"unit": frozenset({"PT", "NUMBER"}), "many": frozenset(f"C{number:02}" for number in range(20))},
)


def test_a_mapped_code_and_one_of_ours() -> None:
    assert (CODES.code("unit", "PERCENT"), CODES.code("unit", "NUMBER"), CODES.area("404")) == ("PT", "NUMBER", "KEN")


def test_a_mapping_wins_over_a_code_of_ours_that_is_written_the_same() -> None:
    assert CodeMaps({"unit": {"PT": "NUMBER"}}, {"unit": frozenset({"PT"})}).code("unit", "PT") == "NUMBER"


def test_what_is_absent_stays_absent() -> None:
    assert CODES.optional("unit", None) is None
    assert CODES.find("unit", "STONES") is None
    with pytest.raises(UnmappedCode):
        CODES.optional("unit", "")


@pytest.mark.parametrize(
    ("concept", "given", "expected"),
    [
        ("unit", "STONES", "one of NUMBER, PERCENT, PT"),
        ("nothing", "x", "no such code is mapped"),
        ("many", "x", "one of " + ", ".join(f"C{number:02}" for number in range(12)) + " ..."),
    ],
)
def test_a_code_without_a_meaning_says_what_would_have_one(concept: str, given: str, expected: str) -> None:
    with pytest.raises(UnmappedCode) as refused:
        CODES.code(concept, given)
    assert (refused.value.concept, refused.value.given, refused.value.expected) == (concept, given, expected)


def test_a_country_is_known_by_its_iso_code_or_one_that_is_mapped_and_a_group_is_named() -> None:
    codes = CodeMaps({"iso3": {"XKX": "412"}}, {"iso3": frozenset({"KEN"})})
    assert (codes.country("KEN"), codes.country("XKX", "Kosovo")) == ("KEN", "412")
    with pytest.raises(UnmappedCode) as refused:
        codes.country("ARB", "Arab World")
    assert (refused.value.concept, refused.value.given) == ("area", "ARB Arab World")
    assert "regions and groups" in refused.value.expected
