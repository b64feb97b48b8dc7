"""What a form names by its id and the version that was seen, such as ``12:3``."""

from collections.abc import Iterable


def seen_versions(choices: Iterable[str]) -> dict[int, int]:
    """Ids with the versions that were looked at; what cannot be read is left out."""
    found = {}
    for choice in choices:
        pk, _colon, version = choice.partition(":")
        if _is_number(pk) and _is_number(version):
            found[int(pk)] = int(version)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
