"""Numbers as typed: read exactly, asked about where they could be two, and never an exception of another kind."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sdg_targets.domain.figures import number
from sdg_targets.domain.numbers import MAX_DIGITS, plain_number
from sdg_targets.domain.typed_numbers import PLAIN, TypedNumberError, read_typed

LANGUAGES = ("en", "fr", "es")


def reading(text: str, language: str = "en", *, percent: bool = False) -> object:
    """The number read, or the readings between which the error asks."""
    try:
        return read_typed(text, language, percent=percent)
    except TypedNumberError as error:
        return error.readings


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("  \u00a0\ufeff", None),
        ("0", "0"),
        ("007", "7"),
        ("6.20", "6.20"),
        ("6,20", "6.20"),
        ("+5", "5"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("\u20135", "-5"),
        ("- 5", "-5"),
        (".5", "0.5"),
        (",25", "0.25"),
        ("0,123", "0.123"),
        ("01,234", "1.234"),
        ("1234,567", "1234.567"),
        ("1,2345", "1.2345"),
        ("1 013,8", "1013.8"),
        ("1\u00a0013,8", "1013.8"),
        ("1\u202f013.813", "1013.813"),
        ("1\u2009234\u2009567", "1234567"),
        ("1'234.5", "1234.5"),
        ("1\u2019234\u2019567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567,89", "1234567.89"),
    ],
)
def test_what_has_one_reading_is_read_in_every_language(text: str, value: str | None, language: str) -> None:
    read = reading(text, language)
    assert read == (None if value is None else Decimal(value))
    assert str(read) == str(None if value is None else Decimal(value))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,234", ("1234", "1.234")),
        ("24,644", ("24644", "24.644")),
        ("-24,644", ("-24644", "-24.644")),
        ("(100,0)", ("-100.0", "100.0")),
        ("( 5 )", ("-5", "5")),
    ],
)
def test_what_has_two_readings_is_asked_about(text: str, readings: tuple[str, str], language: str) -> None:
    assert reading(text, language) == tuple(map(Decimal, readings))


def test_a_point_before_three_digits_is_english_s_own_sign_and_asked_about_elsewhere() -> None:
    assert reading("1.234", "en") == Decimal("1.234")
    for language in ("fr", "es"):
        assert reading("1.234", language) == (Decimal(1234), Decimal("1.234"))


@pytest.mark.parametrize("language", [PLAIN, *LANGUAGES])
@pytest.mark.parametrize(
    "text",
    [
        "NaN", "Infinity", "1e999", "1_000", "0x1F", "1/2", "..", "-", "...", "N", "n/a", "(*)", "5.", "1 01", "1,00,000",
        "1,234,56", "1.234,5.6", "1 234'567", "0,123,456", "--5", "(-5)", "(5", "5%", "١٢٣", "１２３", "²", "½", "1\x00",
        "\ud800", "2018-05-01", "9" * (MAX_DIGITS + 1),
    ],
)  # fmt: skip
def test_what_is_no_number_is_an_error_without_readings(text: str, language: str) -> None:
    assert reading(text, language) == ()


def test_a_sign_of_per_cent_repeats_the_unit_only_where_that_is_its() -> None:
    assert reading("5,5 %", percent=True) == Decimal("5.5")
    assert reading("5.5\u00a0%", percent=True) == Decimal("5.5")
    assert reading("5 %") == ()
    assert reading("%", percent=True) == ()


def test_what_programs_write_is_read_as_programs_mean_it() -> None:
    assert reading("1.234", PLAIN) == Decimal("1.234")
    assert reading("3e-05", PLAIN) == Decimal("0.00003")
    assert reading("1,234", PLAIN) == ()


def test_the_error_says_what_would_be_right() -> None:
    with pytest.raises(TypedNumberError, match=r"can be read as 24644 or as 24.644 \(decimal point\)"):
        read_typed("24,644", "fr")
    with pytest.raises(TypedNumberError, match="leave the value empty and choose the reason"):
        read_typed("n/a", "fr")
    with pytest.raises(TypedNumberError, match="write one such as 1234,5"):
        read_typed("1/2", "es")


@given(st.text(max_size=80) | st.from_regex(r"[-+(]?[0-9.,' \u00a0\u202f]{0,12}[)%]?", fullmatch=True))
@example("\x1f5\x85")
@example("1\u202f013,8\u200e")
def test_any_text_is_a_number_nothing_or_a_typed_number_error(text: str) -> None:
    for language in (PLAIN, *LANGUAGES):
        for percent in (False, True):
            try:
                value = read_typed(text, language, percent=percent)
            except TypedNumberError as error:
                value, said = None, (error.message % error.values, str(error))
            else:
                said = ("", "")
            assert value is None or value.is_finite()
            assert said[0] == said[1] == said[0].encode().decode()


@given(st.decimals(-(10**12), 10**12, places=None, allow_nan=False).filter(lambda d: -12 < d.as_tuple().exponent < 12))
def test_what_a_page_shows_can_be_typed_back_or_is_asked_about(value: Decimal) -> None:
    """A number copied from a page in the same language is never read as another one."""
    for language in LANGUAGES:
        read = reading(number(value, language), language)
        assert read == value or (isinstance(read, tuple) and value in read)


@given(st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", fullmatch=True))
def test_plain_numbers_are_read_in_english_as_files_are(text: str) -> None:
    assert read_typed(text, "en") == Decimal(plain_number(text)) == read_typed(text, PLAIN)


def test_a_negative_number_keeps_every_digit() -> None:
    digits = "1." + "123456789" * 6
    assert str(read_typed(f"-{digits}")) == f"-{digits}"
