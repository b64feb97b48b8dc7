"""Reference metadata of indicators: which fields there are, and a text on its way in.

The fields are those of the SDG metadata structure that readers ask for first, under short names; beside each stands the
concept it has there. Source: SDMX metadata structure definition for SDG indicators (concept identifiers).
"""

from dataclasses import dataclass
from typing import Final

from .languages import gettext_noop


@dataclass(frozen=True, slots=True)
class MetadataField:
    """One field: its name here, its SDMX concept, and its heading."""

    name: str
    concept: str
    heading: str


_FIELDS: Final = (
    MetadataField("definition", "STAT_CONC_DEF", gettext_noop("Definition")),
    MetadataField("unit", "UNIT_MEASURE", gettext_noop("Unit of measure")),
    MetadataField("source", "SOURCE_TYPE", gettext_noop("Data sources")),
    MetadataField("method", "DATA_COMP", gettext_noop("Method of computation")),
    MetadataField("limits", "REC_USE_LIM", gettext_noop("Comments and limitations")),
    MetadataField("departure", "COMPARABILITY", gettext_noop("Departures from the global definition")),
    MetadataField("contact", "CONTACT", gettext_noop("Contact")),
    MetadataField("reviewed", "META_LAST_UPDATE", gettext_noop("Last reviewed")),
)
#: The fields by name, in the order in which they are shown.
FIELDS: Final = {field.name: field for field in _FIELDS}


@dataclass(frozen=True, slots=True)
class MetadataText:
    """What a provider says of an indicator in one field, in one language; ``place`` is where it stood in what was given.

    The text is plain: markup was taken out by the reader.
    """

    place: str
    indicator: str
    field: str
    language: str
    text: str
