"""Archives are folders too; what they ask for beyond their files' bytes is refused, quickly."""

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st

from sdg_targets.domain.rows import FileProblem
from sdg_targets.formats import archives, given
from sdg_targets.formats.workbook import is_workbook

FILES = {"repo/data/a.csv": b"Year,Value\n2015,1\n", "repo/README.md": b"hello"}


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tar_of(
    path: Path, files: dict[str, bytes], *, mode: str = "w:gz", change: Callable[[tarfile.TarInfo], None] | None = None
) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if change:
                change(info)
            archive.addfile(info, io.BytesIO(content))
    return path


def refused(path: Path) -> str:
    with pytest.raises(FileProblem) as problem, given.folder_of(path):
        pass
    return str(problem.value)


@pytest.mark.parametrize("make", [
    lambda path: zip_of(path, FILES),
    lambda path: tar_of(path, FILES),
    lambda path: tar_of(path, FILES, mode="w"),
])  # fmt: skip
def test_an_archive_is_a_folder_without_its_one_outer_folder(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path / "any-name")
    assert given.is_folder(path)
    with given.folder_of(path) as folder:
        assert folder.names == ("README.md", "data/a.csv")
        with folder.open("data/a.csv") as stream:
            assert stream.read() == FILES["repo/data/a.csv"]
        places = {file.parent for file in folder.paths.values()}
    assert not any(place.exists() for place in places)  # nothing stays behind
    assert given.fingerprint(path).size == path.stat().st_size
    assert given.fingerprint(path).sha256 == given.sha256_of(path)


def test_several_outer_folders_are_kept_and_hidden_files_are_none(tmp_path: Path) -> None:
    with given.folder_of(zip_of(tmp_path / "a.zip", {"x/a": b"", "y/b": b"", "y/.git/c": b""})) as folder:
        assert folder.names == ("x/a", "y/b")


@pytest.mark.parametrize("prefix", ["", "./", "repo/", "./repo/"])
def test_however_an_archive_was_packed_its_files_have_their_names(prefix: str, tmp_path: Path) -> None:
    files = {
        f"{prefix}data/a.csv": b"",
        f"{prefix}meta/a.yml": b"",
        "__MACOSX/data/._a.csv": b"",
        "repo/.DS_Store": b"",
    }
    for path in (zip_of(tmp_path / "a.zip", files), tar_of(tmp_path / "a.tgz", files)):
        with given.folder_of(path) as folder:
            assert folder.names == ("data/a.csv", "meta/a.yml")


def test_a_workbook_is_a_zip_archive_and_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet()
    assert is_workbook(path.read_bytes()[:8]) and not given.is_folder(path)


@pytest.mark.parametrize(
    "content", [b"", b"Year,Value\n", gzip.compress(b"Year,Value\n" * 100, mtime=0), b"PK\x03\x04 cut"]
)
def test_other_files_are_no_folders(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(content)
    assert not given.is_folder(path)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../outside.csv", "data/../../outside.csv", "c:/a.csv", "data\\a.csv", "a" * 301]
)
def test_a_name_that_leads_elsewhere_refuses_the_archive(name: str, tmp_path: Path) -> None:
    assert "leads elsewhere" in refused(tar_of(tmp_path / "a.tar.gz", {name: b"x"}))
    if "\\" not in name:  # the library writes such names into a zip archive with plain slashes
        assert "leads elsewhere" in refused(zip_of(tmp_path / "a.zip", {name: b"x"}))
    assert {file.name for file in tmp_path.iterdir()} <= {"a.tar.gz", "a.zip"}


@pytest.mark.parametrize("name", ["data/a\udcff.csv", "data/a\nb.csv", "data/a\x07.csv"])
def test_a_name_that_no_report_could_print_refuses_the_archive(name: str, tmp_path: Path) -> None:
    assert "no text" in refused(tar_of(tmp_path / "a.tar", {name: b""}, mode="w"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_a_link_or_device_in_a_tar_refuses_it(kind: bytes, tmp_path: Path) -> None:
    def change(info: tarfile.TarInfo) -> None:
        info.type, info.linkname, info.size = kind, "/etc/passwd", 0

    assert "link or a device" in refused(tar_of(tmp_path / "a.tar", {"data/a.csv": b""}, change=change))


def test_a_link_in_a_zip_refuses_it(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("data/a.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "a link" in refused(tmp_path / "a.zip")


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zip_of(tmp_path / "a.zip", {"a.csv": b"x"}).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert "encrypted" in refused(tmp_path / "a.zip")


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_packed_otherwise_is_refused(packed: int, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", packed) as archive:
        archive.writestr("data/a.csv", "x")
    assert "uncommon" in refused(tmp_path / "a.zip")


def test_one_name_twice_refuses_the_archive(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for _turn in range(2):
            archive.addfile(tarfile.TarInfo("data/a.csv"))
    assert "two files of the name" in refused(tmp_path / "a.tar")


def test_too_many_members_refuse_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    files = {f"data/{number}.csv": b"" for number in range(4)}
    assert "more than 3 members" in refused(zip_of(tmp_path / "a.zip", files))
    assert "more than 3 members" in refused(tar_of(tmp_path / "a.tar.gz", files))


def test_a_bomb_is_refused_by_the_size_it_declares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOGETHER", 50 * 1024**2)
    path = zip_of(tmp_path / "bomb.zip", {f"{number}.csv": bytes(10 * 1024**2) for number in range(6)})
    assert path.stat().st_size < 100_000
    monkeypatch.setattr(archives, "_written", None)  # nothing is unpacked
    assert "more than 50 MiB together" in refused(path)


def test_a_size_that_lies_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of what is declared is within the limit; what comes out is not."""
    monkeypatch.setattr(archives, "MAX_TOGETHER", 1_000_000)
    tar_of(tmp_path / "a.tar.gz", {"a.csv": bytes(3_000_000)})
    assert "unpacks to more than" in refused(tmp_path / "a.tar.gz")

    members = [archives.Member("a.csv", 10, lambda: io.BytesIO(bytes(2_000_000)))]
    with pytest.raises(FileProblem, match="together"):
        archives._written(members, tmp_path)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_cut_archive_is_refused(keep: float, tmp_path: Path) -> None:
    whole = tar_of(tmp_path / "whole.tar.gz", {f"data/{n}.csv": bytes(range(256)) * 40 for n in range(40)}).read_bytes()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole[: int(len(whole) * keep)])
    assert refused(cut)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "b.csv").symlink_to("/etc/passwd")
    with given.folder_of(tmp_path) as folder:
        assert folder.names == ("a.csv",)


@given_by_hypothesis(
    st.sampled_from(["zip", "tar", "tgz"]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_a_damaged_archive_is_a_folder_another_file_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damage: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("archives") / "archive"
    files = {f"repo/data/{number}{'é' * 60}.csv": b"Year,Value\n2015,1\n" * 20 for number in range(4)}
    made = zip_of(path, files) if kind == "zip" else tar_of(path, files, mode="w" if kind == "tar" else "w:gz")
    content = bytearray(made.read_bytes())
    for place, byte in damage:
        content[place % len(content)] = byte
    path.write_bytes(content)
    if given.is_folder(path):
        with suppress(FileProblem), given.folder_of(path) as folder:
            assert len(folder.names) <= len(files)
