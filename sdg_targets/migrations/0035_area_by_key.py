"""Figures of an area are found through the key, series by series: PostgreSQL 18 skips from one to the next.

The index by area and series was no longer chosen, not even where it stood, and cost a large import more than one second in
a million rows.
"""

from django.db import migrations

INDEX = "observation_current_by_area"


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0034_people")]
    operations = [
        migrations.RunSQL(
            sql=f"drop index {INDEX}",
            reverse_sql=f"create index {INDEX} on sdg_targets_observation_current (area_id, series_id)",
        )
    ]
