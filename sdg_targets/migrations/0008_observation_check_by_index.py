"""The statement check of observations looks each written row up in the past by its key, whatever the planner believes.

Where statistics were taken while the past held dead rows alone (an import that was rolled back, say), the planner took it
for empty and joined it whole with every row written: nine thousand revisions took a minute instead of a second.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("sdg_targets.migrations.0002_observations")
FUNCTION = BEFORE.CHECKS.split("create trigger", 1)[0]
JOINED = f"""from written w join sdg_targets_observation_past o using ({BEFORE.KEY})
               where o.id <> w.id and o.known_from < w.known_to and w.known_from < o.known_to)"""
SAME = " and ".join(f"o.{column} = w.{column}" for column in BEFORE.KEY.split(", "))
#: A count cannot be turned into a join: it is asked once for each row. With ``+ 0`` no index but that of the key serves it.
LOOKED_UP = f"""from written w where (
                 select count(*) from sdg_targets_observation_past o where {SAME}
                 and o.id <> w.id and o.known_from + 0 < w.known_to and w.known_from < o.known_to + 0) > 0)"""
REPLACED = FUNCTION.replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0007_breakdown_category")]
    operations = [migrations.RunSQL(sql=REPLACED.replace(JOINED, LOOKED_UP), reverse_sql=REPLACED)]
