"""`make run` says what is wrong with a port, keeps its secret, listens here alone, and ends what it started."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from idm import run

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("said", ["0", "65536", "-1", "80a", "8000.0", " "])
def test_a_port_that_is_none_is_refused_with_a_sentence(said: str) -> None:
    done = start(PORT=said)

    assert done.returncode == 1
    assert done.stderr == f"PORT must be a number from 1 to 65535, not {said!r}.\n"


def test_a_port_that_is_taken_is_refused_and_another_is_named(taken: int) -> None:
    done = start(PORT=str(taken))

    assert done.returncode == 1
    assert done.stderr == f"Port {taken} is not free (Address already in use): PORT={taken + 1} make run\n"


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "idm.run"]
    environment = {"PATH": os.environ["PATH"]} | environment
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)


def test_a_port_that_is_taken_for_ipv6_alone_is_refused_too() -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with listener, pytest.raises(SystemExit, match="is not free"):
        run.listening_addresses(listener.getsockname()[1])


def test_without_ipv6_it_is_served_by_ipv4(monkeypatch: pytest.MonkeyPatch) -> None:
    real, port = socket.socket, free_port()

    def only_ipv4(family: int) -> socket.socket:
        if family == socket.AF_INET6:
            raise OSError(97, "Address family not supported by protocol")
        return real(family)

    monkeypatch.setattr(socket, "socket", only_ipv4)

    assert [address.split(":")[0] for address in run.listening_addresses(port)] == ["127.0.0.1"]


@pytest.mark.parametrize(("port", "another"), [(80, 8000), (65535, 8000), (8000, 8001)])
def test_the_port_that_is_named_instead_can_be_used(port: int, another: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(family: int) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "socket", refused)

    with pytest.raises(SystemExit, match=rf"PORT={another} make run"):
        run.listening_addresses(port)


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = run.kept_secret(tmp_path / "secret")

    assert run.kept_secret(tmp_path / "secret") == first
    assert len(first) >= 50
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_it_listens_on_this_machine_alone() -> None:
    command = run.server_command(run.listening_addresses(free_port()))
    binds = [command[n + 1] for n, word in enumerate(command) if word == "--bind"]

    assert binds
    assert all(bind.startswith(("127.0.0.1:", "[::1]:")) for bind in binds)


def test_what_was_started_is_ended_even_when_it_does_not_listen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.5)
    deaf = f"trap '' TERM; touch '{tmp_path}/deaf'; while :; do sleep 0.05; done"

    with run.processes(["sh", "-c", deaf], ["sleep", "60"]) as running:
        while not (tmp_path / "deaf").exists():
            time.sleep(0.01)

    assert [process.returncode for process in running] == [-signal.SIGKILL, -signal.SIGTERM]


def test_a_process_that_ends_by_itself_ends_the_run() -> None:
    with run.processes(["sh", "-c", "exit 3"], ["sleep", "60"]) as running:
        running[0].wait()
        with pytest.raises(SystemExit, match="ended with code 3"):
            run.fail_if_ended(running)


@pytest.mark.skipif(not Path("/usr/bin/setpriv").exists(), reason="the guard is util-linux's setpriv")
def test_what_was_started_ends_when_the_runner_is_killed() -> None:
    code = "import time; from idm import run; print(run.launch(['sleep', '60']).pid, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=CHECKOUT, stdout=subprocess.PIPE) as runner:
        assert runner.stdout
        child = int(runner.stdout.readline())
        while Path(f"/proc/{child}/comm").read_text() != "sleep\n":  # setpriv has set the guard by then
            time.sleep(0.01)
        runner.kill()

    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
