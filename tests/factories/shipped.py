"""Everything that comes with the product, as a first start loads it; and rows that stay for a module's tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from partners.actions.organisations import load_organisations
from sdg_targets.actions.catalogue import load_catalogue
from sdg_targets.actions.geography import load_areas
from sdg_targets.actions.instruments import load_instruments
from sdg_targets.actions.metadata import load_metadata
from sdg_targets.actions.shipped import load_datasets, load_figures


def load_shipped(*, figures: bool = True) -> None:
    """Areas, catalogue, questionnaires, partners, metadata and, unless told otherwise, the four publications."""
    load_areas()
    load_catalogue()
    load_instruments()
    load_organisations()
    load_datasets()
    load_metadata()
    if figures:
        load_figures()


@contextmanager
def kept_for_a_module(blocker: Any, make: Callable[[], None]) -> Iterator[None]:
    """What ``make`` writes stays until the module's tests have ended; each test's own transaction lies inside this one."""
    with blocker.unblock():
        made = transaction.atomic()
        made.__enter__()
        try:
            make()
            with blocker.block():
                yield
        finally:
            transaction.set_rollback(True)
            made.__exit__(None, None, None)
