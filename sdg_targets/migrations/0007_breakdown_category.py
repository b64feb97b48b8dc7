"""The categories of a breakdown get a model of their own: a category that figures are broken down by is not deleted."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "sdg_targets_breakdown_categories"
AUTOMATIC, NAMED = "sdg_targets_breakdown_ca_breakdown_id_category_id_ec824e5c_uniq", "breakdown_category_once"


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0006_observation_numbers")]
    operations = [
        migrations.SeparateDatabaseAndState(
            # The table stands as Django made it; only its constraint gets a name.
            database_operations=[
                migrations.RunSQL(
                    sql=f"alter table {TABLE} rename constraint {AUTOMATIC} to {NAMED}",
                    reverse_sql=f"alter table {TABLE} rename constraint {NAMED} to {AUTOMATIC}",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="BreakdownCategory",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "breakdown",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sdg_targets.breakdown"
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sdg_targets.category"
                            ),
                        ),
                    ],
                    options={
                        "db_table": TABLE,
                        "constraints": [models.UniqueConstraint(fields=["breakdown", "category"], name=NAMED)],
                    },
                ),
                migrations.AlterField(
                    model_name="breakdown",
                    name="categories",
                    field=models.ManyToManyField(
                        related_name="+", through="sdg_targets.BreakdownCategory", to="sdg_targets.category"
                    ),
                ),
            ],
        )
    ]
