"""Words of the administration: names of models and fields. Nothing of the database changes, so nothing is asked of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import sdg_targets.models.fields
import sdg_targets.models.mandates
from django.conf import settings
from django.db import migrations, models


class StateOnly(migrations.SeparateDatabaseAndState):
    """Alterations of the state alone. Models that were rendered are forgotten first: each alteration would render them anew."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class Migration(migrations.Migration):

    dependencies = [
        ('sdg_targets', '0010_shipped_values'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        StateOnly(state_operations=[
            migrations.AlterModelOptions(
                name='area',
                options={'ordering': ['sort_en', 'code'], 'verbose_name': 'reference area', 'verbose_name_plural': 'reference areas'},
            ),
            migrations.AlterModelOptions(
                name='breakdown',
                options={'verbose_name': 'breakdown', 'verbose_name_plural': 'breakdowns'},
            ),
            migrations.AlterModelOptions(
                name='breakdowncategory',
                options={'verbose_name': 'category of a breakdown', 'verbose_name_plural': 'categories of breakdowns'},
            ),
            migrations.AlterModelOptions(
                name='category',
                options={'ordering': ['dimension__position', 'position', 'code'], 'verbose_name': 'category', 'verbose_name_plural': 'categories'},
            ),
            migrations.AlterModelOptions(
                name='codemapping',
                options={'ordering': ['provider', 'concept', 'given'], 'verbose_name': 'code mapping', 'verbose_name_plural': 'code mappings'},
            ),
            migrations.AlterModelOptions(
                name='dataset',
                options={'ordering': ['rank', 'code'], 'verbose_name': 'dataset', 'verbose_name_plural': 'datasets'},
            ),
            migrations.AlterModelOptions(
                name='dimension',
                options={'ordering': ['position', 'code'], 'verbose_name': 'dimension', 'verbose_name_plural': 'dimensions'},
            ),
            migrations.AlterModelOptions(
                name='goal',
                options={'ordering': ['number'], 'verbose_name': 'Goal', 'verbose_name_plural': 'Goals'},
            ),
            migrations.AlterModelOptions(
                name='groupmembership',
                options={'verbose_name': 'membership of a group', 'verbose_name_plural': 'memberships of groups'},
            ),
            migrations.AlterModelOptions(
                name='import',
                options={'ordering': ['-started_at'], 'verbose_name': 'import', 'verbose_name_plural': 'imports'},
            ),
            migrations.AlterModelOptions(
                name='indicator',
                options={'ordering': ['sort'], 'verbose_name': 'indicator', 'verbose_name_plural': 'indicators'},
            ),
            migrations.AlterModelOptions(
                name='latest',
                options={'verbose_name': 'newest value', 'verbose_name_plural': 'newest values'},
            ),
            migrations.AlterModelOptions(
                name='mandate',
                options={'verbose_name': 'mandate', 'verbose_name_plural': 'mandates'},
            ),
            migrations.AlterModelOptions(
                name='migrationprofile',
                options={'verbose_name': 'migration profile', 'verbose_name_plural': 'migration profiles'},
            ),
            migrations.AlterModelOptions(
                name='note',
                options={'verbose_name': "publisher's note", 'verbose_name_plural': "publisher's notes"},
            ),
            migrations.AlterModelOptions(
                name='observation',
                options={'ordering': ['id'], 'verbose_name': 'observation', 'verbose_name_plural': 'observations'},
            ),
            migrations.AlterModelOptions(
                name='period',
                options={'ordering': ['-end', 'code'], 'verbose_name': 'time period', 'verbose_name_plural': 'time periods'},
            ),
            migrations.AlterModelOptions(
                name='refusal',
                options={'ordering': ['id'], 'verbose_name': 'refusal', 'verbose_name_plural': 'refusals'},
            ),
            migrations.AlterModelOptions(
                name='release',
                options={'ordering': ['-revision__number', 'name'], 'verbose_name': 'release', 'verbose_name_plural': 'releases'},
            ),
            migrations.AlterModelOptions(
                name='revision',
                options={'ordering': ['-number'], 'verbose_name': 'revision', 'verbose_name_plural': 'revisions'},
            ),
            migrations.AlterModelOptions(
                name='series',
                options={'ordering': ['position', 'code'], 'verbose_name': 'series', 'verbose_name_plural': 'series'},
            ),
            migrations.AlterModelOptions(
                name='seriescoverage',
                options={'verbose_name': 'coverage of a series', 'verbose_name_plural': 'coverage of series'},
            ),
            migrations.AlterModelOptions(
                name='target',
                options={'ordering': ['sort'], 'verbose_name': 'target', 'verbose_name_plural': 'targets'},
            ),
            migrations.AlterModelOptions(
                name='unit',
                options={'ordering': ['code'], 'verbose_name': 'unit', 'verbose_name_plural': 'units'},
            ),
            migrations.AlterField(
                model_name='area',
                name='code',
                field=models.CharField(max_length=20, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='area',
                name='counts_as_country',
                field=models.BooleanField(default=False, verbose_name='counts as a country'),
            ),
            migrations.AlterField(
                model_name='area',
                name='footnote_en',
                field=models.TextField(blank=True, verbose_name='footnote (English)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='footnote_es',
                field=models.TextField(blank=True, verbose_name='footnote (Spanish)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='footnote_fr',
                field=models.TextField(blank=True, verbose_name='footnote (French)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='iso2',
                field=models.CharField(blank=True, max_length=2, null=True, unique=True, verbose_name='ISO code of two letters'),
            ),
            migrations.AlterField(
                model_name='area',
                name='iso3',
                field=models.CharField(blank=True, max_length=3, null=True, unique=True, verbose_name='ISO code of three letters'),
            ),
            migrations.AlterField(
                model_name='area',
                name='kind',
                field=models.CharField(choices=[('world', 'World'), ('region', 'Region'), ('subregion', 'Subregion'), ('intermediate', 'Intermediate region'), ('country', 'Country'), ('territory', 'Territory or area'), ('sdg_region', 'SDG region'), ('group', 'Group of countries'), ('other', "Publisher's own area"), ('subnational', 'Subnational area'), ('city', 'City')], max_length=12, verbose_name='kind'),
            ),
            migrations.AlterField(
                model_name='area',
                name='m49',
                field=models.CharField(blank=True, help_text='Three digits, padded', max_length=3, null=True, unique=True, verbose_name='M49 code'),
            ),
            migrations.AlterField(
                model_name='area',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='parent',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='sdg_targets.area', verbose_name='part of'),
            ),
            migrations.AlterField(
                model_name='area',
                name='sort_en',
                field=models.TextField(db_index=True, verbose_name='sorted as (English)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='sort_es',
                field=models.TextField(blank=True, verbose_name='sorted as (Spanish)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='sort_fr',
                field=models.TextField(blank=True, verbose_name='sorted as (French)'),
            ),
            migrations.AlterField(
                model_name='area',
                name='status',
                field=models.CharField(choices=[('member', 'United Nations Member State'), ('observer', 'Non-member observer State'), ('area', 'Territory or area'), ('aggregate', 'Aggregate')], max_length=10, verbose_name='status'),
            ),
            migrations.AlterField(
                model_name='area',
                name='valid_from',
                field=models.DateField(blank=True, null=True, verbose_name='valid from'),
            ),
            migrations.AlterField(
                model_name='area',
                name='valid_to',
                field=models.DateField(blank=True, null=True, verbose_name='valid until'),
            ),
            migrations.AlterField(
                model_name='breakdown',
                name='categories',
                field=models.ManyToManyField(related_name='+', through='sdg_targets.BreakdownCategory', to='sdg_targets.category', verbose_name='categories'),
            ),
            migrations.AlterField(
                model_name='breakdown',
                name='codes',
                field=models.JSONField(default=dict, help_text='Dimension code to category code, totals left out', verbose_name='codes'),
            ),
            migrations.AlterField(
                model_name='breakdown',
                name='key',
                field=models.CharField(max_length=200, unique=True, verbose_name='key'),
            ),
            migrations.AlterField(
                model_name='category',
                name='code',
                field=models.CharField(max_length=40, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='category',
                name='dimension',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='sdg_targets.dimension', verbose_name='dimension'),
            ),
            migrations.AlterField(
                model_name='category',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='category',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='category',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='category',
                name='position',
                field=models.PositiveSmallIntegerField(default=0, verbose_name='order'),
            ),
            migrations.AlterField(
                model_name='codemapping',
                name='code',
                field=models.CharField(help_text='Our code', max_length=60, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='codemapping',
                name='concept',
                field=models.CharField(max_length=40, verbose_name='concept'),
            ),
            migrations.AlterField(
                model_name='codemapping',
                name='given',
                field=models.CharField(max_length=120, verbose_name='code of the provider'),
            ),
            migrations.AlterField(
                model_name='codemapping',
                name='provider',
                field=models.CharField(max_length=40, verbose_name='provider'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='area',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.area', verbose_name='reference area'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='code',
                field=models.CharField(max_length=40, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='evidence',
                field=models.CharField(choices=[('official', 'Official SDG series'), ('supplementary', 'Supplementary'), ('experimental', 'Experimental')], default='official', max_length=13, verbose_name='kind of evidence'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='licence',
                field=models.CharField(blank=True, max_length=200, verbose_name='licence'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='note_en',
                field=models.TextField(blank=True, verbose_name='note (English)'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='note_es',
                field=models.TextField(blank=True, verbose_name='note (Spanish)'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='note_fr',
                field=models.TextField(blank=True, verbose_name='note (French)'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='provider',
                field=models.CharField(max_length=200, verbose_name='provider'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='rank',
                field=models.PositiveSmallIntegerField(default=100, help_text='The lowest is shown first', verbose_name='order of preference'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='reporting_type',
                field=models.CharField(choices=[('G', 'Global'), ('N', 'National')], max_length=1, verbose_name='reporting type'),
            ),
            migrations.AlterField(
                model_name='dataset',
                name='url',
                field=models.URLField(blank=True, verbose_name='web address'),
            ),
            migrations.AlterField(
                model_name='dimension',
                name='code',
                field=models.CharField(max_length=40, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='dimension',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='dimension',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='dimension',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='dimension',
                name='position',
                field=models.PositiveSmallIntegerField(default=0, verbose_name='order'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='code',
                field=models.CharField(max_length=2, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='colour',
                field=models.CharField(help_text="The Goal's own colour, as #rrggbb", max_length=7, verbose_name='colour'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='number',
                field=models.PositiveSmallIntegerField(unique=True, verbose_name='number'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='short_en',
                field=models.CharField(max_length=80, verbose_name='short name (English)'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='short_es',
                field=models.CharField(blank=True, max_length=80, verbose_name='short name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='short_fr',
                field=models.CharField(blank=True, max_length=80, verbose_name='short name (French)'),
            ),
            migrations.AlterField(
                model_name='groupmembership',
                name='group',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_memberships', to='sdg_targets.area', verbose_name='group'),
            ),
            migrations.AlterField(
                model_name='groupmembership',
                name='member',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='sdg_targets.area', verbose_name='member'),
            ),
            migrations.AlterField(
                model_name='groupmembership',
                name='source',
                field=models.TextField(blank=True, verbose_name='source'),
            ),
            migrations.AlterField(
                model_name='groupmembership',
                name='valid_from',
                field=models.DateField(blank=True, null=True, verbose_name='valid from'),
            ),
            migrations.AlterField(
                model_name='groupmembership',
                name='valid_to',
                field=models.DateField(blank=True, null=True, verbose_name='valid until'),
            ),
            migrations.AlterField(
                model_name='import',
                name='backfill',
                field=models.BooleanField(default=False, verbose_name='older publication, read later'),
            ),
            migrations.AlterField(
                model_name='import',
                name='by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
            ),
            migrations.AlterField(
                model_name='import',
                name='complete',
                field=models.BooleanField(default=False, help_text='The file holds all there is of its series', verbose_name='complete file'),
            ),
            migrations.AlterField(
                model_name='import',
                name='dataset',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='sdg_targets.dataset', verbose_name='dataset'),
            ),
            migrations.AlterField(
                model_name='import',
                name='file_name',
                field=models.CharField(max_length=255, verbose_name='file name'),
            ),
            migrations.AlterField(
                model_name='import',
                name='file_size',
                field=models.PositiveBigIntegerField(help_text='Bytes', verbose_name='file size'),
            ),
            migrations.AlterField(
                model_name='import',
                name='finished_at',
                field=models.DateTimeField(verbose_name='finished'),
            ),
            migrations.AlterField(
                model_name='import',
                name='format',
                field=models.CharField(max_length=40, verbose_name='format'),
            ),
            migrations.AlterField(
                model_name='import',
                name='new',
                field=models.PositiveIntegerField(default=0, verbose_name='new'),
            ),
            migrations.AlterField(
                model_name='import',
                name='origin',
                field=models.CharField(blank=True, help_text='Where the file came from', max_length=400, verbose_name='origin'),
            ),
            migrations.AlterField(
                model_name='import',
                name='problem',
                field=models.TextField(blank=True, help_text='Why the whole file was refused', verbose_name='problem'),
            ),
            migrations.AlterField(
                model_name='import',
                name='read',
                field=models.PositiveIntegerField(default=0, verbose_name='rows read'),
            ),
            migrations.AlterField(
                model_name='import',
                name='refused',
                field=models.PositiveIntegerField(default=0, verbose_name='refused'),
            ),
            migrations.AlterField(
                model_name='import',
                name='repeated',
                field=models.PositiveIntegerField(default=0, help_text='The same key and value twice in the file', verbose_name='repeated'),
            ),
            migrations.AlterField(
                model_name='import',
                name='revised',
                field=models.PositiveIntegerField(default=0, verbose_name='revised'),
            ),
            migrations.AlterField(
                model_name='import',
                name='revision',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='sdg_targets.revision', verbose_name='revision'),
            ),
            migrations.AlterField(
                model_name='import',
                name='series_codes',
                field=models.JSONField(default=list, verbose_name='codes of series'),
            ),
            migrations.AlterField(
                model_name='import',
                name='sha256',
                field=models.CharField(db_index=True, max_length=64, verbose_name='checksum (SHA-256)'),
            ),
            migrations.AlterField(
                model_name='import',
                name='started_at',
                field=models.DateTimeField(verbose_name='started'),
            ),
            migrations.AlterField(
                model_name='import',
                name='state',
                field=models.CharField(choices=[('applied', 'Applied'), ('unchanged', 'Nothing changed'), ('tried', 'Tried, nothing written'), ('refused', 'Refused, nothing written')], max_length=10, verbose_name='outcome'),
            ),
            migrations.AlterField(
                model_name='import',
                name='unchanged',
                field=models.PositiveIntegerField(default=0, verbose_name='unchanged'),
            ),
            migrations.AlterField(
                model_name='import',
                name='vintage',
                field=models.CharField(blank=True, help_text="The provider's own label of the publication", max_length=40, verbose_name='vintage'),
            ),
            migrations.AlterField(
                model_name='import',
                name='withdrawn',
                field=models.PositiveIntegerField(default=0, verbose_name='withdrawn'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='code',
                field=models.CharField(max_length=10, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='framework',
                field=models.CharField(help_text='Which framework list the title and tier are from', max_length=120, verbose_name='framework list'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='same_as',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repeated_as', to='sdg_targets.indicator', verbose_name='same as'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='sort',
                field=models.CharField(db_index=True, max_length=30, verbose_name='sorted as'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='target',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='sdg_targets.target', verbose_name='target'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='tier',
                field=models.CharField(blank=True, max_length=60, verbose_name='tier'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='unsd_code',
                field=models.CharField(blank=True, help_text='UNSD indicator code, such as C100702', max_length=10, verbose_name='UNSD code'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='valid_from',
                field=models.DateField(blank=True, null=True, verbose_name='valid from'),
            ),
            migrations.AlterField(
                model_name='indicator',
                name='valid_to',
                field=models.DateField(blank=True, null=True, verbose_name='valid until'),
            ),
            migrations.AlterField(
                model_name='mandate',
                name='area',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.area', verbose_name='area'),
            ),
            migrations.AlterField(
                model_name='mandate',
                name='note',
                field=models.CharField(blank=True, max_length=200, verbose_name='note'),
            ),
            migrations.AlterField(
                model_name='mandate',
                name='role',
                field=models.CharField(choices=sdg_targets.models.mandates.role_choices, max_length=30, verbose_name='role'),
            ),
            migrations.AlterField(
                model_name='mandate',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to=settings.AUTH_USER_MODEL, verbose_name='user'),
            ),
            migrations.AlterField(
                model_name='mandate',
                name='valid_from',
                field=models.DateField(blank=True, null=True, verbose_name='valid from'),
            ),
            migrations.AlterField(
                model_name='mandate',
                name='valid_to',
                field=models.DateField(blank=True, null=True, verbose_name='valid until'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='direction',
                field=models.CharField(choices=[('increase', 'An increase is wanted'), ('decrease', 'A decrease is wanted'), ('yes', 'Yes is wanted'), ('none', 'No direction is stated')], max_length=8, verbose_name='wanted direction'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='direction_note',
                field=models.TextField(blank=True, verbose_name='note on the direction'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='indicator',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='migration', to='sdg_targets.indicator', verbose_name='indicator'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='listed_by',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='listed by'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='may_aggregate',
                field=models.BooleanField(default=True, verbose_name='may be aggregated'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='may_compare_countries',
                field=models.BooleanField(default=True, verbose_name='countries may be compared'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='may_map',
                field=models.BooleanField(default=True, verbose_name='may be mapped'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='may_rank',
                field=models.BooleanField(default=True, verbose_name='may be ranked'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='may_trend',
                field=models.BooleanField(default=True, verbose_name='a trend may be drawn'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='natural_limit',
                field=sdg_targets.models.fields.ExactDecimalField(blank=True, null=True, verbose_name='natural limit'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='note',
                field=models.TextField(blank=True, verbose_name='note'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='notice_en',
                field=models.TextField(blank=True, help_text='Required notice, shown wherever a figure is', verbose_name='required notice (English)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='notice_es',
                field=models.TextField(blank=True, verbose_name='required notice (Spanish)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='notice_fr',
                field=models.TextField(blank=True, verbose_name='required notice (French)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='plain_en',
                field=models.TextField(help_text='What it means, in one plain sentence of ours', verbose_name='in plain words (English)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='plain_es',
                field=models.TextField(blank=True, verbose_name='in plain words (Spanish)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='plain_fr',
                field=models.TextField(blank=True, verbose_name='in plain words (French)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='relevance',
                field=models.CharField(choices=[('direct', 'Directly about migration'), ('related', 'Related to migration')], max_length=8, verbose_name='relation to migration'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='target_operator',
                field=models.CharField(blank=True, help_text='<, <=, =, >= or >', max_length=2, verbose_name='operator'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='target_rule',
                field=models.CharField(blank=True, help_text='The rule in words', max_length=200, verbose_name='target rule'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='target_value',
                field=sdg_targets.models.fields.ExactDecimalField(blank=True, null=True, verbose_name='target value'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='target_year',
                field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='target year'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='target_year_stated',
                field=models.BooleanField(default=False, verbose_name='the target itself states the year'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='unit_note',
                field=models.CharField(blank=True, max_length=200, verbose_name='note on the unit'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='why_en',
                field=models.TextField(help_text='Why it matters for migrants, in our words', verbose_name='why it matters (English)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='why_es',
                field=models.TextField(blank=True, verbose_name='why it matters (Spanish)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='why_fr',
                field=models.TextField(blank=True, verbose_name='why it matters (French)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='withheld_reason_en',
                field=models.TextField(blank=True, verbose_name='why it is withheld (English)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='withheld_reason_es',
                field=models.TextField(blank=True, verbose_name='why it is withheld (Spanish)'),
            ),
            migrations.AlterField(
                model_name='migrationprofile',
                name='withheld_reason_fr',
                field=models.TextField(blank=True, verbose_name='why it is withheld (French)'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='area',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.area', verbose_name='reference area'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='base_period',
                field=models.CharField(max_length=40, null=True, verbose_name='base period'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='breakdown',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.breakdown', verbose_name='breakdown'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='dataset',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.dataset', verbose_name='dataset'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='denominator',
                field=sdg_targets.models.fields.ExactDecimalField(null=True, verbose_name='denominator'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='footnote',
                field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.note', verbose_name='footnote'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='imported',
                field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.import', verbose_name='import'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='known_from',
                field=models.IntegerField(verbose_name='known since revision'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='known_to',
                field=models.IntegerField(default=2147483647, verbose_name='superseded by revision'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='lower_bound',
                field=sdg_targets.models.fields.ExactDecimalField(null=True, verbose_name='lower bound'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='multiplier',
                field=models.SmallIntegerField(default=0, help_text='Power of ten', verbose_name='multiplier'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='nature',
                field=models.CharField(choices=[('C', 'Country data'), ('CA', 'Country adjusted data'), ('E', 'Estimated data'), ('G', 'Global monitoring data'), ('M', 'Modelled data'), ('N', 'Not relevant'), ('_X', 'Nature not available')], default='_X', max_length=2, verbose_name='nature'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='numerator',
                field=sdg_targets.models.fields.ExactDecimalField(null=True, verbose_name='numerator'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='period',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.period', verbose_name='time period'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='series',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.series', verbose_name='series'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='source',
                field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.note', verbose_name='source'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='status',
                field=models.CharField(choices=[('A', 'Normal value'), ('B', 'Break in the series'), ('E', 'Estimated value'), ('P', 'Provisional value'), ('U', 'Low reliability'), ('L', 'Not collected'), ('M', 'Not applicable'), ('O', 'Not yet received'), ('Q', 'Suppressed for confidentiality'), ('K', 'Included in another category')], default='A', max_length=1, verbose_name='observation status'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='time_detail',
                field=models.CharField(max_length=200, null=True, verbose_name='detail of the period'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='unit',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.unit', verbose_name='unit'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='upper_bound',
                field=sdg_targets.models.fields.ExactDecimalField(null=True, verbose_name='upper bound'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='value',
                field=sdg_targets.models.fields.ExactDecimalField(null=True, verbose_name='value'),
            ),
            migrations.AlterField(
                model_name='observation',
                name='value_text',
                field=models.CharField(help_text='What was printed, where it was no number', max_length=40, null=True, verbose_name='value as printed'),
            ),
            migrations.AlterField(
                model_name='period',
                name='code',
                field=models.CharField(max_length=30, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='period',
                name='end',
                field=models.DateField(db_index=True, verbose_name='last day'),
            ),
            migrations.AlterField(
                model_name='period',
                name='frequency',
                field=models.CharField(max_length=1, verbose_name='frequency'),
            ),
            migrations.AlterField(
                model_name='period',
                name='start',
                field=models.DateField(verbose_name='first day'),
            ),
            migrations.AlterField(
                model_name='refusal',
                name='column',
                field=models.CharField(blank=True, max_length=60, verbose_name='column'),
            ),
            migrations.AlterField(
                model_name='refusal',
                name='expected',
                field=models.TextField(blank=True, verbose_name='what would be right'),
            ),
            migrations.AlterField(
                model_name='refusal',
                name='found',
                field=models.TextField(blank=True, verbose_name='found'),
            ),
            migrations.AlterField(
                model_name='refusal',
                name='of_import',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='sdg_targets.import', verbose_name='import'),
            ),
            migrations.AlterField(
                model_name='refusal',
                name='place',
                field=models.CharField(help_text='Line, cell or path in the file', max_length=200, verbose_name='place'),
            ),
            migrations.AlterField(
                model_name='refusal',
                name='rule',
                field=models.CharField(max_length=10, verbose_name='rule'),
            ),
            migrations.AlterField(
                model_name='release',
                name='created_at',
                field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='date of creation'),
            ),
            migrations.AlterField(
                model_name='release',
                name='name',
                field=models.CharField(max_length=60, unique=True, verbose_name='name'),
            ),
            migrations.AlterField(
                model_name='release',
                name='note',
                field=models.TextField(blank=True, verbose_name='note'),
            ),
            migrations.AlterField(
                model_name='release',
                name='revision',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='sdg_targets.revision', verbose_name='revision'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='made_at',
                field=models.DateTimeField(unique=True, verbose_name='date and time'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='note',
                field=models.TextField(blank=True, verbose_name='note'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='number',
                field=models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='number'),
            ),
            migrations.AlterField(
                model_name='revision',
                name='reason',
                field=models.CharField(choices=[('routine', 'Routine update'), ('error', 'Correction of an error'), ('method', 'Change of method'), ('rebasing', 'Rebasing'), ('boundary', 'Change of boundaries')], default='routine', max_length=10, verbose_name='reason'),
            ),
            migrations.AlterField(
                model_name='series',
                name='breaks',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='Years from which the figures cannot be set beside those before; no line joins over them', size=None, verbose_name='breaks in the series'),
            ),
            migrations.AlterField(
                model_name='series',
                name='code',
                field=models.CharField(max_length=40, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='series',
                name='dimensions',
                field=models.ManyToManyField(blank=True, related_name='series', to='sdg_targets.dimension', verbose_name='dimensions'),
            ),
            migrations.AlterField(
                model_name='series',
                name='expected_dimensions',
                field=models.ManyToManyField(blank=True, related_name='+', to='sdg_targets.dimension', verbose_name='expected dimensions'),
            ),
            migrations.AlterField(
                model_name='series',
                name='headline',
                field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, help_text='Breakdown keys that stand for the whole, in order of preference; _T where a total is published', size=None, verbose_name='headline breakdowns'),
            ),
            migrations.AlterField(
                model_name='series',
                name='indicators',
                field=models.ManyToManyField(related_name='series', to='sdg_targets.indicator', verbose_name='indicators'),
            ),
            migrations.AlterField(
                model_name='series',
                name='kind',
                field=models.CharField(choices=[('number', 'Number'), ('percent', 'Percentage'), ('rate', 'Rate'), ('score', 'Score'), ('ordinal', 'Ordered categories'), ('yes_no', 'Yes or no'), ('money', 'Amount of money')], max_length=8, verbose_name='kind of value'),
            ),
            migrations.AlterField(
                model_name='series',
                name='maximum',
                field=sdg_targets.models.fields.ExactDecimalField(blank=True, null=True, verbose_name='highest possible value'),
            ),
            migrations.AlterField(
                model_name='series',
                name='minimum',
                field=sdg_targets.models.fields.ExactDecimalField(blank=True, null=True, verbose_name='lowest possible value'),
            ),
            migrations.AlterField(
                model_name='series',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='series',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='series',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='series',
                name='note',
                field=models.TextField(blank=True, verbose_name='note'),
            ),
            migrations.AlterField(
                model_name='series',
                name='position',
                field=models.PositiveSmallIntegerField(default=0, help_text='Order within the indicator; 0 is shown first', verbose_name='order'),
            ),
            migrations.AlterField(
                model_name='series',
                name='predecessor',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='sdg_targets.series', verbose_name='series before it'),
            ),
            migrations.AlterField(
                model_name='series',
                name='unit',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.unit', verbose_name='unit'),
            ),
            migrations.AlterField(
                model_name='series',
                name='value_labels',
                field=models.JSONField(blank=True, default=dict, help_text='Words for values, such as {"1": {"en": ..., "fr": ..., "es": ...}}', verbose_name='words for values'),
            ),
            migrations.AlterField(
                model_name='target',
                name='code',
                field=models.CharField(max_length=6, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='target',
                name='goal',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='sdg_targets.goal', verbose_name='Goal'),
            ),
            migrations.AlterField(
                model_name='target',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='target',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='target',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='target',
                name='sort',
                field=models.CharField(db_index=True, max_length=20, verbose_name='sorted as'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='code',
                field=models.CharField(max_length=30, unique=True, verbose_name='code'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='name_en',
                field=models.TextField(verbose_name='name (English)'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='name_es',
                field=models.TextField(blank=True, verbose_name='name (Spanish)'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='name_fr',
                field=models.TextField(blank=True, verbose_name='name (French)'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='symbol_en',
                field=models.CharField(blank=True, max_length=60, verbose_name='symbol (English)'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='symbol_es',
                field=models.CharField(blank=True, max_length=60, verbose_name='symbol (Spanish)'),
            ),
            migrations.AlterField(
                model_name='unit',
                name='symbol_fr',
                field=models.CharField(blank=True, max_length=60, verbose_name='symbol (French)'),
            ),
        ]),
    ]
