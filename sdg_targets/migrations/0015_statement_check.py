"""The statement check of observations reads the rows written three times, not eleven, and the past only where there is one.

Each reference was looked for by a pass of its own over all rows written, and each row in the past by its key. Columns of
which few combinations occur are now taken together; a key is looked up in the past only in series that have a past.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("sdg_targets.migrations.0002_observations")
LOOKUP = import_module("sdg_targets.migrations.0008_observation_check_by_index")
#: Columns that are taken together: what is the same for a file, what spans its grid, what is said beside a value.
TOGETHER = (
    ("dataset_id", "series_id", "unit_id", "imported_id", "known_from"),
    ("area_id", "period_id"),
    ("breakdown_id", "source_id", "footnote_id"),
)


def missing(columns: tuple[str, ...]) -> str:
    """Find a combination that refers to a row that is not there, and say which reference it is."""
    key = {column: "number" if column == "known_from" else "id" for column in columns}
    lost = {
        column: f"w.{column} is not null and not exists"
        f" (select from {BEFORE.REFERENCES[column]} t where t.{key[column]} = w.{column})"
        for column in columns
    }
    cases = " ".join(f"when {condition} then '{column}'" for column, condition in lost.items())
    return f"""    select case {cases} end into lost
        from (select distinct {", ".join(columns)} from written) w
        where {" or ".join(f"({condition})" for condition in lost.values())} limit 1;
    if lost is not null then
        raise foreign_key_violation using
            message = 'observation refers to a missing row of ' || (tables ->> lost),
            constraint = 'observation_' || regexp_replace(lost, '_id$', '') || '_exists';
    end if;
"""


TABLES = ", ".join(f"'{column}', '{table}'" for column, table in BEFORE.REFERENCES.items())
CHECK = (
    f"""create or replace function sdg_targets_observation_check() returns trigger language plpgsql as $$
declare
    lost text;
    dated integer[];
    tables constant jsonb := jsonb_build_object({TABLES});
begin
"""
    + "".join(missing(columns) for columns in TOGETHER)
    + f"""    dated := array(select w.series_id from (select distinct series_id from written) w
                   where exists (select from sdg_targets_observation_past o where o.series_id = w.series_id));
    if cardinality(dated) > 0 and exists (select from written w where w.series_id = any(dated) and (
                 select count(*) from sdg_targets_observation_past o where {LOOKUP.SAME}
                 and o.id <> w.id and o.known_from + 0 < w.known_to and w.known_from < o.known_to + 0) > 0)
    then
        raise exclusion_violation using message = 'two versions of an observation are known at the same time',
            constraint = 'observation_versions_do_not_overlap';
    end if;
    return null;
end
$$;
"""
)


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0014_uploads")]
    operations = [
        migrations.RunSQL(sql=CHECK, reverse_sql=LOOKUP.REPLACED.replace(LOOKUP.JOINED, LOOKUP.LOOKED_UP)),
    ]
