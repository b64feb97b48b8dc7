"""Everything that comes with the product, as a first start loads it."""

from partners.actions.organisations import load_organisations
from sdg_targets.actions.catalogue import load_catalogue
from sdg_targets.actions.geography import load_areas
from sdg_targets.actions.shipped import load_datasets, load_figures


def load_shipped(*, figures: bool = True) -> None:
    """Areas, catalogue, partners and, unless told otherwise, the four publications."""
    load_areas()
    load_catalogue()
    load_organisations()
    load_datasets()
    if figures:
        load_figures()
