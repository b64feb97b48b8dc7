"""Files and folders as they are given: opened, counted, and their checksums."""

import gzip
import hashlib
from pathlib import Path

import pytest

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats import given


def test_gzip_is_unpacked_and_plain_bytes_are_left(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes(b"abc")
    packed.write_bytes(gzip.compress(b"abc"))
    for path in (plain, packed):
        with given.opened(path) as stream:
            assert stream.read() == b"abc"


def test_gzip_that_unpacks_to_too_much_is_refused_while_it_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "MAX_UNPACKED", 1_000_000)
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(bytes(5_000_000)))
    with pytest.raises(FileProblem, match="unpacks to more than"):
        given.opened(bomb)


def test_cut_gzip_is_refused(tmp_path: Path) -> None:
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(b"abc" * 1000)[:-9])
    with pytest.raises(FileProblem, match="not whole gzip"):
        given.opened(cut)


def test_a_folder_lists_its_files_by_path_without_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("data/b.csv", "data/a.csv", ".git/config", "README.md"):
        (tmp_path / name).write_text(name)
    with given.folder_of(tmp_path) as folder:
        assert folder.names == ("README.md", "data/a.csv", "data/b.csv")
        with folder.open("data/a.csv") as stream:
            assert stream.read() == b"data/a.csv"


def test_the_fingerprint_of_a_folder_changes_with_any_name_or_byte(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("22")
    first = given.fingerprint(tmp_path)
    assert first == given.fingerprint(tmp_path)
    assert first.size == 3
    (tmp_path / "b").write_text("23")
    second = given.fingerprint(tmp_path)
    (tmp_path / "b").rename(tmp_path / "c")
    assert len({first.sha256, second.sha256, given.fingerprint(tmp_path).sha256}) == 3
    assert given.fingerprint(tmp_path / "a").sha256 == hashlib.sha256(b"1").hexdigest()
