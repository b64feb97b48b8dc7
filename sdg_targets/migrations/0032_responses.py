"""Answers to questionnaires. What the ORM has no words for is kept by triggers.

An option answers its own question, a question is one of the response's version, and a version of an answer is added and never
changed. Only an open questionnaire is answered, and one that was answered is not closed again.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SQL = """
create function sdg_targets_answer_fits() returns trigger language plpgsql as $$
begin
    if not exists (
        select from sdg_targets_response r join sdg_targets_section s on s.version_id = r.version_id
        join sdg_targets_question q on q.section_id = s.id
        where r.id = new.response_id and q.id = new.question_id
          and (new.option_id is null
               or exists (select from sdg_targets_option o where o.id = new.option_id and o.question_id = q.id)))
    then
        raise integrity_constraint_violation using message = 'this answers another question',
            constraint = 'answer_fits_its_question';
    end if;
    return new;
end
$$;
create trigger answer_fits before insert or update on sdg_targets_answer
    for each row execute function sdg_targets_answer_fits();

create function sdg_targets_answerversion_keep() returns trigger language plpgsql as $$
begin
    raise integrity_constraint_violation using message = 'versions of answers are added, never changed',
        constraint = 'answer_version_is_kept';
end
$$;
create trigger answer_version_keep before update or delete on sdg_targets_answerversion
    for each row execute function sdg_targets_answerversion_keep();

create function sdg_targets_response_needs_open() returns trigger language plpgsql as $$
begin
    perform from sdg_targets_instrumentversion where id = new.version_id and is_open for share;
    if not found then
        raise integrity_constraint_violation using message = 'only an open questionnaire is answered',
            constraint = 'response_to_an_open_questionnaire';
    end if;
    return new;
end
$$;
create trigger response_needs_open before insert or update on sdg_targets_response
    for each row execute function sdg_targets_response_needs_open();

create function sdg_targets_questionnaire_stays_open() returns trigger language plpgsql as $$
begin
    if exists (select from sdg_targets_response where version_id = old.id) then
        raise integrity_constraint_violation using message = 'a questionnaire that was answered stays as it is: copy it',
            constraint = 'answered_questionnaire_stays_open';
    end if;
    return new;
end
$$;
create trigger questionnaire_stays_open before update on sdg_targets_instrumentversion
    for each row when (old.is_open and not new.is_open) execute function sdg_targets_questionnaire_stays_open();
"""
UNDO = """
drop trigger questionnaire_stays_open on sdg_targets_instrumentversion;
drop trigger response_needs_open on sdg_targets_response;
drop trigger answer_version_keep on sdg_targets_answerversion;
drop trigger answer_fits on sdg_targets_answer;
drop function sdg_targets_questionnaire_stays_open();
drop function sdg_targets_response_needs_open();
drop function sdg_targets_answerversion_keep();
drop function sdg_targets_answer_fits();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('sdg_targets', '0031_questionnaires'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.period', verbose_name='time period')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='sdg_targets.submission', verbose_name='submission')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='sdg_targets.instrumentversion', verbose_name='questionnaire')),
            ],
            options={
                'verbose_name': 'response',
                'verbose_name_plural': 'responses',
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True, help_text='Never published', verbose_name='note to the reviewers')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='evidence')),
                ('consent', models.BooleanField(default=False, verbose_name='may be published')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('submitted_version', models.PositiveIntegerField(blank=True, help_text='What the reviewers see of an answer that came back', null=True, verbose_name='version submitted')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.option', verbose_name='answer')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.question', verbose_name='question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='sdg_targets.response')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
            },
        ),
        migrations.CreateModel(
            name='AnswerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True, help_text='Never published', verbose_name='note to the reviewers')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='evidence')),
                ('consent', models.BooleanField(default=False, verbose_name='may be published')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date and time')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='sdg_targets.answer')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('option', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sdg_targets.option', verbose_name='answer')),
            ],
            options={
                'verbose_name': 'version of an answer',
                'verbose_name_plural': 'versions of answers',
                'ordering': ['answer', 'version'],
                'constraints': [models.UniqueConstraint(fields=('answer', 'version'), name='answer_version_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(fields=('submission', 'version', 'period'), name='response_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('response', 'question'), name='answer_once'),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
