"""Sentences are kept in English and shown in the reader's language; the list holds every one that is said."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sdg_targets
from sdg_targets.domain.sentences import SENTENCES, in_words

#: What is said where: the place of the sentence among what a call is given.
SAID = {
    "FileProblem": 0, "PeriodError": 0, "NumberError": 0, "BreakdownError": 0, "_Unreadable": 1, "UnmappedCode": 2,
    "_Refused": 3, "Problem": 4,
}  # fmt: skip
#: What stands for whatever was found.
FOUND = "\N{WHITE SQUARE}"


def sentences_of(node: ast.expr) -> Iterator[str]:
    """The sentences that an expression makes, with what is found left open; none for one that is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else FOUND for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*sentences_of(node.body), *sentences_of(node.orelse))


def said() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(sdg_targets.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID:
                place = SAID[node.func.id]
                for sentence in sentences_of(node.args[place]) if len(node.args) > place else ():
                    yield path.name, sentence


def marked(text: str) -> str:
    return f"<{text}>" if text in SENTENCES else text


def test_every_sentence_that_is_said_is_in_the_list() -> None:
    told = list(said())
    assert len(told) > 100
    missing = [(file, sentence) for file, sentence in told if sentence.strip(FOUND + ": ") and not known(sentence)]
    assert missing == []


def known(sentence: str) -> bool:
    return in_words(sentence, marked).startswith("<")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_is_found_again_by_its_fixed_words(sentence: str) -> None:
    """Whatever was found: also where another sentence has fewer fixed words."""
    for found in ("x", "a b (c), d: e."):
        text = re.sub(r"{[a-z_]+}", found, sentence)
        assert in_words(text, marked).startswith("<"), text


def french(text: str) -> str:
    return {
        "The file has more than {size} MiB.": "Le fichier dépasse {size} Mio.",
        "a file that can be read": "un fichier lisible",
        "This workbook cannot be read: {said}.": "Impossible de lire ce classeur : {said}.",
        "it needs more than {size} MiB of memory": "il demande plus de {size} Mio de mémoire",
        "{count} cells": "{count} cellules",
    }.get(text, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The file has more than 200 MiB.", "Le fichier dépasse 200 Mio."),
        ("a file that can be read", "un fichier lisible"),
        (
            "This workbook cannot be read: it needs more than 900 MiB of memory.",
            "Impossible de lire ce classeur : il demande plus de 900 Mio de mémoire.",
        ),
        ("9 cells", "9 cellules"),
        ("nine {count} cells", "nine {count} cellules"),
        ("Something that is nobody's sentence", "Something that is nobody's sentence"),
        ("", ""),
    ],
)
def test_what_was_found_stands_in_the_sentence_of_the_reader_s_language(text: str, shown: str) -> None:
    assert in_words(text, french) == shown
