"""Rows that came with the product are remembered by their values, so that a field added later is no edit."""

from django.db import migrations, models


def forget(apps, schema_editor):
    """A digest cannot be turned into what it was of: the next start reads the files again and remembers their rows."""
    apps.get_model("sdg_targets", "ShippedRow").objects.all().delete()
    apps.get_model("sdg_targets", "ShippedFile").objects.filter(name__in=["areas", "catalogue"]).delete()


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0009_breaks")]
    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveField("shippedrow", "sha256"),
        migrations.AddField("shippedrow", "values", models.JSONField(default=dict)),
    ]
