"""`make run`: prepares everything, then serves pages and runs background jobs until Ctrl-C.

A demonstration on one machine: plain http on localhost, accounts whose passwords are printed, PostgreSQL in var/pg.
"""

import contextlib
import errno
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import django
from django.core.management import call_command
from django.db import connections

from idm import devdb
from idm.prepare import make_folders, prepare_files

CHECKOUT = devdb.CHECKOUT
PATIENCE = 30.0  # seconds for the server's first answer, and for the end of a process


class Stopped(Exception):  # noqa: N818 - not an error
    """Ctrl-C, or a request to end."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def prepare_environment(var: Path) -> None:
    """Settings of a demonstration; what the caller's environment says wins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idm.settings")
    os.environ.setdefault("DEMO", "1")
    os.environ["HOME"] = str(var / "home")  # programs keep their caches inside the checkout
    (var / "home").mkdir(parents=True, exist_ok=True)
    make_folders(var)
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = kept_secret(var / "secret-key")


def kept_secret(file: Path) -> str:
    """A random secret, made once per checkout and readable by its owner only."""
    if not file.exists():
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w") as written:
                written.write(secrets.token_urlsafe(64))
    return file.read_text()


def listening_addresses(port: int) -> list[str]:
    """Where localhost can be served on this machine: IPv4, and IPv6 where there is any.

    Raises SystemExit with a sentence when the port is taken, or not for us.
    """
    another = port + 1 if 1024 <= port < 65535 else 8000
    found = []
    for family, host, shown in (
        (socket.AF_INET, "127.0.0.1", "127.0.0.1"),
        (socket.AF_INET6, "::1", "[::1]"),
    ):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            # No IPv6 here is no reason to stop; somebody else's program behind the same address is.
            if family == socket.AF_INET or error.errno == errno.EADDRINUSE:
                raise SystemExit(f"Port {port} is not free ({error.strerror}): PORT={another} make run") from error
            continue
        found.append(f"{shown}:{port}")
    return found


def prepare_data() -> None:
    """Tables, catalogue, shipped figures, accounts and static files; quick when nothing changed."""
    say("Preparing the tables")
    call_command("migrate", verbosity=0, interactive=False)
    say("Loading the catalogue, the areas and the shipped figures")
    call_command("load_shipped")
    call_command("load_partners")
    call_command("settle_uploads")
    say("Preparing static files and translations")
    prepare_files()


def server_command(addresses: list[str]) -> list[str]:
    """The web server: two processes of four threads."""
    binds = [word for address in addresses for word in ("--bind", address)]
    return [
        sys.executable, "-m", "gunicorn", "idm.wsgi:application", *binds, "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--timeout", "120", "--graceful-timeout", "5", "--no-control-socket",
        "--log-level", "warning",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The process that takes up background jobs."""
    return [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity", "0"]


def launch(command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a process that ends with this one, even when this one is killed, where the system can see to that."""
    guard = [path, "--pdeathsig", "TERM", "--"] if (path := shutil.which("setpriv")) else []
    return subprocess.Popen([*guard, *command], cwd=CHECKOUT, stdin=subprocess.DEVNULL, start_new_session=True)


@contextlib.contextmanager
def processes(*commands: list[str]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Run commands side by side, and end all of them at the end."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.extend(launch(command) for command in commands)
        yield started
    finally:
        for process in started:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in started:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(address: str, running: list["subprocess.Popen[bytes]"]) -> None:
    """Return at the first good answer of the server."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        fail_if_ended(running)
        try:
            with urllib.request.urlopen(f"http://{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("The web server did not answer: see the lines above.")


def fail_if_ended(running: list["subprocess.Popen[bytes]"]) -> None:
    """Raise SystemExit when one of the processes has ended by itself."""
    for process in running:
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with code {process.returncode}.")


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The embedded database, unless DATABASE_URL names another; stopped at the end unless somebody else uses it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = devdb.cluster_of(CHECKOUT)
    lease = cluster.lease()
    say("Starting PostgreSQL in var/pg")
    try:
        cluster.start()
        yield
    finally:
        connections.close_all()
        if not cluster.release(lease):
            say("PostgreSQL goes on: another process of this checkout uses it.")


def serve(addresses: list[str], port: int, *, started_by: int) -> None:
    """Serve until a process ends, somebody stops this one, or the `make` that started it is gone."""
    with processes(server_command(addresses), worker_command()) as running:
        wait_for(addresses[0], running)
        say("")
        call_command("demo_accounts")
        say(f"\nReady: http://localhost:{port}   (Ctrl-C stops everything)\n")
        connections.close_all()
        while os.getppid() == started_by:
            fail_if_ended(running)
            time.sleep(0.5)


def stop(_number: int, _frame: FrameType | None) -> None:
    # A second request, while everything is being stopped, changes nothing.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped


def main() -> int:
    """Everything, from nothing to Ctrl-C."""
    said = os.environ.get("PORT") or "8000"
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise SystemExit(f"PORT must be a number from 1 to 65535, not {said!r}.")
    port, started_by = int(said), os.getppid()
    prepare_environment(CHECKOUT / "var")
    addresses = listening_addresses(port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        with database():
            django.setup()
            prepare_data()
            serve(addresses, port, started_by=started_by)
    except Stopped:
        say("\nStopped.")
    except devdb.DatabaseError as error:
        raise SystemExit(str(error)) from error
    return 0


if __name__ == "__main__":
    sys.exit(main())
