"""Plain questions: columns that have one value each. Most maps, charts and tables ask nothing else.

The statement of such a question is the same for all values, so that it need not be made for each: making it took a quarter
of the time of an answer.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, In
from django.db.models.sql.where import AND


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """The columns that are asked for, in the order of the statement, and the value of each."""

    columns: tuple[str, ...]
    values: tuple[Any, ...]


def plain_question(queryset: QuerySet[Any]) -> PlainQuestion | None:
    """The question of a filtered query, if it is a plain one about its own table."""
    query = queryset.query
    where = query.where
    joined = sum(1 for times in query.alias_refcount.values() if times) > 1
    if joined or query.annotations or query.is_sliced or where.negated or where.connector != AND:
        return None
    found: dict[str, Any] = {}
    for condition in where.children:
        value = _one_value(condition)
        if value is None or condition.lhs.target.column in found:  # type: ignore[union-attr]
            return None
        found[condition.lhs.target.column] = value  # type: ignore[union-attr]
    return PlainQuestion(tuple(found), tuple(found.values()))


def _one_value(condition: Any) -> Any:
    """The value with which a condition compares a column; ``None`` where it is another kind of condition."""
    if not isinstance(condition, Exact | In) or not isinstance(condition.lhs, Col):
        return None
    values = condition.rhs if isinstance(condition, In) else [condition.rhs]
    one = next(iter(values)) if isinstance(values, list | tuple | set) and len(values) == 1 else None
    return one if isinstance(one, int | str) else None
