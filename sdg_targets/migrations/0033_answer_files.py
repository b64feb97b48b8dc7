"""A file or a link may stand behind an answer to a questionnaire."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sdg_targets', '0032_responses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='evidenceitem',
            name='answer',
            field=models.ForeignKey(blank=True, help_text='The answer to a questionnaire that it stands behind', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='sdg_targets.answer', verbose_name='answer'),
        ),
        migrations.AddConstraint(
            model_name='evidenceitem',
            constraint=models.CheckConstraint(condition=models.Q(('cell', None), ('answer', None), _connector='OR'), name='evidence_of_a_value_or_an_answer'),
        ),
    ]
