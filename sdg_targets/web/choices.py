"""What a form names by its id, the version that was seen, and the mark it bore, such as ``12:3`` or ``12:3:queried``."""

from collections.abc import Iterable


def seen_versions(choices: Iterable[str]) -> dict[int, int]:
    """Ids with the versions that were looked at; what cannot be read is left out."""
    return {pk: version for pk, version, _mark in _read(choices)}


def seen_marks(choices: Iterable[str]) -> dict[int, str]:
    """Ids with the marks that were seen, of those that say one (blank: it bore none)."""
    return {pk: mark for pk, _version, mark in _read(choices) if mark is not None}


def _read(choices: Iterable[str]) -> list[tuple[int, int, str | None]]:
    found = []
    for choice in choices:
        pk, version, *mark = choice.split(":", 2) if ":" in choice else (choice, "")
        if _is_number(pk) and _is_number(version):
            found.append((int(pk), int(version), mark[0] if mark else None))
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
