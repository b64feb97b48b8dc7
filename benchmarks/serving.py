"""A server for a benchmark, and clients that ask it as fast as it answers."""

import http.client
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection

from idm import devdb

CLIENTS: Final = 4
PATIENCE: Final = 30.0


def database_url() -> str:
    """The address of the database that the benchmark made."""
    settings = connection.settings_dict
    return f"postgresql://{settings['USER']}@{settings['HOST'].replace('/', '%2F')}/{settings['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(application: str, *, workers: int = 2, threads: int = 4) -> Iterator[tuple[int, int]]:
    """gunicorn as the image runs it (workers of threads), serving the application; its port and its process."""
    port = free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", str(workers)]
    environment = os.environ | {"DATABASE_URL": database_url(), "DEMO": "1", "DJANGO_SETTINGS_MODULE": "idm.settings"}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        *options,
        "--threads",
        str(threads),
        "--log-level",
        "error",
    ]
    with subprocess.Popen(command, env=environment, cwd=devdb.CHECKOUT) as process:
        try:
            wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    """Wait until something answers. Errors: ``SystemExit`` after half a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"Nothing answers on port {port}.")


def get(client: http.client.HTTPConnection, address: str) -> int:
    """The bytes of an answer. Errors: ``SystemExit`` for any other than 200."""
    client.request("GET", address, headers={"Host": "localhost"})
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}: {body[:200]!r}")
    return len(body)


def requests_per_second(port: int, addresses: Sequence[str], seconds: float) -> float:
    """How many requests a few clients get answered; each address is asked in its turn."""
    turns, answered = itertools.cycle(addresses), itertools.count()
    end = time.monotonic() + seconds
    failed: list[BaseException] = []

    def ask() -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            while time.monotonic() < end:
                get(client, next(turns))
                next(answered)
        except BaseException as error:
            failed.append(error)
        finally:
            client.close()

    start = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(str(failed[0]))
    return next(answered) / (time.monotonic() - start)
