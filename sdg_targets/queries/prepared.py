"""Statements that each connection parses once, and plans as seldom as it may, for questions asked again and again.

PostgreSQL makes a plan anew when the statistics or the tables change. A connection must be one session: a pooler in front
of the database keeps sessions (docs/operations.md).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg2.extensions import AsIs

#: The plan is made once, whatever is asked: for statements that find a few rows by key.
ONE_PLAN: Final = "plan_cache_mode = force_generic_plan"
#: The names that each connection knows.
_KNOWN: Final[WeakKeyDictionary[Any, set[str]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement with its name; ``setting`` holds while it is planned and run."""

    name: str
    statement: str
    parameters: tuple[Any, ...]
    setting: str

    @classmethod
    def of(cls, statement: str, parameters: Sequence[Any] = (), *, setting: str = ONE_PLAN) -> "Prepared":
        """Of a statement in which some parameters are an ``asked_for``; the others are always the same."""
        whole = repr((statement, [(type(one).__name__, str(one)) for one in parameters]))
        name = hashlib.sha256(whole.encode()).hexdigest()[:32]
        return cls(f"question_{name}", statement, tuple(parameters), setting)

    def ask(self, *values: Any) -> tuple[Any, ...]:
        """The one row that answers, where these are the values asked for."""
        given = f"({', '.join(['%s'] * len(values))})" if values else ""
        with connection.cursor() as cursor:
            known = _KNOWN.setdefault(connection.connection, set())
            if self.name not in known:
                cursor.execute(f"prepare {self.name} as {self.statement}", self.parameters)
                known.add(self.name)
            cursor.execute(f"set local {self.setting}; execute {self.name}{given}", values)
            return tuple(cursor.fetchone())


def asked_for(number: int) -> AsIs:
    """What stands for the value of this number (the first is 1), of the type that its place in the statement has."""
    return AsIs(f"${number}")
