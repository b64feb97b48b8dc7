"""The program as a server runs it: production settings, the image's own gunicorn command, nginx's own file in front."""

import contextlib
import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from idm.devdb import Cluster
from tests.idm.test_run import free_port
from tests.test_compose import FILLED_IN, gunicorn_command

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
HOST = "sdg.example.org"
EVERYTHING = "/api/v1/observations/?format=csv"
LIMIT = 2  # seconds of gunicorn's patience here: what lasts longer would be cut by a limit that counts it
WRAPPED = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    access_log off;
    {temporary}
    {conf}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True, slots=True)
class Server:
    """gunicorn on one port, and the folder of its files."""

    port: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(port: int, address: str, **headers: str) -> Answer:
    """One request as a TLS-ending proxy passes it on, unless told otherwise."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {"Host": HOST, "X-Forwarded-Proto": "https"} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    connection.request("GET", address, headers={name: text for name, text in sent.items() if text})
    answer = connection.getresponse()
    found = Answer(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())
    connection.close()
    return found


@contextlib.contextmanager
def program(command: list[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    """A server that listens on a port as long as the block runs."""
    with open(log, "wb") as file:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 30
        while True:
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    port = free_port()
    with Cluster(folder / "pg").used() as url:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "DATABASE_URL": url,
            "SECRET_KEY": FILLED_IN["SECRET_KEY"],
            "ALLOWED_HOSTS": HOST,
            "BEHIND_PROXY": "1",
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "CHART_CACHE": str(folder / "charts"),
        }
        for words in (["-m", "idm.prepare", str(folder / "static")], ["manage.py", "migrate", "--verbosity", "0"],
                      ["manage.py", "load_shipped"], ["manage.py", "load_partners"]):  # fmt: skip
            subprocess.run([sys.executable, *words], cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, check=True)
        command = [sys.executable, "-m", *gunicorn_command()]
        command[command.index("--bind") + 1] = f"127.0.0.1:{port}"
        command[command.index("--timeout") + 1] = str(LIMIT)
        with program(command, port, folder / "gunicorn.log", **environment):
            yield Server(port, folder)


@pytest.fixture(scope="module")
def front(server: Server) -> Iterator[int]:
    """The port of nginx in front of the program."""
    if NGINX is None:
        pytest.skip("no nginx here: apt-get install nginx-light")
    port = free_port()
    conf = (CHECKOUT / "deploy/nginx/idm.conf").read_text(encoding="utf-8")
    conf = conf.replace("server web:8000;", f"server 127.0.0.1:{server.port};").replace("8080", f"127.0.0.1:{port}")
    conf = f"set_real_ip_from 127.0.0.1;\n{conf}"  # the proxy in front is this test
    folder = server.folder / "nginx"
    folder.mkdir()
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(WRAPPED.format(folder=folder, user=user, temporary=temporary, conf=conf))
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    with program(command, port, folder / "nginx.log"):
        yield port


def test_pages_answer_behind_a_proxy_and_plain_http_is_sent_on(front: int) -> None:
    page = get(front, "/countries/KEN/")
    assert page.status == 200
    assert b"Kenya" in page.body
    assert "max-age=31536000" in page.headers["strict-transport-security"]
    assert "script-src 'self'" in page.headers["content-security-policy"]

    plain = get(front, "/countries/KEN/", X_Forwarded_Proto="http")
    assert (plain.status, plain.headers["location"]) == (301, f"https://{HOST}/countries/KEN/")
    assert "script-src 'self'" in plain.headers["content-security-policy"]

    assert get(front, "/countries/KEN/", X_Forwarded_Proto="").status == 301


def test_a_host_that_is_not_served_is_refused_under_the_policy(front: int) -> None:
    answer = get(front, "/", Host="evil.example.com")

    assert answer.status == 400
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_health_is_asked_for_without_https(front: int, server: Server) -> None:
    assert get(front, "/nginx-healthz", X_Forwarded_Proto="").body == b"ok\n"
    assert get(server.port, "/healthz", X_Forwarded_Proto="").body == b"ok\n"


def test_cookies_are_for_https_alone(front: int) -> None:
    cookie = get(front, "/account/login/").headers["set-cookie"]

    assert "Secure" in cookie
    assert "HttpOnly" in cookie


def test_static_files_are_named_after_their_content_kept_for_ever_and_compressed(front: int) -> None:
    page = get(front, "/").body.decode()
    sheets = re.findall(r'<link[^>]+href="(/static/[^"]+\.css)"', page)
    assert sheets
    for sheet in sheets:
        answer = get(front, sheet, Accept_Encoding="gzip")
        assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
        assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in answer.headers["cache-control"]
        assert gzip.decompress(answer.body)


def test_a_publisher_s_file_may_be_large_on_its_page_and_on_no_other(front: int) -> None:
    """The program refuses who sends it without signing in; nginx refuses what is too large elsewhere (413)."""
    body = b"0" * 60 * 1024**2
    for address, status in (("/fr/admin/sdg_targets/upload/add/", 403), ("/admin/sdg_targets/upload/", 413)):
        asked = http.client.HTTPConnection("127.0.0.1", front, timeout=60)
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Content-Type": "multipart/form-data; boundary=x"}
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
            asked.request("POST", address, body, headers)
        assert asked.getresponse().status == status, address
        asked.close()


def test_an_image_of_a_chart_is_made_and_kept(front: int, server: Server) -> None:
    page = get(front, "/indicators/10.c.1/").body.decode()
    (address, *_) = re.findall(r'"(/indicators/[^"]+\.svg[^"]*)"', page)

    assert get(front, address.replace("&amp;", "&")).status == 200
    assert list((server.folder / "charts").iterdir())


def test_everything_as_csv_is_whole(front: int, server: Server) -> None:
    through_nginx, direct = get(front, EVERYTHING), get(server.port, EVERYTHING)

    assert through_nginx.status == direct.status == 200
    assert through_nginx.body == direct.body
    assert direct.body.count(b"\n") > 47_000


@pytest.mark.parametrize("behind_nginx", [False, True])
def test_a_slow_reader_gets_the_whole_of_it(server: Server, request: pytest.FixtureRequest, behind_nginx: bool) -> None:
    """One that takes several times gunicorn's limit: the limit is of a process that stands still, not of an answer."""
    port = request.getfixturevalue("front") if behind_nginx else server.port
    whole = get(server.port, EVERYTHING).body

    received, seconds = slowly(port, seconds=3 * LIMIT, length=len(whole))

    assert seconds > 2 * LIMIT
    assert received == whole
    assert "WORKER TIMEOUT" not in (server.folder / "gunicorn.log").read_text()


