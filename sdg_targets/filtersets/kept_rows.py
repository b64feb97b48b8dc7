"""Rows by their codes, kept for one state of the catalogue: codes are asked for with each request and hardly ever change."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Model


class KeptRows:
    """Rows that were found by their code. A code that is none is asked for each time."""

    def __init__(self) -> None:
        self._rows: dict[tuple[type[Model], str], Any] = {}

    def find(self, model: type[Model], codes: Sequence[str], *, field: str = "code") -> dict[str, Any]:
        """The rows with these codes, by code, those that are kept without a query."""
        if missing := [code for code in codes if (model, code) not in self._rows]:
            for row in model._default_manager.filter(**{f"{field}__in": missing}).order_by():
                self._rows[model, getattr(row, field)] = row
        return {code: self._rows[model, code] for code in codes if (model, code) in self._rows}


@lru_cache(maxsize=2)
def kept_in(state: object) -> KeptRows:
    """What was found in this state, shared by the threads of a process; at first nothing."""
    return KeptRows()
