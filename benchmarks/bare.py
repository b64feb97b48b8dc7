"""The least that could answer: a bare WSGI callable, a connection for each thread, one hand-written ``json_agg``.

It gives the same members as the API does, without everything else: no check of parameters, no tag, no notice, no policy.
The tables are joined in the order in which a person would write them, and the planner is told not to look for a better one.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import parse_qs

import psycopg2

_MEMBERS: Final = """
    'dataset', d.code, 'series', s.code, 'area', a.code, 'area_m49', a.m49,
    'area_name', coalesce(nullif(a.name_en, ''), a.name_en), 'period', p.code, 'breakdown', b.key,
    'sex', coalesce(b.codes ->> 'SEX', '_T'), 'age', coalesce(b.codes ->> 'AGE', '_T'),
    'migratory_status', coalesce(b.codes ->> 'MIGRATORY_STATUS', '_T'), 'value', o.value, 'value_text', o.value_text,
    'unit', u.code, 'multiplier', o.multiplier, 'status', o.status, 'nature', o.nature, 'lower_bound', o.lower_bound,
    'upper_bound', o.upper_bound, 'numerator', o.numerator, 'denominator', o.denominator, 'base_period', o.base_period,
    'time_detail', o.time_detail, 'source', src.text, 'footnote', foot.text, 'vintage', imp.vintage,
    'known_from', o.known_from
"""
_REST: Final = """
    join sdg_targets_dataset d on d.id = o.dataset_id
    join sdg_targets_breakdown b on b.id = o.breakdown_id
    join sdg_targets_unit u on u.id = o.unit_id
    left join sdg_targets_note src on src.id = o.source_id
    left join sdg_targets_note foot on foot.id = o.footnote_id
    left join sdg_targets_import imp on imp.id = o.imported_id
"""
#: One series and year for all areas; and, for an area, the newest value of each of some series.
STATEMENTS: Final = {
    "/map": f"""
        select json_agg(json_build_object({_MEMBERS}))::text
        from sdg_targets_series s join sdg_targets_period p on p.code = %(period)s
        join sdg_targets_observation_current o on o.series_id = s.id and o.period_id = p.id
        join sdg_targets_area a on a.id = o.area_id {_REST}
        where s.code = %(series)s and b.key = '_T'""",
    "/profile": f"""
        select json_agg(json_build_object({_MEMBERS}))::text
        from sdg_targets_area a
        join sdg_targets_series s on s.code = any(string_to_array(%(series)s, ','))
        join sdg_targets_latest l on l.area_id = a.id and l.series_id = s.id
        join sdg_targets_observation_current o on o.id = l.observation_id
        join sdg_targets_period p on p.id = o.period_id {_REST}
        where a.code = %(area)s and b.key = '_T'""",
}
_kept = threading.local()


def _connection() -> Any:
    if not hasattr(_kept, "connection"):
        _kept.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _kept.connection.autocommit = True
        with _kept.connection.cursor() as cursor:
            cursor.execute("set join_collapse_limit = 1")
    return _kept.connection


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One query, its text as it is."""
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    with _connection().cursor() as cursor:
        cursor.execute(STATEMENTS[environ["PATH_INFO"]], asked)
        body = cursor.fetchone()[0].encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
