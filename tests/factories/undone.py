"""What is only tried: a transaction that leaves nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Everything that is written inside is undone at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
