"""The embedded PostgreSQL starts once, survives kills, keeps to its folder and refuses what it cannot use."""

import concurrent.futures
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg2
import pytest

from idm import devdb
from idm.devdb import Cluster, DatabaseError


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that was started once and stopped, in a path with a space and quotes."""
    cluster = Cluster(tmp_path_factory.mktemp("a place") / 'it\'s "here"')
    cluster.start()
    cluster.stop()
    yield cluster
    cluster.stop()


@pytest.fixture
def cluster(prepared: Cluster) -> Iterator[Cluster]:
    prepared.start()
    yield prepared
    prepared.stop()


def server(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_it_answers_on_a_socket_that_only_its_owner_reaches(cluster: Cluster) -> None:
    assert cluster.ask(devdb.NAME, "show listen_addresses") == ""
    assert cluster.ask(devdb.NAME, "show server_encoding") == "UTF8"
    assert cluster.ask(devdb.NAME, "select pg_input_is_valid('1', 'integer')") == "t"
    assert cluster.ask(devdb.NAME, "select upper('é')") == "É"
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700
    assert cluster.data.stat().st_mode & 0o777 == 0o700


def test_its_url_is_understood_by_django_and_by_the_driver(cluster: Cluster) -> None:
    parsed = dj_database_url.parse(cluster.url)
    assert (parsed["HOST"], parsed["NAME"], parsed["USER"]) == (str(cluster.sockets), "idm", "idm")

    connection = psycopg2.connect(cluster.url)
    assert connection.info.server_version >= 160000
    connection.close()


def test_a_second_start_leaves_the_server_alone(cluster: Cluster) -> None:
    first = server(cluster)

    assert cluster.start() == cluster.url
    assert server(cluster) == first


def test_many_processes_start_one_server(prepared: Cluster) -> None:
    code = f"from pathlib import Path; from idm.devdb import Cluster; Cluster(Path({str(prepared.home)!r})).start()"
    with concurrent.futures.ThreadPoolExecutor() as pool:
        starts = [
            pool.submit(subprocess.run, [sys.executable, "-c", code], cwd=devdb.CHECKOUT, check=True) for _ in range(4)
        ]
        for start in starts:
            start.result()

    assert prepared.alive()
    assert (prepared.log.read_text().count("ready to accept connections")) >= 1
    assert len(cluster_masters(prepared)) == 1
    prepared.stop()


def cluster_masters(cluster: Cluster) -> list[int]:
    """Servers of the cluster that are not children of another of its processes."""
    processes, parents = cluster._processes(), {}
    for process in processes:
        with contextlib.suppress(OSError):  # one that has ended since
            parents[process] = int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    return [process for process, parent in parents.items() if parent not in processes]


def test_after_a_kill_it_starts_again(cluster: Cluster) -> None:
    cluster.ask(devdb.NAME, "create table if not exists kept (n int); insert into kept values (1)")
    os.kill(server(cluster), signal.SIGKILL)
    while cluster.alive():
        time.sleep(0.02)

    cluster.start()

    assert cluster.ask(devdb.NAME, "select count(*) > 0 from kept") == "t"


def test_the_number_of_another_process_in_the_pid_file_is_not_believed(prepared: Cluster) -> None:
    (prepared.data / "postmaster.pid").write_text(f"{os.getpid()}\n{prepared.data}\n0\n5432\n{prepared.sockets}\n\n\n")

    prepared.start()

    assert server(prepared) != os.getpid()
    prepared.stop()


def test_stop_and_a_second_stop(cluster: Cluster) -> None:
    cluster.stop()
    assert not cluster.alive()

    cluster.stop()


def test_it_goes_on_while_somebody_else_uses_it(cluster: Cluster) -> None:
    mine, other = cluster.lease(), cluster.lease()

    assert cluster.release(mine) is False
    assert cluster.alive()
    assert cluster.release(other) is True
    assert not cluster.alive()


def test_it_runs_for_the_longest_of_those_who_use_it(prepared: Cluster) -> None:
    with prepared.used() as url:
        with prepared.used() as again:
            assert url == again == prepared.url
        assert prepared.alive()
    assert not prepared.alive()


def test_one_who_was_killed_uses_it_no_longer(prepared: Cluster) -> None:
    code = f"""
import time; from pathlib import Path; from idm.devdb import Cluster
with Cluster(Path({str(prepared.home)!r})).used():
    print("here", flush=True); time.sleep(60)
"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=devdb.CHECKOUT, stdout=subprocess.PIPE) as other:
        assert other.stdout and other.stdout.readline() == b"here\n"
        other.kill()
    assert prepared.alive()

    with prepared.used():
        pass

    assert not prepared.alive()


