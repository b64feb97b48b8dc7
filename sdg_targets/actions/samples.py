"""A few of the changes that an import would make, to look at before it is approved."""

from typing import Any, Final

from django.db import connection

#: So many of each kind are shown.
OF_EACH_KIND: Final = 5
_SHOWN: Final = "coalesce({row}.value::text, {row}.status)"


def sample_of_changes(*, complete: bool) -> list[dict[str, Any]]:
    """The first compared rows of each kind, after ``compare_staged`` and before its transaction ends.

    ``before`` and ``after`` are the value as text, or the status where there is none; ``None`` where nothing stands.
    """
    kinds = [_compared("revised", "old"), _compared("new", "null")]
    if complete:
        kinds.insert(1, _WITHDRAWN)
    with connection.cursor() as cursor:
        found = []
        for sql in kinds:
            cursor.execute(f"{sql} order by 2, 3, p.start, 5 limit {OF_EACH_KIND}")
            names = [column.name for column in cursor.description]
            found += [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def _named(row: str) -> str:
    return f"""join sdg_targets_series s on s.id = {row}.series_id join sdg_targets_area a on a.id = {row}.area_id
        join sdg_targets_period p on p.id = {row}.period_id join sdg_targets_breakdown b on b.id = {row}.breakdown_id"""


def _compared(kind: str, old: str) -> str:
    before = _SHOWN.format(row="old") if old == "old" else "null"
    joined = "join sdg_targets_observation_current old on old.id = c.old_id" if old == "old" else ""
    return f"""select '{kind}' as kind, s.code as series, a.code as area, p.code as period, b.key as breakdown,
        {before} as before, {_SHOWN.format(row="c")} as after
        from change c {_named("c")} {joined} where c.verdict = '{kind}'"""


_WITHDRAWN: Final = f"""select 'withdrawn' as kind, s.code as series, a.code as area, p.code as period,
    b.key as breakdown, {_SHOWN.format(row="old")} as before, null as after
    from withdrawal w join sdg_targets_observation_current old on old.id = w.id {_named("old")} where true"""
