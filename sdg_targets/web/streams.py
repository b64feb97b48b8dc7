"""Whole results as CSV, streamed from PostgreSQL's COPY in constant memory."""

import os
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, connections
from django.http import StreamingHttpResponse

BLOCK = 1 << 16


def csv_response(sql: str, parameters: Sequence[Any], *, name: str) -> StreamingHttpResponse:
    """A query's whole result as a CSV file. ``sql`` has placeholders; parameters are quoted by the driver, never here."""
    response = StreamingHttpResponse(copy_csv(sql, parameters), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def copy_csv(sql: str, parameters: Sequence[Any]) -> Iterator[bytes]:
    """Blocks of CSV with a heading. A reader who goes away ends the query: its pipe is closed.

    COPY runs in a thread with a connection of its own and writes into a pipe, of which this generator reads the other
    end. Errors of the query are raised here, after what came before them.
    """
    with connection.cursor() as cursor:
        statement = cursor.mogrify(sql, parameters)
    text = statement.decode() if isinstance(statement, bytes) else statement
    read_end, write_end = os.pipe()
    failures: list[BaseException] = []
    worker = threading.Thread(
        target=_copy, args=(f"copy ({text}) to stdout with (format csv, header)", write_end, failures)
    )
    worker.start()
    try:
        with os.fdopen(read_end, "rb", buffering=0) as pipe:
            while block := pipe.read(BLOCK):
                yield block
    finally:
        worker.join()
    if failures:
        raise failures[0]


def _copy(statement: str, write_end: int, failures: list[BaseException]) -> None:
    own = connections["default"]
    try:
        with os.fdopen(write_end, "wb") as pipe, own.cursor() as cursor:
            cursor.cursor.copy_expert(statement, pipe, BLOCK)
    except BrokenPipeError:
        pass  # the reader went away: nothing is left to say
    except BaseException as error:
        failures.append(error)
    finally:
        own.close()
