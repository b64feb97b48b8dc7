"""Names fall back to a language that has one, and say so."""

from sdg_targets.domain.languages import local_name


def test_the_language_asked_for_comes_first() -> None:
    name = local_name({"en": "World", "fr": "Monde", "es": ""}, "fr-ca")
    assert (str(name), name.lang, name.is_fallback) == ("Monde", "fr", False)


def test_a_missing_name_falls_back_to_english_and_says_so() -> None:
    name = local_name({"en": "World", "fr": "Monde", "es": ""}, "es")
    assert (str(name), name.lang, name.is_fallback) == ("World", "en", True)


def test_no_name_at_all_is_an_empty_text() -> None:
    assert str(local_name({}, None)) == ""
