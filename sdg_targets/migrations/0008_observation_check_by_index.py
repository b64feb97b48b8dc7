"""The statement check of observations finds the past by its key, whatever the planner believes of the table's size.

Where statistics were taken while the past held dead rows alone (an import that was rolled back, say), the planner took it
for empty and read it whole for every row written: thousands of revisions took minutes instead of a second.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0007_breakdown_category")]
    operations = [
        migrations.RunSQL(
            sql="alter function sdg_targets_observation_check() set enable_seqscan = off",
            reverse_sql="alter function sdg_targets_observation_check() reset enable_seqscan",
        )
    ]
