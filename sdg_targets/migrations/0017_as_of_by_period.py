"""A past map is found as a present one is: by series, breakdown and period, with the revisions in the index.

The past had the order of the key alone, so that a map of one year read all years of the series; and the index of the
present did not hold since when a row is known, so that each row was fetched to ask.
"""

from django.db import migrations

COLUMNS = "(series_id, breakdown_id, period_id, area_id) include (value, status, dataset_id"
NEW = f"""
drop index observation_current_by_period;
create index observation_current_by_period on sdg_targets_observation_current {COLUMNS}, known_to, known_from);
create index observation_past_by_period on sdg_targets_observation_past {COLUMNS}, known_to, known_from);
"""
OLD = f"""
drop index observation_past_by_period;
drop index observation_current_by_period;
create index observation_current_by_period on sdg_targets_observation_current {COLUMNS}, known_to);
"""


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0016_recognised")]
    operations = [migrations.RunSQL(sql=NEW, reverse_sql=OLD)]
