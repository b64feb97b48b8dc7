"""The administration pages: catalogue, metadata, areas, mandates and imports; observations read only, with their history."""

from . import (
    areas,
    catalogue,
    codes,
    confidentiality,
    mandates,
    metadata,
    observations,
    provenance,
    questionnaires,
    releases,
    rounds,
    uploads,
)

__all__ = [
    "areas",
    "catalogue",
    "codes",
    "confidentiality",
    "mandates",
    "metadata",
    "observations",
    "provenance",
    "questionnaires",
    "releases",
    "rounds",
    "uploads",
]
