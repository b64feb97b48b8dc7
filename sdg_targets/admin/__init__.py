"""The administration pages: catalogue, areas, mandates and imports; observations read only, with their history."""

from . import areas, catalogue, codes, confidentiality, mandates, observations, provenance, releases, uploads

__all__ = [
    "areas",
    "catalogue",
    "codes",
    "confidentiality",
    "mandates",
    "observations",
    "provenance",
    "releases",
    "uploads",
]
