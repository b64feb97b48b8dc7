"""How far the work on an upload is, as the database itself knows it."""

from django.db import connection


def rows_being_read(kind: int, number: int) -> int | None:
    """Rows that the holder of a job's lock has copied so far; ``None`` where nobody is copying for it.

    PostgreSQL shows the progress of every COPY to everybody who may see the session: nothing has to be written for it,
    which from inside the import's transaction nobody could read.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """select sum(copy.tuples_processed) from pg_locks l
               join pg_stat_progress_copy copy on copy.pid = l.pid
               where l.locktype = 'advisory' and l.granted and l.classid = %s and l.objid = %s""",
            [kind, number],
        )
        (rows,) = cursor.fetchone()
    return None if rows is None else int(rows)