def test_a_start_cut_short_leaves_no_server(prepared: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    def ctrl_c(cluster: Cluster) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(Cluster, "_accepts", ctrl_c)

    with pytest.raises(KeyboardInterrupt):
        prepared.start()

    assert prepared._processes() == []


def test_two_checkouts_have_two_servers(cluster: Cluster, tmp_path: Path) -> None:
    second = Cluster(tmp_path / "second")
    try:
        second.start()
        second.ask(devdb.NAME, "create table mine ()")

        assert cluster.url != second.url
        assert cluster.ask(devdb.NAME, "select to_regclass('mine') is null") == "t"
    finally:
        second.stop()
    assert cluster.alive()


def test_a_path_too_long_for_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # of one command: the next one must find the same socket
    long = Cluster(tmp_path / ("deep" * 20) / ("er" * 20))
    try:
        long.start()
        assert len(os.fsencode(long.socket)) <= devdb.SOCKET_LIMIT
        assert long.sockets.parent == devdb.SHORT
        assert long.sockets.stat().st_mode & 0o777 == 0o700
    finally:
        long.stop()
    assert not long.sockets.exists(), "nothing is left outside the checkout"


def test_a_socket_folder_that_somebody_else_made_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devdb, "SHORT", tmp_path)
    long = Cluster(tmp_path / ("deep" * 20) / ("er" * 20))
    long.sockets.symlink_to(tmp_path)

    with pytest.raises(DatabaseError, match="belongs to another user"):
        long.start()


def test_a_folder_of_another_major_version_is_refused(tmp_path: Path) -> None:
    old = Cluster(tmp_path)
    old.data.mkdir()
    (old.data / "PG_VERSION").write_text("15\n")

    with pytest.raises(DatabaseError, match=r"written by PostgreSQL 15 and this is \d+"):
        old.start()


def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = Cluster(tmp_path)
    theirs.data.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)

    with pytest.raises(DatabaseError, match="belongs to another user"):
        theirs.start()


def test_a_start_that_fails_says_why(tmp_path: Path) -> None:
    broken = Cluster(tmp_path)
    broken.start()
    broken.stop()
    with open(broken.data / "postgresql.conf", "a") as file:
        file.write("max_connections = none\n")

    with pytest.raises(DatabaseError, match=r"did not start(.|\n)*max_connections"):
        broken.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_without_namespaces_steps_down_to_another_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devdb, "namespaces_work", lambda: False)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        stepped = Cluster(Path(folder) / "pg")
        try:
            stepped.start()
            assert stepped.data.stat().st_uid != 0
            assert Path(f"/proc/{server(stepped)}").stat().st_uid == stepped.data.stat().st_uid
        finally:
            stepped.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_without_namespaces_in_a_closed_folder_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(devdb, "namespaces_work", lambda: False)
    tmp_path.chmod(0o700)

    with pytest.raises(DatabaseError, match=r"cannot reach .* use a normal account, move the checkout"):
        Cluster(tmp_path / "pg").start()


def fake_server(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    (folder / "postgres").chmod(0o755)
    return folder


def test_without_the_package_the_machine_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devdb, "find_spec", lambda name: None)
    monkeypatch.setattr(devdb, "MACHINE", tmp_path)
    monkeypatch.setenv("PATH", "/bin")
    fake_server(tmp_path / "9/bin", "9.6.24")
    fake_server(tmp_path / "15/bin", "15.18 (Debian 15.18-0+deb12u1)")

    with pytest.raises(DatabaseError, match=r"16 or later was not found \(only 15, 9\)"):
        devdb.binaries.__wrapped__()

    newer = fake_server(tmp_path / "17/bin", "17rc1")
    assert devdb.binaries.__wrapped__() == newer


