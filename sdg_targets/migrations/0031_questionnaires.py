"""Questionnaires as the catalogue defines them. What is open is kept as it is: a trigger on each of its parts sees to it."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import sdg_targets.models.fields
from django.db import migrations, models

SQL = """
create function sdg_targets_questionnaire_keep() returns trigger language plpgsql as $$
declare held boolean;
begin
    if tg_table_name = 'sdg_targets_instrumentversion' then
        held := old.is_open and (tg_op = 'DELETE' or new.is_open);
    else
        select bool_or(v.is_open) into held from sdg_targets_instrumentversion v
        where case tg_table_name
            when 'sdg_targets_option' then v.id in (
                select s.version_id from sdg_targets_question q join sdg_targets_section s on s.id = q.section_id
                where q.id::text in (to_jsonb(old)->>'question_id', to_jsonb(new)->>'question_id'))
            when 'sdg_targets_question' then v.id in (
                select s.version_id from sdg_targets_section s
                where s.id::text in (to_jsonb(old)->>'section_id', to_jsonb(new)->>'section_id'))
            else v.id::text in (to_jsonb(old)->>'version_id', to_jsonb(new)->>'version_id')
        end;
    end if;
    if held then
        raise integrity_constraint_violation using message = 'an open questionnaire is not changed',
            constraint = 'questionnaire_is_kept';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger questionnaire_keep before delete on sdg_targets_instrumentversion
    for each row execute function sdg_targets_questionnaire_keep();
create trigger questionnaire_keep_scores before update on sdg_targets_instrumentversion for each row
    when (to_jsonb(old) - '{valid_from,valid_to,is_open}'::text[] <> to_jsonb(new) - '{valid_from,valid_to,is_open}'::text[])
    execute function sdg_targets_questionnaire_keep();
""" + "".join(
    f"""
create trigger questionnaire_keep before insert or update or delete on sdg_targets_{part}
    for each row execute function sdg_targets_questionnaire_keep();
