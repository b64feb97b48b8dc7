"""The statement check of observations looks up by index even where the past was empty when its plan was made.

The plan of a trigger's question is kept for the session. Made while the past held nothing (after a count of an empty table it
is believed to be empty, not unknown), it read the whole past for each row of the first large revision: 12,581 rows took 46 s
instead of less than one. The planner may not choose that here.
"""

from django.db import migrations

FUNCTION = "sdg_targets_observation_check()"


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0020_seals")]
    operations = [
        migrations.RunSQL(
            sql=f"alter function {FUNCTION} set enable_seqscan to off",
            reverse_sql=f"alter function {FUNCTION} reset enable_seqscan",
        )
    ]
