"""Words are found whatever their accents and capitals, and the nearest name comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.folding import folded, rank


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Côte  d’Ivoire", "cote d'ivoire"),
        ("España", "espana"),
        ("Œuvre", "oeuvre"),
        ("STRASSE", folded("Straße")),
        (" \t\n", ""),
        ("TÜRKİYE", "turkiye"),
    ],
)
def test_a_text_without_accents_and_capitals(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("texts", "asked", "near"),
    [
        (["kenya"], "kenya", 0),
        (["kenya", "ken"], "ken", 0),
        (["kenya"], "ken", 1),
        (["south sudan"], "sudan", 2),
        (["kenya"], "eny", 3),
        (["sudan south"], "south sudan", 3),
        (["ilo", "international labour organization"], "ilo labour", 4),
        (["kenya"], "uganda", None),
        (["kenya", "ken"], "kenya uganda", None),
        ([], "kenya", None),
    ],
)
def test_how_near_texts_are_to_words(texts: list[str], asked: str, near: int | None) -> None:
    assert rank(texts, asked.split()) == near


def test_a_word_asked_twice_is_asked_once() -> None:
    assert rank(["kenya"], ["kenya", "kenya"]) is not None


@given(st.lists(st.text("abc ", max_size=6)), st.lists(st.text("abc", min_size=1, max_size=2), min_size=1, max_size=3))
def test_found_is_what_holds_every_word(texts: list[str], words: list[str]) -> None:
    """A second way: every word stands in some text."""
    assert (rank(texts, words) is not None) == all(any(word in text for text in texts) for word in words)
