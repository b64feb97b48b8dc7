"""An index of the rows without a value: few among many, and asked for by coverage whatever the length of the history."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0021_check_never_scans")]
    operations = [
        migrations.RunSQL(
            sql="create index observation_current_missing on sdg_targets_observation_current (series_id, area_id)"
            " where value is null",
            reverse_sql="drop index observation_current_missing",
        ),
    ]
