"""What changed between two revisions is found by the revision that began a version (that which ended it has its index)."""

from django.db import migrations

INDEXES = {
    "observation_current_by_start": "sdg_targets_observation_current",
    "observation_past_by_start": "sdg_targets_observation_past",
}


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0011_words")]
    operations = [
        migrations.RunSQL(
            sql="".join(f"create index {name} on {table} (known_from);\n" for name, table in INDEXES.items()),
            reverse_sql="".join(f"drop index {name};\n" for name in INDEXES),
        )
    ]
