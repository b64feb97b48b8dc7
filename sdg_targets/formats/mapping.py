"""A provider's codes and ours, as plain data handed to a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class UnmappedCode(ValueError):  # noqa: N818 - said of the code, not of the program
    """A filled cell whose code has no meaning here."""

    def __init__(self, concept: str, given: str, expected: str) -> None:
        super().__init__(f"{concept}: {given}")
        self.concept, self.given, self.expected = concept, given, expected


@dataclass(frozen=True, slots=True)
class CodeMaps:
    """Mappings by concept (unit, nature, column, area, a dimension), with the codes that stand for themselves.

    ``area_names`` are the folded names that each of our areas is known by, here and to the provider.
    """

    maps: Mapping[str, Mapping[str, str]]
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: The area of a country's own dataset, whose files name no country; blank for all others.
    home: str = ""
    area_names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def find(self, concept: str, given: str) -> str | None:
        """Our code for what was given: mapped, else itself where it is one of ours, else ``None``."""
        mapped = self.maps.get(concept, {}).get(given)
        if mapped is None and given in self.own.get(concept, frozenset()):
            return given
        return mapped

    def code(self, concept: str, given: str) -> str:
        """Our code. Errors: ``UnmappedCode``, with what would be right."""
        found = self.find(concept, given)
        if found is None:
            known = sorted({*self.maps.get(concept, {}), *self.own.get(concept, frozenset())})
            shown = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
            raise UnmappedCode(concept, given, f"one of {shown}" if known else "no such code is mapped")
        return found

    def optional(self, concept: str, given: str | None) -> str | None:
        return None if given is None else self.code(concept, given)

    def area(self, given: str) -> str:
        """Our area code for the provider's."""
        return self.code("area", given)

    def country(self, code: str, name: str = "") -> str:
        """Our area for an ISO 3166 code of three letters, or for a code of the provider's own that is mapped as such.

        Errors: ``UnmappedCode`` with the code and the provider's name for it.
        """
        found = self.find("iso3", code)
        if found is None:
            expected = "an area of the list of areas; regions and groups of a publisher's own are none"
            raise UnmappedCode("area", f"{code} {name}".strip(), expected)
        return found
