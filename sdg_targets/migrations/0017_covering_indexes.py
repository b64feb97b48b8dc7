"""Charts and maps, present and past, are each answered from one index; rows without a value are found by one of their own.

The past had the order of the key alone, so that a map of one year read all years of the series; and the index of the
present did not hold since when a row is known, so that each row was fetched to ask.
"""

from django.db import migrations

KEY = "(series_id, area_id, period_id, breakdown_id, dataset_id"
BY_PERIOD = "(series_id, breakdown_id, period_id"
NEW = f"""
drop index observation_current_key;
create unique index observation_current_key on sdg_targets_observation_current {KEY})
    include (value, status, known_to, known_from);
drop index observation_past_key;
create unique index observation_past_key on sdg_targets_observation_past {KEY}, known_from)
    include (value, status, known_to);
drop index observation_current_by_period;
create index observation_current_by_period on sdg_targets_observation_current {BY_PERIOD}, area_id)
    include (value, status, dataset_id, known_to, known_from);
create index observation_past_by_period on sdg_targets_observation_past {BY_PERIOD}, area_id)
    include (value, status, dataset_id, known_to, known_from);
create index observation_current_without_value on sdg_targets_observation_current (series_id, breakdown_id, area_id)
    where value is null;
"""
OLD = f"""
drop index observation_current_without_value;
drop index observation_past_by_period;
drop index observation_current_by_period;
create index observation_current_by_period on sdg_targets_observation_current {BY_PERIOD}, area_id)
    include (value, status, dataset_id, known_to);
drop index observation_past_key;
create unique index observation_past_key on sdg_targets_observation_past {KEY}, known_from);
drop index observation_current_key;
create unique index observation_current_key on sdg_targets_observation_current {KEY});
"""


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0016_recognised")]
    operations = [migrations.RunSQL(sql=NEW, reverse_sql=OLD)]
