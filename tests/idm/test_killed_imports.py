"""kill -9 of the importing program, or of the whole database, at each step of an import of 100,000 rows: none or all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from idm.devdb import Cluster

pytestmark = pytest.mark.slow
ROWS = 100_000
#: The last functions of an import's steps: it is stopped after each of them.
STEPS = (
    "filling.fill_with_csv",
    "staging.resolve",
    "resolving.refuse_broken_rows",
    "observations.compare_staged",
    "observations.write_compared",
    "imports.import_file",
)
IMPORT = """
import os, sys
import django
django.setup()
from pathlib import Path
from sdg_targets.actions import filling, imports, observations, resolving, staging
from sdg_targets.models import Dataset
if len(sys.argv) > 2:
    module, name = sys.argv[2].split(".")
    real = getattr(globals()[module], name)
    def stop(*args, **kwargs):
        done = real(*args, **kwargs)
        print("stopped", flush=True)
        sys.stdin.read()
        return done
    setattr(globals()[module], name, stop)
record = imports.import_file(Path(sys.argv[1]), dataset=Dataset.objects.get(code="UNSD-SDG"), by=None)
print(record.state, record.new, record.unchanged)
"""
#: The newest value of each series, area and breakdown, found from the rows themselves.
REBUILT = """
    select distinct on (o.dataset_id, o.series_id, o.area_id, o.breakdown_id)
           o.dataset_id, o.series_id, o.area_id, o.breakdown_id, o.period_id, o.id, o.value
    from sdg_targets_observation_current o join sdg_targets_period p on p.id = o.period_id where o.value is not null
    order by o.dataset_id, o.series_id, o.area_id, o.breakdown_id, p."end" desc, p.start desc"""
KEPT = "select dataset_id, series_id, area_id, breakdown_id, period_id, observation_id, value from sdg_targets_latest"
COUNTED = (
    "select count(*) from sdg_targets_observation_current",
    "select count(*) from sdg_targets_revision",
    "select count(*) from sdg_targets_import",
    "select coalesce(sum(observations), 0) from sdg_targets_seriescoverage",
    f"select count(*) from (({REBUILT}) except ({KEPT}) union all (({KEPT}) except ({REBUILT}))) differing",
)


def program(cluster: Cluster, *words: str) -> list[str]:
    return [sys.executable, *words]


def environment(cluster: Cluster) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": cluster.url, "DJANGO_SETTINGS_MODULE": "idm.settings", "DEBUG": "1"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server of its own with the catalogue that comes with the product and no figures."""
    made = Cluster(tmp_path_factory.mktemp("killed") / "pg")
    made.start()
    for words in (["migrate", "--verbosity", "0"], ["load_shipped", "--without-figures"]):
        subprocess.run(program(made, "manage.py", *words), env=environment(made), check=True, capture_output=True)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def rows(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 100,000 rows: ten series without limits, two hundred areas, fifty years."""
    with psycopg2.connect(cluster.url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "select code from sdg_targets_series where maximum is null and coalesce(minimum, 0) <= 0 order by code limit 10"
        )
        series = [code for (code,) in cursor.fetchall()]
        cursor.execute("select code from sdg_targets_area order by code limit 200")
        areas = [code for (code,) in cursor.fetchall()]
    path = tmp_path_factory.mktemp("rows") / "rows.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("series,area,period,breakdown,value\n")
        for one in series:
            for area in areas:
                stream.writelines(f"{one},{area},{1970 + n},_T,{n}\n" for n in range(50))
    assert len(series) * len(areas) * 50 == ROWS
    return path


def counts(cluster: Cluster) -> tuple[int, ...]:
    """Current rows, revisions, imports, what the coverage says, and rows in which ``Latest`` is not what a rebuild is."""
    connection = psycopg2.connect(cluster.url)
    try:
        with connection, connection.cursor() as cursor:
            found = []
            for question in COUNTED:
                cursor.execute(question)
                found.append(int(cursor.fetchone()[0]))  # type: ignore[index]
            return tuple(found)
    finally:
        connection.close()


def kill_database(cluster: Cluster) -> None:
    """Every process of the server at once, and a new start."""
    os.kill(int((cluster.data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    while cluster.alive():
        time.sleep(0.02)
    cluster.start()


@pytest.mark.parametrize("killed", ["program", "database"])
@pytest.mark.parametrize("step", STEPS)
def test_an_import_that_is_killed_is_none_or_all(cluster: Cluster, rows: Path, step: str, killed: str) -> None:
    """Only after the last step, the commit, are all there. Then everything is wiped for the next one to be killed."""
    with subprocess.Popen(
        program(cluster, "-c", IMPORT, str(rows), step),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(cluster),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stopped\n"
        if killed == "database":
            kill_database(cluster)
        process.send_signal(signal.SIGKILL)
    done = step == STEPS[-1]
    wait_until_alone(cluster)
    assert counts(cluster) == ((ROWS, 1, 1, ROWS, 0) if done else (0, 0, 0, 0, 0))
    again = subprocess.run(
        program(cluster, "-c", IMPORT, str(rows)), env=environment(cluster), check=True, capture_output=True, text=True
    )
    assert again.stdout == (f"unchanged 0 {ROWS}\n" if done else f"applied {ROWS} 0\n")
    assert counts(cluster) == (ROWS, 1, 2 if done else 1, ROWS, 0)
    wipe(cluster)


def wait_until_alone(cluster: Cluster) -> None:
    """The server ends what a killed program had begun; nothing of it may stay "running"."""
    until = time.monotonic() + 30
    question = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    while cluster.ask("idm", question) != "0":
        assert time.monotonic() < until, "a session of the killed import is still there"
        time.sleep(0.1)


def wipe(cluster: Cluster) -> None:
    tables = "observation, latest, seriescoverage, refusal, import, release, revision"
    cluster.ask("idm", f"truncate {', '.join(f'sdg_targets_{name}' for name in tables.split(', '))} cascade")