def slowly(port: int, *, seconds: float, length: int) -> tuple[bytes, float]:
    """Everything, read in small sips that last so long together."""
    begin, sips = time.monotonic(), 40
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(60)
        reader.connect(("127.0.0.1", port))
        reader.sendall(f"GET {EVERYTHING} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n".encode())
        answer = http.client.HTTPResponse(reader)
        answer.begin()
        body = b""
        for _ in range(sips):
            body += answer.read(length // sips)
            time.sleep(seconds / sips)
        return body + answer.read(), time.monotonic() - begin


def test_slow_readers_behind_nginx_leave_the_program_free(front: int) -> None:
    """More of them than the program has threads."""
    with contextlib.ExitStack() as stack:
        for _ in range(12):
            reader = stack.enter_context(socket.create_connection(("127.0.0.1", front), timeout=60))
            reader.sendall(f"GET {EVERYTHING} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n".encode())
        time.sleep(LIMIT)
        begin = time.monotonic()
        assert get(front, "/healthz").status == 200
        assert time.monotonic() - begin < 10


def test_one_reader_may_not_ask_for_everything_at_once_and_another_is_served(front: int) -> None:
    """Readers behind the same proxy are told apart by the address that it passes on."""
    asked = [get(front, "/healthz", X_Forwarded_For="203.0.113.7").status for _ in range(300)]

    assert set(asked) == {200, 429}
    assert get(front, "/healthz", X_Forwarded_For="203.0.113.8").status == 200
