"""Who is at work: a long job holds a lock of PostgreSQL for as long as its process and its connection live.

A state in a row can say "running" for ever; a lock ends with whoever held it. So a job that is said to run and whose lock
nobody holds was interrupted.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def held(kind: int, number: int) -> Iterator[None]:
    """Hold the lock of a job; waits for whoever holds it. It is the connection's, not a transaction's.

    The server looks every two seconds whether the client is still there, so that the lock of a killed process is free
    soon, also in the midst of a long statement.
    """
    with connection.cursor() as cursor:
        cursor.execute("set client_connection_check_interval = '2s'")
        cursor.execute("select pg_advisory_lock(%s, %s)", [kind, number])
    try:
        yield
    finally:
        if connection.is_usable():  # with a connection that is gone the lock is gone too
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [kind, number])
                cursor.execute("reset client_connection_check_interval")


def take_if_free(kind: int, number: int) -> bool:
    """Take the lock to the end of this transaction where nobody holds it; else say so at once."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [kind, number])
        (taken,) = cursor.fetchone()
    return bool(taken)
