"""Every text that a person reads is translated into French and Spanish, and the translations say nothing else.

What is marked in the code is found here without gettext's programs, so that a forgotten ``make messages`` is noticed
everywhere.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr", "es")
#: Functions that mark a text, and which of their arguments are texts.
MARKS = {
    "_": "t", "gettext": "t", "gettext_lazy": "t", "gettext_noop": "t", "ngettext": "tp", "ngettext_lazy": "tp",
    "pgettext": "ct", "pgettext_lazy": "ct", "npgettext": "ctp",
}  # fmt: skip
IN_TEMPLATES = re.compile(
    r"""\b(_|n?p?gettext)\(\s*((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?\s*)+)""", re.DOTALL
)
PLACES = re.compile(r"%\([a-z_0-9]+\)[sd]|%%|\{[a-z_0-9]*\}|</?[a-z][^>]*>")

Message = tuple[str | None, str]  # context and text


@cache
def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(CHECKOUT / f"locale/{language}/LC_MESSAGES/django.po"))


def message(name: str, texts: list[str]) -> Message:
    kinds = MARKS[name]
    context = texts[0] if kinds[0] == "c" else None
    return context, texts[kinds.index("t")]


def marked_in_code() -> Iterator[Message]:
    for app in ("idm", "reports", "partners", "sdg_targets"):
        for file in (CHECKOUT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MARKS:
                    continue
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                if texts:
                    yield message(node.func.id, texts)


def marked_in_templates() -> Iterator[Message]:
    templates = CHECKOUT / "templates"
    for file in (*templates.rglob("*.html"), *templates.rglob("*.txt")):
        source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        for name, arguments in IN_TEMPLATES.findall(source):
            texts = ast.literal_eval(f"({arguments.strip().rstrip(',')},)")
            yield message(name, list(texts))


def test_every_text_that_is_marked_is_in_the_catalogues_and_no_other() -> None:
    marked = {*marked_in_code(), *marked_in_templates()}
    assert len(marked) > 500
    for language in LANGUAGES:
        held = {(entry.msgctxt, entry.msgid) for entry in catalogue(language) if not entry.obsolete}
        assert marked - held == set(), f"make messages, then translate into {language}"
        assert held - marked == set(), f"left over in {language}: make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_a_guess(language: str) -> None:
    entries = catalogue(language)
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []
    assert [entry.msgid for entry in entries if not entry.translated()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_what_is_filled_in_and_marked_up(language: str) -> None:
    def places(text: str) -> list[str]:
        return sorted(PLACES.findall(text))

    broken = [
        entry.msgid
        for entry in catalogue(language)
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if places(text) not in (places(entry.msgid), places(entry.msgid_plural or entry.msgid))
    ]
    assert broken == []


def test_a_reader_gets_the_translation_with_its_plural() -> None:
    one, many = "No figure for %(n)s indicator:", "No figure for %(n)s indicators:"
    for language in LANGUAGES:
        with override(language):
            assert gettext("Sources") != "" and gettext("Countries") != "Countries"
            assert ngettext(one, many, 1) != ngettext(one, many, 2)
            assert "%(n)s" in ngettext(one, many, 2)
