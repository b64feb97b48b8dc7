"""`make run` in a copy of the checkout, from nothing: what it says, how fast it is, how it ends, and what it leaves alone."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from idm.accounts.demo import PASSWORD, demo_accounts
from idm.devdb import Cluster
from tests.idm.test_run import alive, free_port

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("make"), reason="apt-get install make")]

CHECKOUT = Path(__file__).resolve().parents[2]
MADE_HERE = shutil.ignore_patterns(
    ".git", ".venv", "var", "vendor", "__pycache__", "*.mo", ".*_cache", ".hypothesis", ".env"
)
FIRST_PAGE, AGAIN = 180.0, 10.0  # seconds, on two cores


class Started:
    """A `make run` that is ready, and how long that took."""

    def __init__(self, copy: Path, port: int, output: Path, seconds: float, make: "subprocess.Popen[bytes]") -> None:
        self.copy, self.port, self.output, self.seconds, self.make = copy, port, output, seconds, make

    def said(self) -> str:
        return self.output.read_text()

    def get(self, address: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{address}", timeout=30) as answer:
            return str(answer.read().decode())

    def runner(self) -> int:
        """The process that `make` started."""
        return int(Path(f"/proc/{self.make.pid}/task/{self.make.pid}/children").read_text().split()[0])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone holds, alone in a folder whose path has a space: nothing is beside it."""
    folder = tmp_path_factory.mktemp("alone") / "a clone"
    shutil.copytree(CHECKOUT, folder, ignore=MADE_HERE)
    return folder


@pytest.fixture(scope="module")
def prepared(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, str, str, list[Path]]:
    """The first start: its seconds, what it said, its first page, and what it wrote beside the copy."""
    outside = tmp_path_factory.mktemp("outside")
    for name in ("home", "temporary", "cache"):
        (outside / name).mkdir()
    places = {
        "HOME": str(outside / "home"),
        "TMPDIR": str(outside / "temporary"),
        "XDG_CACHE_HOME": str(outside / "cache"),
    }
    with started(copy, **places) as run:
        page = run.get("/")
    return run.seconds, run.said(), page, [path for path in outside.rglob("*") if path.parent != outside]


