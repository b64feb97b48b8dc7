"""No room: a file is refused in words before anything is written, where the room can be known."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sdg_targets.actions.imports import import_file
from sdg_targets.actions.space import BYTES_PER_ROW, MIB, RESERVE, require_room_to_import, require_room_to_store
from sdg_targets.domain.rows import FileProblem
from sdg_targets.models import ImportState, Observation, Period
from tests.factories import make_catalogue
from tests.factories.uploads import own_csv

Disks = Callable[..., None]


@pytest.fixture
def disks(monkeypatch: pytest.MonkeyPatch) -> Disks:
    """A function that says how many bytes are free: at a folder, and elsewhere."""

    def say(places: dict[Path, int], elsewhere: int = 1 << 50) -> None:
        def usage(place: Any) -> Any:
            free = next((free for folder, free in places.items() if Path(place).is_relative_to(folder)), elsewhere)
            return shutil._ntuple_diskusage(1 << 51, 0, free)  # type: ignore[attr-defined]

        monkeypatch.setattr("shutil.disk_usage", usage)

    return say


@pytest.fixture
def database(tmp_path: Path, settings: Any) -> Path:
    settings.DATABASE_FOLDER = tmp_path / "pg"
    settings.DATABASE_FOLDER.mkdir()
    return Path(settings.DATABASE_FOLDER)


@pytest.mark.django_db
def test_a_file_for_which_the_database_has_no_room_is_refused_before_it_is_read(
    tmp_path: Path, database: Path, disks: Disks
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(own_csv("KEN,2015,_T,5"))
    disks({database: RESERVE})
    record = import_file(path, dataset=make_catalogue()[0], by=None)
    assert (record.state, record.read) == (ImportState.REFUSED, 0)
    assert "not enough room where the database stands: this file needs about 1 MiB" in record.problem
    assert "64 MiB are free. Nothing was written." in record.problem
    assert not Observation.objects.exists() and not Period.objects.exists()


def test_the_need_grows_with_the_rows_that_a_file_unpacks_to(tmp_path: Path, database: Path, disks: Disks) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress((b"0" * 99 + b"\n") * 200_000))
    needed = 200_000 * 100 // 99 * BYTES_PER_ROW  # the last line is not counted with its end
    disks({database: needed + RESERVE})
    require_room_to_import(path)
    disks({database: needed * 99 // 100 + RESERVE - 1})
    with pytest.raises(FileProblem, match=f"about {-(-200_000 * 100 // 99 * BYTES_PER_ROW // MIB)} MiB"):
        require_room_to_import(path)


def test_a_packed_file_needs_room_where_it_is_unpacked(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, disks: Disks
) -> None:
    settings.DATABASE_FOLDER = None
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes(b"0" * MIB)
    packed.write_bytes(gzip.compress(b"0" * MIB))
    disks({tmp_path: RESERVE})
    require_room_to_import(plain)
    with pytest.raises(FileProblem, match="where files are unpacked"):
        require_room_to_import(packed)


def test_where_the_database_is_elsewhere_its_room_is_not_known(tmp_path: Path, settings: Any, disks: Disks) -> None:
    settings.DATABASE_FOLDER = None
    path = tmp_path / "a.csv"
    path.write_bytes(b"0" * MIB)
    disks({}, elsewhere=0)
    require_room_to_import(path)


def test_a_folder_that_is_not_there_yet_is_measured_where_it_will_be(
    tmp_path: Path, settings: Any, disks: Disks
) -> None:
    settings.UPLOADS = tmp_path / "not" / "yet"
    disks({tmp_path: 5 * MIB + RESERVE})
    require_room_to_store(5 * MIB)
    with pytest.raises(FileProblem, match="where uploaded files are kept"):
        require_room_to_store(5 * MIB + 1)
