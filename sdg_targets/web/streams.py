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
    copy = _Copy(f"copy ({text}) to stdout with (format csv, header)", write_end)
    worker = threading.Thread(target=copy.run, name="copy-to-csv")
    worker.start()
    finished = False
    try:
        with os.fdopen(read_end, "rb", buffering=0) as pipe:
            while block := pipe.read(BLOCK):
                yield block
        finished = True
    finally:
        if not finished:
            copy.cancel()
        worker.join()
    if copy.failure is not None:
        raise copy.failure


class _Copy:
    """One COPY into a pipe, on a connection of the thread that runs it; ``cancel`` may be called from another."""

    def __init__(self, statement: str, write_end: int) -> None:
        self.statement = statement
        self.write_end = write_end
        self.failure: BaseException | None = None
        self.running: Any = None
        self.cancelled = False
        self.lock = threading.Lock()

    def run(self) -> None:
        own = connections["default"]
        try:
            with os.fdopen(self.write_end, "wb") as pipe, own.cursor() as cursor:
                with self.lock:
                    self.running = own.connection
                    if self.cancelled:
                        return
                with own.wrap_database_errors:
                    cursor.cursor.copy_expert(self.statement, pipe, BLOCK)
        except BaseException as error:  # raised again in the thread that reads
            if not self.cancelled:
                self.failure = error
        finally:
            with self.lock:
                self.running = None
            own.close()

    def cancel(self) -> None:
        """The reader went away: a query that has not yet written anything would not notice the closed pipe."""
        with self.lock:
            self.cancelled = True
            if self.running is not None:
                self.running.cancel()
