"""Codes in addresses: a country's address is told from a word by its three capital letters."""

from typing import Final


class Iso3:
    """A country's code of three letters, as ``django.urls`` wants a converter to be."""

    regex: Final = "[A-Z]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