"""
    for part in ("section", "question", "option", "scoreclass")
)
UNDO = "".join(
    f"drop trigger questionnaire_keep on sdg_targets_{part};\n"
    for part in ("scoreclass", "option", "question", "section", "instrumentversion")
) + """
drop trigger questionnaire_keep_scores on sdg_targets_instrumentversion;
drop function sdg_targets_questionnaire_keep();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sdg_targets', '0030_earlier_texts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_en', models.TextField(verbose_name='name (English)')),
                ('name_fr', models.TextField(blank=True, verbose_name='name (French)')),
                ('name_es', models.TextField(blank=True, verbose_name='name (Spanish)')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]*$', 'Letters, digits, points, hyphens and underscores.')], verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['section', 'position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_en', models.TextField(verbose_name='name (English)')),
                ('name_fr', models.TextField(blank=True, verbose_name='name (French)')),
                ('name_es', models.TextField(blank=True, verbose_name='name (Spanish)')),
                ('code', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]*$', 'Letters, digits, points, hyphens and underscores.')], verbose_name='code')),
                ('area_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('world', 'World'), ('region', 'Region'), ('subregion', 'Subregion'), ('intermediate', 'Intermediate region'), ('country', 'Country'), ('territory', 'Territory or area'), ('sdg_region', 'SDG region'), ('group', 'Group of countries'), ('other', "Publisher's own area"), ('subnational', 'Subnational area'), ('city', 'City')], max_length=12), help_text='Kinds of area, such as country or city', size=None, verbose_name='who fills it in')),
                ('about_en', models.TextField(blank=True, verbose_name='what it is (English)')),
                ('about_fr', models.TextField(blank=True, verbose_name='what it is (French)')),
                ('about_es', models.TextField(blank=True, verbose_name='what it is (Spanish)')),
                ('indicator', models.ForeignKey(blank=True, help_text='The indicator it measures; none for a set outside the global framework', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instruments', to='sdg_targets.indicator', verbose_name='indicator')),
            ],
            options={
                'verbose_name': 'questionnaire',
                'verbose_name_plural': 'questionnaires',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='InstrumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Such as 2021', max_length=20, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]*$', 'Letters, digits, points, hyphens and underscores.')], verbose_name='version')),
                ('is_open', models.BooleanField(default=False, editable=False, help_text='Checked, can be filled in, and is no longer changed', verbose_name='open')),
                ('scoring', models.CharField(choices=[('overall', 'Sections and overall'), ('sections', 'Each section alone'), ('none', 'Nothing: a benchmark, read answer by answer')], max_length=8, verbose_name='what is summed up')),
                ('footnote_share', sdg_targets.models.fields.ExactDecimalField(blank=True, help_text='The per cent of questions without an answer from which the footnote stands beside the score', null=True, verbose_name='footnote from')),
                ('footnote_en', models.TextField(blank=True, verbose_name='footnote (English)')),
                ('footnote_fr', models.TextField(blank=True, verbose_name='footnote (French)')),
                ('footnote_es', models.TextField(blank=True, verbose_name='footnote (Spanish)')),
                ('official_languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, help_text='Languages of an official text; other languages are marked as unofficial translations', size=None, verbose_name='official languages')),
                ('source', models.TextField(help_text='Where questions and weights come from', verbose_name='source')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('category_series', models.ForeignKey(blank=True, help_text='Where the class of a published form goes; nobody types figures of this series', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='class_of', to='sdg_targets.series', verbose_name='series of the class')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='sdg_targets.instrument', verbose_name='questionnaire')),
                ('score_series', models.ForeignKey(blank=True, help_text='Where the score in per cent goes; nobody types figures of this series', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='score_of', to='sdg_targets.series', verbose_name='series of the score')),
            ],
            options={
                'verbose_name': 'version of a questionnaire',
                'verbose_name_plural': 'versions of questionnaires',
                'ordering': ['instrument__code', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_en', models.TextField(verbose_name='name (English)')),
                ('name_fr', models.TextField(blank=True, verbose_name='name (French)')),
                ('name_es', models.TextField(blank=True, verbose_name='name (Spanish)')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]*$', 'Letters, digits, points, hyphens and underscores.')], verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('weight', sdg_targets.models.fields.ExactDecimalField(blank=True, help_text='From 0 to 1; blank where nothing is summed up', null=True, verbose_name='counts')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='sdg_targets.question', verbose_name='question')),
            ],
            options={
                'verbose_name': 'possible answer',
                'verbose_name_plural': 'possible answers',
                'ordering': ['question', 'position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ScoreClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_en', models.TextField(verbose_name='name (English)')),
                ('name_fr', models.TextField(blank=True, verbose_name='name (French)')),
                ('name_es', models.TextField(blank=True, verbose_name='name (Spanish)')),
                ('value', models.PositiveSmallIntegerField(help_text='The published number of the class, such as 3', verbose_name='number')),
                ('minimum', sdg_targets.models.fields.ExactDecimalField(help_text='The lowest score of the class, in per cent', verbose_name='from')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classes', to='sdg_targets.instrumentversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'class of scores',
                'verbose_name_plural': 'classes of scores',
                'ordering': ['version', 'minimum'],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_en', models.TextField(verbose_name='name (English)')),
                ('name_fr', models.TextField(blank=True, verbose_name='name (French)')),
                ('name_es', models.TextField(blank=True, verbose_name='name (Spanish)')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]*$', 'Letters, digits, points, hyphens and underscores.')], verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('lead_en', models.TextField(blank=True, verbose_name='question above all (English)')),
                ('lead_fr', models.TextField(blank=True, verbose_name='question above all (French)')),
                ('lead_es', models.TextField(blank=True, verbose_name='question above all (Spanish)')),
                ('about_en', models.TextField(blank=True, verbose_name='what it measures (English)')),
                ('about_fr', models.TextField(blank=True, verbose_name='what it measures (French)')),
                ('about_es', models.TextField(blank=True, verbose_name='what it measures (Spanish)')),
                ('breakdown', models.CharField(blank=True, help_text='The breakdown of the series for this section, such as POLICY_DOMAIN=PD_1', max_length=200, verbose_name='breakdown')),
                ('counts_shown', models.BooleanField(default=False, help_text='How often each answer was given stands beside the published score', verbose_name='counts are published')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='sdg_targets.instrumentversion', verbose_name='version')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'ordering': ['version', 'position', 'code'],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='sdg_targets.section', verbose_name='section'),
        ),
        migrations.AddConstraint(
            model_name='instrument',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='instrument_code_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='instrument',
            constraint=models.CheckConstraint(condition=models.Q(('area_kinds__len__gt', 0)), name='instrument_is_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.UniqueConstraint(fields=('instrument', 'code'), name='instrument_version_once'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='instrument_version_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('scoring__in', ['overall', 'sections', 'none'])), name='instrument_version_scoring_known'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scoring', 'none'), _negated=True), models.Q(('category_series', None), ('score_series', None)), _connector='OR'), name='instrument_version_benchmark_has_no_series'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('footnote_share', None), ('footnote_share__range', (0, 100)), _connector='OR'), name='instrument_version_share_is_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='instrumentversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='instrument_version_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('question', 'code'), name='option_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='option_code_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(('weight', None), ('weight__range', (0, 1)), _connector='OR'), name='option_counts_from_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='scoreclass',
            constraint=models.UniqueConstraint(fields=('version', 'value'), name='score_class_once'),
        ),
        migrations.AddConstraint(
            model_name='scoreclass',
            constraint=models.UniqueConstraint(fields=('version', 'minimum'), name='score_class_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='scoreclass',
            constraint=models.CheckConstraint(condition=models.Q(('minimum__range', (0, 100))), name='score_class_is_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='section_once'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='section_code_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('section', 'code'), name='question_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='question_code_is_a_code'),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
