"""Metadata of an Open SDG repository: what an office says of an indicator, and whether it reports it yet.

A file an indicator: YAML (``meta/10-7-4.yml``, translated ones in ``meta/fr/``), or Markdown whose front matter is YAML
(``meta/10-7-4.md``); the state of reporting may stand in ``indicator-config/`` instead. Which key is which of our fields
is a mapping (concept ``metadata``). Texts come with HTML and leave without it; a key of a translation
(``sources.Armstat``) is the text that the repository has for it, or none (``global_indicators.16-2-2-title``). Nothing
but plain data is read from YAML, and no aliases: a page of them can stand for gigabytes. A file that cannot be read says
nothing, and keeps no figure out.
"""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from sdg_targets.domain.languages import LANGUAGES
from sdg_targets.domain.metadata import FIELDS, MetadataText

from .given import Folder
from .mapping import CodeMaps

#: A file of metadata has at most so many bytes.
MAX_BYTES: Final = 1024**2
#: Lists in lists: real files have three levels, and the parser takes seconds for thousands.
MAX_DEPTH: Final = 20
_NAME: Final = re.compile(
    r"(?P<room>meta|indicator-config)/(?:(?P<lang>[a-z]{2})/)?(?P<key>[0-9]{1,2}-[0-9a-z]{1,2}-[0-9]{1,2}(?:-[a-z]+)?)"
    r"\.(?:md|yml|yaml)"
)
#: A key of a translation: a group, a point, a name; a sentence has a blank before its first point.
_TRANSLATION_KEY: Final = re.compile(r"[a-z_]+\.[^\s.][^.]*")
_NUMBER_AT_END: Final = re.compile(r"_[0-9]+$")
#: A tag, begun and ended: what stands between its brackets is looked at once.
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+)(?:[\s/][^<>]*+)?>")
#: After these elements a new line begins.
_BLOCKS: Final = frozenset(("p", "br", "li", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5"))
_SILENT: Final = frozenset(("script", "style"))


def reporting_statuses(folder: Folder) -> dict[str, str]:
    """The state of reporting of each indicator (``complete``, ``notstarted`` ...); the configuration comes before the rest."""
    found: dict[str, str] = {}
    for name in sorted(folder.names, reverse=True):  # meta before indicator-config: the last one stands
        match = _NAME.fullmatch(name)
        if match is None or match["lang"]:
            continue
        status = _document(folder, name).get("reporting_status")
        if isinstance(status, str) and status.strip():
            found[match["key"]] = status.strip()
    return found


def sole_sources(folder: Folder, keys: Iterable[str]) -> dict[str, str]:
    """The source of each indicator for which the office names exactly one; of several nobody knows which gave a figure."""
    words, wanted, found = _translations(folder, LANGUAGES[0]), frozenset(keys), dict[str, list[str]]()
    for name in folder.names:  # as in ``metadata_texts``, the YAML of two files says what counts
        match = _NAME.fullmatch(name)
        if match and match["room"] == "meta" and not match["lang"] and match["key"] in wanted:
            found[match["key"]] = _sources(_document(folder, name), words)
    return {key: sources[0] for key, sources in found.items() if len(sources) == 1}


def _sources(document: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    """The sources in use, each as its organisation and what it is called there."""
    named = []
    for key, value in document.items():
        number = key.removeprefix("source_organisation_")
        if number == key or not isinstance(value, str) or _is_off(document.get(f"source_active_{number}", True)):
            continue
        title = document.get(f"source_url_text_{number}")
        parts = [plain_text(words.get(part.strip(), part)) for part in (value, title) if isinstance(part, str)]
        named.append(": ".join(part for part in dict.fromkeys(parts) if part and "://" not in part))
    return [source for source in dict.fromkeys(named) if source]


def _is_off(given: Any) -> bool:
    return str(given).strip().lower() == "false"


def metadata_texts(folder: Folder, codes: CodeMaps) -> tuple[MetadataText, ...]:
    """What is said of the indicators followed here, in our fields; several keys of one field are its paragraphs.

    Where an indicator has a Markdown and a YAML file, the YAML says what counts: repositories move from the one to the
    other.
    """
    followed = codes.own.get("indicator", frozenset())
    words = {language: _translations(folder, language) for language in LANGUAGES}
    texts: dict[tuple[str, str, str], MetadataText] = {}
    for name in folder.names:  # sorted: .md comes before .yml
        match = _NAME.fullmatch(name)
        if match is None or match["room"] != "meta":
            continue
        indicator, language = match["key"].replace("-", "."), match["lang"] or LANGUAGES[0]
        if indicator in followed and language in LANGUAGES:
            for field, text in _fields(_document(folder, name), codes, words[language]).items():
                texts[indicator, field, language] = MetadataText(name, indicator, field, language, text)
    return tuple(texts.values())


def _translations(folder: Folder, language: str) -> dict[str, str]:
    """The office's own texts in a language by their keys: ``sources.Armstat`` stands in ``translations/en/sources.yml``."""
    found: dict[str, str] = {}
    for name in folder.names:
        group = name.removeprefix(f"translations/{language}/").removesuffix(".yml")
        if name == f"translations/{language}/{group}.yml" and "/" not in group:
            document = _document(folder, name)
            found |= {f"{group}.{key}": text for key, text in document.items() if isinstance(text, str)}
    return found


def _fields(document: Mapping[str, Any], codes: CodeMaps, words: Mapping[str, str]) -> dict[str, str]:
    """Our fields that the document fills, in the order in which they are shown."""
    found: dict[str, list[str]] = {}
    for key, value in document.items():
        number = _NUMBER_AT_END.search(key)
        if number and _is_off(document.get(f"source_active{number[0]}", True)):
            continue
        field = codes.find("metadata", key) or codes.find("metadata", _NUMBER_AT_END.sub("", key))
        text = plain_text(words.get(value.strip(), value)) if field in FIELDS and isinstance(value, str) else ""
        if field and text and text not in found.setdefault(field, []):
            found[field].append(text)
    return {field: "\n\n".join(found[field]) for field in FIELDS if found.get(field)}


def _document(folder: Folder, name: str) -> dict[str, Any]:
    """The keys of a file of metadata; none where it is not readable or too large: figures do not wait for prose."""
    with folder.open(name) as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return {}
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if name.endswith(".md"):
        text = _front_matter(text)
    try:
        return _plain_data(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}


def _front_matter(page: str) -> str:
    """What stands between the first two lines of hyphens of a Markdown page; nothing where there are none."""
    before, mark, rest = page.partition("---\n")
    return rest.partition("\n---")[0] if mark and not before.strip() else ""


def _plain_data(text: str) -> dict[str, Any]:
    """Errors: ``yaml.YAMLError``; ``ValueError`` where there is an alias, deep nesting, or no mapping."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("YAML with aliases is not read.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise ValueError(f"YAML of more than {MAX_DEPTH} levels is not read.")
    found = yaml.load(text, Loader=yaml.CSafeLoader)
    if not isinstance(found, dict):
        raise ValueError("These are no keys and values.")
    return {str(key).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"): value for key, value in found.items()}


def plain_text(given: str) -> str:
    """A text without markup, blanks doubled or keys of translations; a paragraph a line.

    The standard library's parser of HTML takes minutes for a page of tags that are never closed, and fails on others;
    here every sign is looked at once.
    """
    if _TRANSLATION_KEY.fullmatch(given.strip()):
        return ""
    words: list[str] = []
    text, position, silent = _without_comments(given), 0, False
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        words.append(_words(text[position : tag.start()], silent=silent) + ("\n" if name in _BLOCKS else ""))
        silent = not tag["end"] if name in _SILENT else silent
        position = tag.end()
    words.append(_words(text[position:], silent=silent))
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _words(text: str, *, silent: bool) -> str:
    """The words between two tags; line breaks of the source are blanks, those of its elements are kept."""
    return "" if silent else html.unescape(text).replace("\n", " ").replace("\0", "")
