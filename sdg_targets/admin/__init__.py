"""The administration pages: catalogue, metadata, areas, mandates and imports; observations read only, with their history."""

from . import areas, catalogue, codes, mandates, metadata, observations, provenance

__all__ = ["areas", "catalogue", "codes", "mandates", "metadata", "observations", "provenance"]