@pytest.fixture
def addressed(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    monkeypatch.setenv("DATABASE_URL", cluster.url)
    cluster.ask(devdb.NAME, "drop table if exists note; create table note (text text); insert into note values ('å')")
    return cluster


def test_a_dump_is_restored_whole(addressed: Cluster, tmp_path: Path) -> None:
    file = tmp_path / "backups/one.dump"
    assert devdb.main(["dump", str(file)]) == 0
    addressed.ask(devdb.NAME, "update note set text = 'later'; create table later ()")

    assert devdb.main(["restore", str(file)]) == 0

    assert addressed.ask(devdb.NAME, "select text from note") == "å"
    assert addressed.ask(devdb.NAME, "select to_regclass('later') is null") == "t"
    assert [path.name for path in file.parent.iterdir()] == ["one.dump"]
    assert devdb.main(["dump", str(file)]) == 0
    assert devdb.main(["restore", str(file)]) == 0


def test_a_broken_dump_changes_nothing(addressed: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "one.dump"
    devdb.main(["dump", str(file)])
    file.write_bytes(file.read_bytes()[:-200])
    addressed.ask(devdb.NAME, "update note set text = 'later'")

    assert devdb.main(["restore", str(file)]) != 0

    assert addressed.ask(devdb.NAME, "select text from note") == "later"


def test_a_dump_is_for_its_owner_s_eyes(addressed: Cluster, tmp_path: Path) -> None:
    devdb.main(["dump", str(tmp_path / "one.dump")])

    assert (tmp_path / "one.dump").stat().st_mode & 0o777 == 0o600


def test_a_dump_that_fails_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cluster: Cluster) -> None:
    monkeypatch.setenv("DATABASE_URL", cluster.url.replace("/idm", "/no_such_database"))

    assert devdb.main(["dump", str(tmp_path / "one.dump")]) != 0
    assert list(tmp_path.iterdir()) == []


def test_a_dump_comes_back_from_a_pipe(addressed: Cluster, tmp_path: Path) -> None:
    """As on a server: `docker compose exec -T web python -m idm.devdb restore /dev/stdin < FILE`."""
    file = tmp_path / "one.dump"
    devdb.main(["dump", str(file)])
    addressed.ask(devdb.NAME, "update note set text = 'later'")

    with open(file, "rb") as dumped:
        command = [sys.executable, "-m", "idm.devdb", "restore", "/dev/stdin"]
        subprocess.run(command, cwd=devdb.CHECKOUT, stdin=dumped, check=True)

    assert addressed.ask(devdb.NAME, "select text from note") == "å"


def test_a_restore_that_the_database_refuses_changes_nothing(
    addressed: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.dump"
    addressed.ask(devdb.NAME, "create table big as select n, repeat('x', 100) t from generate_series(1, 100000) n")
    devdb.main(["dump", str(file)])
    addressed.ask(devdb.NAME, "drop table big; update note set text = 'later'")
    addressed.ask(devdb.NAME, "create schema kept; create function kept.no() returns event_trigger language plpgsql as"
                  " $$ begin raise 'not here'; end $$; create event trigger no on ddl_command_end"
                  " when tag in ('CREATE TABLE') execute function kept.no()")  # fmt: skip

    assert devdb.main(["restore", str(file)]) != 0

    assert "not here" in capfd.readouterr().err
    addressed.ask(devdb.NAME, "drop event trigger no; drop schema kept cascade")
    assert addressed.ask(devdb.NAME, "select text from note") == "later"


def test_a_password_is_not_shown_to_other_people_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:s%40crt@host.example:5433/name?sslmode=require")
    monkeypatch.setattr(devdb, "binaries", lambda: Path("/bin"))

    command, environment = devdb.client("psql", "-c", "select 1")

    assert command == ["/bin/psql", "--dbname=postgresql://me@host.example:5433/name?sslmode=require", "-c", "select 1"]
    assert environment["PGPASSWORD"] == "s@crt"


@pytest.mark.parametrize("words", [[], ["fly"], ["start", "now"], ["dump"], ["restore", "a", "b"], ["run"]])
def test_a_wrong_command_line_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        devdb.main(words)

    assert ended.value.code == 2


def test_status_and_url(capsys: pytest.CaptureFixture[str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devdb, "cluster_of", lambda checkout: cluster)

    assert devdb.main(["status"]) == 0
    assert devdb.main(["stop"]) == 0
    assert devdb.main(["status"]) == 3
    assert devdb.main(["url"]) == 0

    assert capsys.readouterr().out.splitlines() == [f"running, {cluster.url}", "stopped", cluster.url]


def test_a_request_to_end_reaches_the_command_and_then_the_server(prepared: Cluster) -> None:
    code = f"""
import sys; from pathlib import Path; from idm import devdb
devdb.cluster_of = lambda checkout: devdb.Cluster(Path({str(prepared.home)!r}))
sys.exit(devdb.main(["run", "sh", "-c", "trap 'echo ending; exit 5' TERM; echo here; while :; do sleep 0.05; done"]))
"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=devdb.CHECKOUT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stdout.readline() == "here\n"
        running.terminate()
        assert running.stdout.read() == "ending\n"

    assert running.returncode == 5
    assert not prepared.alive()


def test_run_stops_the_server_after_the_command(prepared: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devdb, "cluster_of", lambda checkout: prepared)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        test = [sys.executable, "-c", f"import os, sys; sys.exit(7 if os.path.exists({str(prepared.socket)!r}) else 1)"]
        assert devdb.main(["run", *test]) == 7
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

    assert not prepared.alive()