@contextmanager
def started(copy: Path, port: int = 0, until: str = "Ready: ", **environment: str) -> Iterator[Started]:
    """`make run`, until it says that it is ready; ended as by Ctrl-C when the block has not ended it."""
    port, output = port or free_port(), copy / "said.txt"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "REQUESTS_"))}
    begin = time.monotonic()
    with open(output, "wb") as file:
        make = subprocess.Popen(
            ["make", "run"], cwd=copy, env=kept | pip | {"PORT": str(port)} | environment, stdin=subprocess.DEVNULL,
            stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    run = Started(copy, port, output, 0.0, make)
    try:
        while until not in run.said():
            assert make.poll() is None, run.said()
            assert time.monotonic() < begin + 2 * FIRST_PAGE, run.said()
            time.sleep(0.02)
        run.seconds = time.monotonic() - begin
        yield run
    finally:
        if make.poll() is None:
            os.killpg(make.pid, signal.SIGINT)
        make.wait(timeout=60)


def left(copy: Path) -> dict[int, str]:
    """Processes that work in the copy, or run a program of it, and the names of their programs."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            places = [(process / "cwd").readlink(), (process / "exe").readlink()]
        except OSError:
            continue
        if any(place.is_relative_to(copy) for place in places) and alive(int(process.name)):
            found[int(process.name)] = places[1].name
    return found


def ends(copy: Path, but: str = "") -> bool:
    """Whether everything of the copy ends, but perhaps for one program."""
    deadline = time.monotonic() + 30
    while set(left(copy).values()) - {but} and time.monotonic() < deadline:
        time.sleep(0.1)
    return not set(left(copy).values()) - {but}


Prepared = tuple[float, str, str, list[Path]]


def test_the_first_page_of_a_clean_clone_comes_in_three_minutes(prepared: Prepared) -> None:
    seconds, _, page, _ = prepared

    assert seconds < FIRST_PAGE
    assert "<h1" in page


def test_it_says_what_it_does_where_it_answers_and_how_to_sign_in(prepared: Prepared) -> None:
    _, said, _, _ = prepared

    steps = ["virtual environment", "Installing", "PostgreSQL", "tables", "figures", "static files", "Sign in", "Ready"]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    assert PASSWORD in said
    assert all(person.email in said for person in demo_accounts())
    assert re.search(r"Ready: http://localhost:\d+ ", said)


def test_nothing_is_written_beside_the_copy(prepared: Prepared) -> None:
    *_, outside = prepared

    assert outside == []


def test_a_second_start_takes_ten_seconds_at_most(copy: Path, prepared: Prepared) -> None:
    with started(copy) as run:
        assert run.get("/healthz") == "ok\n"

    assert run.seconds < AGAIN
    assert "Installing" not in run.said()


@pytest.mark.parametrize("how", ["ctrl-c", "end make", "end the runner", "hang up"])
def test_when_it_is_ended_nothing_goes_on(copy: Path, prepared: Prepared, how: str) -> None:
    with started(copy) as run:
        match how:
            case "ctrl-c":
                os.killpg(run.make.pid, signal.SIGINT)
            case "end make":
                run.make.terminate()
            case "end the runner":
                os.kill(run.runner(), signal.SIGTERM)
            case "hang up":
                os.killpg(run.make.pid, signal.SIGHUP)
        run.make.wait(timeout=30)

    assert ends(copy)


@pytest.mark.parametrize("who", ["make", "the runner"])
def test_after_a_kill_the_rest_ends_and_the_same_port_serves_again(copy: Path, prepared: Prepared, who: str) -> None:
    with started(copy) as run:
        os.kill(run.make.pid if who == "make" else run.runner(), signal.SIGKILL)
        run.make.wait(timeout=30)
    assert ends(copy, but="postgres")  # it may go on where the worker had not begun to use it

    with started(copy, port=run.port) as again:
        assert again.get("/healthz") == "ok\n"
    assert ends(copy)


def test_two_copies_side_by_side(copy: Path, prepared: Prepared) -> None:
    second = copy.with_name("another")
    if not second.exists():
        shutil.copytree(CHECKOUT, second, ignore=MADE_HERE)
    with started(copy) as one, started(second) as two:
        assert "<h1" in one.get("/countries/KEN/")
        assert "<h1" in two.get("/countries/KEN/")
        os.killpg(two.make.pid, signal.SIGINT)
        two.make.wait(timeout=60)
        assert one.get("/healthz") == "ok\n"

    assert ends(copy)
    assert ends(second)


def test_another_database_is_used_where_it_is_named(copy: Path, prepared: Prepared, tmp_path: Path) -> None:
    with Cluster(tmp_path / "pg").used() as url:
        with started(copy, DATABASE_URL=url) as run:
            assert "Starting PostgreSQL" not in run.said()
            assert not Cluster(copy / "var/pg").alive()
            connection = psycopg2.connect(url)
            with connection.cursor() as cursor:
                cursor.execute("select count(*) > 40000 from sdg_targets_observation")
                assert cursor.fetchone() == (True,)
            connection.close()
        assert Cluster(tmp_path / "pg").alive(), "what was there before stays"


def make(copy: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]} | environment
    return subprocess.run(
        ["make", *words],
        cwd=copy,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


SUMS = r"""
select format('select %L, count(*), md5(string_agg(md5(t::text), null order by md5(t::text))) from %s t', name, name)
from (select oid::regclass as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace) tables
order by name::text \gexec
select sequencename, last_value from pg_sequences order by 1;
"""


def test_what_was_damaged_is_restored_whole(copy: Path, prepared: Prepared) -> None:
    """Backup, damage, restore: the checksums of all tables are what they were."""

    def sums() -> str:
        done = make(copy, "psql", f'ARGS=--no-psqlrc --tuples-only --no-align --file="{copy}/sums.sql"')
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    (copy / "sums.sql").write_text(SUMS)
    before = sums()
    assert len(before.splitlines()) > 30
    done = make(copy, "backup", "FILE=var/backups/before.dump")
    assert (done.returncode, done.stdout) == (0, "Written: var/backups/before.dump\n"), done.stderr
    damage = "delete from sdg_targets_latest; drop table sdg_targets_release cascade; create table stray ();"
    assert make(copy, "psql", f'ARGS=--command="{damage}"').returncode == 0
    assert sums() != before

    done = make(copy, "restore", "FILE=var/backups/before.dump")

    assert (done.returncode, done.stdout) == (0, "Restored: var/backups/before.dump\n"), done.stderr
    assert sums() == before
    assert ends(copy)


def test_restoring_without_a_file_says_which_there_are(copy: Path, prepared: Prepared) -> None:
    (copy / "var/backups").mkdir(exist_ok=True)
    (copy / "var/backups/some.dump").write_bytes(b"")

    done = make(copy, "restore")

    assert done.returncode == 2
    assert "Say which backup" in done.stdout
    assert "some.dump" in done.stdout


def test_a_first_start_that_is_cut_short_leaves_nothing_and_the_next_is_whole(copy: Path, prepared: Prepared) -> None:
    shutil.rmtree(copy / "var/pg")
    for moment in ("Starting PostgreSQL", "Preparing the tables", "Loading the catalogue", "2019.Q2"):
        with started(copy, until=moment):
            pass
        assert ends(copy), moment
        assert "Traceback" not in (copy / "said.txt").read_text(), moment

    with started(copy) as run:
        assert "Kenya" in run.get("/countries/KEN/")
    assert ends(copy)
