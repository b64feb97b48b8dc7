"""What an import replaces among texts of metadata is kept, so that undoing the import brings it back.

Of imports before this, the earlier text is known where all their texts were new: there was none.
"""

import django.db.models.deletion
from django.db import migrations, models


FIRST_TEXTS = """
insert into sdg_targets_earliermetadata (replaced_by_id, dataset_id, indicator_id, field, language, text, source)
select i.id, m.dataset_id, m.indicator_id, m.field, m.language, '', ''
from sdg_targets_metadata m join sdg_targets_import i on i.id = m.imported_id
where i.texts_changed = 0 and i.undone_in_id is null
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sdg_targets', '0029_review'),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierMetadata',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20, verbose_name='field')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='what it rests on')),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.dataset', verbose_name='dataset')),
                ('imported', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.import', verbose_name='import')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.indicator', verbose_name='indicator')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replaced_texts', to='sdg_targets.import', verbose_name='replaced by')),
            ],
            options={
                'verbose_name': 'earlier metadata',
                'verbose_name_plural': 'earlier metadata',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('replaced_by', 'indicator', 'field', 'language'), name='earlier_metadata_once'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('imported', None), ('source', '')), _connector='OR'), name='earlier_metadata_nothing_is_nobody_s')],
            },
        ),
        migrations.RunSQL(FIRST_TEXTS, migrations.RunSQL.noop),
    ]
