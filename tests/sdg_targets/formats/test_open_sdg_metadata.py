"""What an office says of its indicators: plain text in our fields, in its language, and nothing that is a trap."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.metadata import MetadataText
from sdg_targets.formats.given import folder_of
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.formats.open_sdg_metadata import metadata_texts, plain_text, reporting_statuses, sole_sources

CODES = CodeMaps(
    {
        "metadata": {
            "STAT_CONC_DEF": "definition", "national_indicator_description": "definition", "computation_units": "unit",
            "UNIT_MEASURE": "unit", "source_organisation": "source", "DATA_COMP": "method", "CONTACT": "contact",
        }
    },
    {"indicator": frozenset(("10.7.4", "3.c.1"))},
)  # fmt: skip


def texts(folder: Path, **files: str) -> list[MetadataText]:
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    with folder_of(folder) as found:
        return list(metadata_texts(found, CODES))


def said(folder: Path, content: str, name: str = "meta__10-7-4.yml") -> dict[str, str]:
    return {text.field: text.text for text in texts(folder, **{name: content})}


def test_yaml_becomes_our_fields_with_a_place(tmp_path: Path) -> None:
    content = (
        "STAT_CONC_DEF: >-\n  Refugees by country\n  of origin.\nUNIT_MEASURE: Rate\nSDG_GOAL__GLOBAL: none of ours\n"
    )
    assert texts(tmp_path, **{"meta__10-7-4.yml": content}) == [
        MetadataText("meta/10-7-4.yml", "10.7.4", "definition", "en", "Refugees by country of origin."),
        MetadataText("meta/10-7-4.yml", "10.7.4", "unit", "en", "Rate"),
    ]


def test_the_front_matter_of_markdown_is_yaml_and_what_follows_is_not(tmp_path: Path) -> None:
    page = "---\nnational_indicator_description: Counts\n---\n<p>Free: text: [</p>\n"
    assert said(tmp_path, page, "meta__10-7-4.md") == {"definition": "Counts"}
    assert said(tmp_path, page.replace("\n", "\r\n"), "meta__10-7-4.md") == {"definition": "Counts"}


@pytest.mark.parametrize(
    "page", ["Prose only\n", "prose\n---\nUNIT_MEASURE: x\n---\n", "---" + "\n" * 500_000, "---\n"]
)
def test_a_page_without_front_matter_says_nothing(page: str, tmp_path: Path) -> None:
    began = time.monotonic()
    assert said(tmp_path, page, "meta__10-7-4.md") == {}
    assert time.monotonic() - began < 2


def test_a_translated_file_has_its_language_and_a_language_that_is_not_ours_is_left(tmp_path: Path) -> None:
    found = texts(
        tmp_path, **{"meta__fr__10-7-4.yml": "STAT_CONC_DEF: Réfugiés", "meta__hy__10-7-4.yml": "STAT_CONC_DEF: x"}
    )
    assert [(text.place, text.language, text.text) for text in found] == [("meta/fr/10-7-4.yml", "fr", "Réfugiés")]


def test_several_keys_of_one_field_are_its_paragraphs_each_once(tmp_path: Path) -> None:
    content = "source_organisation_1: Home Office\nsource_organisation_2: UNHCR\nsource_organisation_3: Home Office\n"
    assert said(tmp_path, content) == {"source": "Home Office\n\nUNHCR"}


def test_a_source_that_is_not_in_use_is_not_said(tmp_path: Path) -> None:
    content = "source_organisation_1: A\nsource_active_1: true\nsource_organisation_2: B\nsource_active_2: false\n"
    assert said(tmp_path, content) == {"source": "A"}


def test_of_two_files_of_an_indicator_the_yaml_says_what_counts(tmp_path: Path) -> None:
    old = "---\nUNIT_MEASURE: Old\nCONTACT: Office\nsource_organisation_1: A\n---\n"
    new = "UNIT_MEASURE: New\nsource_organisation_1: A\nsource_organisation_2: B\n"
    found = texts(tmp_path, **{"meta__10-7-4.md": old, "meta__10-7-4.yml": new})
    assert {(text.place, text.field, text.text) for text in found} == {
        ("meta/10-7-4.yml", "unit", "New"),
        ("meta/10-7-4.yml", "source", "A\n\nB"),
        ("meta/10-7-4.md", "contact", "Office"),
    }
    with folder_of(tmp_path) as folder:
        assert sole_sources(folder, ["10-7-4"]) == {}


def test_only_indicators_that_are_followed_are_read(tmp_path: Path) -> None:
    names = ("meta__3-c-1.yml", "meta__1-1-1.yml", "meta__10-7-4-a.yml", "meta__README.md", "other__10-7-4.yml")
    found = texts(tmp_path, **dict.fromkeys(names, "STAT_CONC_DEF: x"))
    assert [text.indicator for text in found] == ["3.c.1"]


def test_a_mark_of_utf8_is_no_part_of_a_key_even_where_it_was_written_as_text(tmp_path: Path) -> None:
    assert said(tmp_path, "\ufeffSTAT_CONC_DEF: x") == {"definition": "x"}
    assert said(tmp_path, '"\\uFEFFSTAT_CONC_DEF": y\n') == {"definition": "y"}


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("<p>One  &amp; <strong>two</strong></p>", "One & two"),
        ("First<br><br>\n second\n line", "First\nsecond line"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("a < b and c > d", "a < b and c > d"),
        ("one<!-- <p>no --> two <!-- open", "one two"),
        ("5 <10 per cent, a<b>c</b>", "5 <10 per cent, ac"),
        ('<a href="https://x.org" target=_blank>Link</a><BR/>next', "Link\nnext"),
        ("&lt;p&gt; is a tag", "<p> is a tag"),
        ("<![<![x", "<![<![x"),
        ("global_indicators.16-2-2-title", ""),
        ("custom.armenia", ""),
        ("sources.Ministry of Justice of RA", ""),
        ("   ", ""),
        ("Number. Of people.", "Number. Of people."),
        ("gbrlo@unhcr.org", "gbrlo@unhcr.org"),
        ("https://ghdx.example.org/data", "https://ghdx.example.org/data"),
    ],
)
def test_text_is_plain_and_a_key_of_a_translation_is_none(given: str, text: str) -> None:
    assert plain_text(given) == text


@given(st.text())
def test_plain_text_has_no_markup_of_elements(text: str) -> None:
    assert "<p>" not in plain_text(f"<p>{text.replace('<', '').replace('&', '')}</p>")


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<a b='", "<!--", "</", "<![CDATA[", "<script>", "<p", "&#", "a" * 8, "<" + "a" * 500, "<p/", "-->"],
)
def test_a_page_of_beginnings_takes_no_time(piece: str) -> None:
    began = time.monotonic()
    plain_text(piece * (500_000 // len(piece)))
    plain_text("<" + piece * (500_000 // len(piece)))
    assert time.monotonic() - began < 3


def test_a_key_of_a_translation_is_the_text_that_the_repository_has_for_it(tmp_path: Path) -> None:
    keys = "source_organisation_1: sources.Police of RA\nUNIT_MEASURE: data.none such\nDATA_COMP: custom.comp\n"
    found = texts(
        tmp_path,
        **{
            "meta__10-7-4.yml": keys,
            "meta__fr__10-7-4.yml": keys,
            "translations__en__sources.yml": "Police of RA: Police of the Republic of Armenia\n",
            "translations__en__custom.yml": "comp: <p>Counted</p>\nother: [no, text]\n",
            "translations__fr__custom.yml": "comp: Compté\n",
            "translations__en.yml": "custom: {comp: not here}\n",
        },
    )
    assert {(text.language, text.field, text.text) for text in found} == {
        ("en", "source", "Police of the Republic of Armenia"),
        ("en", "method", "Counted"),
        ("fr", "method", "Compté"),
    }


def test_values_that_are_no_text_are_left(tmp_path: Path) -> None:
    assert said(tmp_path, "STAT_CONC_DEF: [a, b]\nUNIT_MEASURE: 5\nDATA_COMP:\nCONTACT: true\n") == {}


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        "STAT_CONC_DEF: &x text\nUNIT_MEASURE: *x\n",
        "[" * 50_000,
        "STAT_CONC_DEF: 'open",
        "- a list",
        "!!python/object/apply:os.system ['true']",
        "STAT_CONC_DEF: x\n" + "#" * 1024**2,
        "\x00",
        "",
    ],
)
def test_what_is_a_trap_or_no_yaml_says_nothing_and_takes_no_time(content: str, tmp_path: Path) -> None:
    began = time.monotonic()
    assert said(tmp_path, content) == {}
    assert time.monotonic() - began < 2


def test_the_configuration_says_the_state_of_reporting_before_the_metadata(tmp_path: Path) -> None:
    texts(
        tmp_path,
        **{
            "meta__10-7-4.md": "---\nreporting_status: notstarted\n---\n",
            "indicator-config__10-7-4.yml": "reporting_status: complete",
            "meta__3-c-1.yml": "reporting_status: inprogress",
            "indicator-config__3-c-1.yml": "reporting_status: ''",
            "meta__fr__1-1-1.yml": "reporting_status: complete",
            "meta__1-3-1-ja.yml": "reporting_status: notstarted",
        },
    )
    with folder_of(tmp_path) as folder:
        assert reporting_statuses(folder) == {"10-7-4": "complete", "3-c-1": "inprogress", "1-3-1-ja": "notstarted"}
