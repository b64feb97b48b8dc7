"""Images are made once, under a version that changes with the content, and the folder does not grow for ever."""

from pathlib import Path
from typing import Any

import pytest

from reports.charts import render
from reports.charts.dots import DotValue, ranking
from reports.charts.render import Look, Words, image, kept, slim, version_of, wrapped

SPEC = ranking([DotValue("KEN", "Kenya", 5.0, "5")], unit="Per cent")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.CHART_CACHE = tmp_path / "charts"
    return tmp_path / "charts"


def test_the_version_changes_with_the_figures_the_words_and_the_language() -> None:
    other = ranking([DotValue("KEN", "Kenya", 5.1, "5.1")], unit="Per cent")
    versions = {
        version_of(SPEC, Words("a"), "en"),
        version_of(other, Words("a"), "en"),
        version_of(SPEC, Words("b"), "en"),
        version_of(SPEC, Words("a"), "fr"),
    }
    assert len(versions) == 4
    assert version_of(SPEC, Words("a"), "en") in versions


def test_other_shapes_give_a_map_another_version_and_leave_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_on_a_map = {**SPEC, "projection": {"type": "identity"}}
    before = [version_of(spec, Words("a"), "en") for spec in (drawn_on_a_map, SPEC)]
    monkeypatch.setattr(render, "shapes_version", lambda: "other")
    after = [version_of(spec, Words("a"), "en") for spec in (drawn_on_a_map, SPEC)]
    assert before[0] != after[0] and before[1] == after[1]


def test_the_same_image_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = image(SPEC, Words("Title"), Look("svg"), "en")
    monkeypatch.setattr(render, "_drawn", lambda *_args: pytest.fail("drawn again"))
    assert image(SPEC, Words("Title"), Look("svg"), "en") == first
    assert kept(version_of(SPEC, Words("Title"), "en"), Look("svg")) == first
    assert kept(version_of(SPEC, Words("Title"), "en"), Look("svg", "dark")) is None


@pytest.mark.parametrize("version", ["", "../../etc/passwd", "A" * 20, "0" * 19, "0" * 21, "0" * 20 + "\n", "é" * 20])
def test_a_version_that_is_none_reads_no_file(version: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "-light.svg").write_text("secret")
    assert kept(version, Look("svg")) is None


def test_an_image_on_a_page_has_no_words_of_its_own() -> None:
    words = Words("Title", "Subtitle", ("Source: somebody",))
    assert b"Source: somebody" in image(SPEC, words, Look("svg"), "en")
    assert b"Source: somebody" not in image(SPEC, words, Look("svg", on_page=True), "en")
    assert b'width="344"' in image(SPEC, words, Look("svg", on_page=True, narrow=True), "en")


def test_the_oldest_half_goes_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(render, "MOST_KEPT", 4)
    for n in range(5):
        image(SPEC, Words(f"Title {n}"), Look("svg"), "en")
    left = list(folder.iterdir())
    assert len(left) == 3
    assert kept(version_of(SPEC, Words("Title 4"), "en"), Look("svg")) is not None


def test_places_lose_their_long_digits_and_words_do_not() -> None:
    drawn = (
        '<path d="M1.2345,6.789L1.5,2" transform="translate(0.12345,3)" aria-label="x"/><text>0.05 and 12.345</text>'
    )
    assert slim(drawn) == '<path d="M1.2,6.7L1.5,2" transform="translate(0.1,3)"/><text>0.05 and 12.345</text>'


def test_small_numbers_on_an_axis_are_whole() -> None:
    spec = ranking([DotValue("KEN", "Kenya", 0.05, "0.0512")], unit="Per cent")
    drawn = image(spec, Words(), Look("svg"), "en").decode()
    assert ">0.0512<" in drawn and ">0.01<" in drawn


def test_long_titles_are_broken_at_blanks() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("", 7) == []
