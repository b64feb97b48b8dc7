"""The administration pages: catalogue, areas, mandates and imports; observations read only, with their history."""

from . import areas, catalogue, codes, mandates, observations, provenance, uploads

__all__ = ["areas", "catalogue", "codes", "mandates", "observations", "provenance", "uploads"]
