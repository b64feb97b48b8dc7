"""The audit is append-only and its chain is checked as it grows; a release keeps its name and its revision.

Triggers have no words in the ORM. An empty audit may be truncated: there is nothing to lose, and tests empty all tables.
"""

from django.db import migrations

GENESIS = "0" * 64
SQL = f"""
create function sdg_targets_sealedrecord_seal() returns trigger language plpgsql as $$
declare last record;
begin
    select number, sha256 into last from sdg_targets_sealedrecord order by number desc limit 1;
    if new.number is distinct from coalesce(last.number, 0) + 1
        or new.previous is distinct from coalesce(last.sha256, '{GENESIS}')
        or new.sha256 is distinct from encode(sha256(convert_to(concat_ws(E'\\n', new.number,
            to_char(new.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            coalesce(new.by_id::text, ''), new.deed, new.body, new.previous), 'UTF8')), 'hex')
    then
        raise integrity_constraint_violation using message = 'this record does not continue the chain',
            constraint = 'sealed_record_continues_the_chain';
    end if;
    return new;
end
$$;
create function sdg_targets_sealedrecord_keep() returns trigger language plpgsql as $$
begin
    if tg_op = 'TRUNCATE' and not exists (select from sdg_targets_sealedrecord) then
        return null;
    end if;
    raise integrity_constraint_violation using message = 'sealed records are neither changed nor deleted',
        constraint = 'sealed_record_is_kept';
end
$$;
create trigger sealed_record_seal before insert on sdg_targets_sealedrecord
    for each row execute function sdg_targets_sealedrecord_seal();
create trigger sealed_record_keep before update or delete on sdg_targets_sealedrecord
    for each row execute function sdg_targets_sealedrecord_keep();
create trigger sealed_record_keep_all before truncate on sdg_targets_sealedrecord
    for each statement execute function sdg_targets_sealedrecord_keep();

create function sdg_targets_release_keep() returns trigger language plpgsql as $$
begin
    raise integrity_constraint_violation using message = 'a release keeps its name and its revision',
        constraint = 'release_is_kept';
end
$$;
create trigger release_keep before update on sdg_targets_release for each row
    when (old.name <> new.name or old.revision_id <> new.revision_id
          or old.revision_id is not null and new.revision_id is null)
    execute function sdg_targets_release_keep();
"""
UNDO = """
drop trigger release_keep on sdg_targets_release;
drop function sdg_targets_release_keep();
drop trigger sealed_record_keep_all on sdg_targets_sealedrecord;
drop trigger sealed_record_keep on sdg_targets_sealedrecord;
drop trigger sealed_record_seal on sdg_targets_sealedrecord;
drop function sdg_targets_sealedrecord_keep();
drop function sdg_targets_sealedrecord_seal();
"""


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0019_history")]
    operations = [migrations.RunSQL(sql=SQL, reverse_sql=UNDO)]
