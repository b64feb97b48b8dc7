"""Words of the administration: names of models and fields. Nothing of the database changes, so nothing is asked of it."""

import django.db.models.deletion
from django.db import migrations, models


class StateOnly(migrations.SeparateDatabaseAndState):
    """Alterations of the state alone. Models that were rendered are forgotten first: each alteration would render them anew."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_organisation_order'),
        ('sdg_targets', '0011_words'),
    ]

    operations = [
        StateOnly(state_operations=[
            migrations.AlterModelOptions(
                name='indicatorrole',
                options={'ordering': ['indicator__sort', 'role', 'organisation__name_en'], 'verbose_name': 'role for an indicator', 'verbose_name_plural': 'roles for indicators'},
            ),
            migrations.AlterModelOptions(
                name='organisation',
                options={'ordering': ['name_en', 'slug'], 'verbose_name': 'organisation', 'verbose_name_plural': 'organisations'},
            ),
            migrations.AlterField(
                model_name='indicatorrole',
                name='indicator',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sdg_targets.indicator', verbose_name='indicator'),
            ),
            migrations.AlterField(
                model_name='indicatorrole',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='partners.organisation', verbose_name='organisation'),
            ),
            migrations.AlterField(
                model_name='indicatorrole',
                name='role',
                field=models.CharField(choices=[('custodian', 'Custodian agency'), ('partner', 'Partner agency')], max_length=10, verbose_name='role'),
            ),
            migrations.AlterField(
                model_name='indicatorrole',
                name='source',
                field=models.CharField(help_text='The list that says so', max_length=200, verbose_name='source'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='abbreviation',
                field=models.CharField(blank=True, max_length=40, verbose_name='abbreviation'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='kind',
                field=models.CharField(choices=[('government', 'Government'), ('un_agency', 'United Nations entity'), ('other_igo', 'Other intergovernmental organisation'), ('parliament', 'Parliament'), ('ngo', 'Non-governmental organisation'), ('academia', 'University or research'), ('private_sector', 'Private sector'), ('media', 'Media'), ('local_authority', 'City or local authority')], max_length=16, verbose_name='kind'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='parent',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='partners.organisation', verbose_name='part of'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='slug',
                field=models.SlugField(max_length=60, unique=True, verbose_name='short name in addresses'),
            ),
            migrations.AlterField(
                model_name='organisation',
                name='url',
                field=models.URLField(blank=True, verbose_name='website'),
            ),
        ]),
    ]
