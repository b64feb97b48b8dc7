"""How many bytes something unpacks to, as it says itself, without opening it."""

import gzip
import tarfile
import zipfile
from pathlib import Path

import pytest

from sdg_targets.formats.sizes import declared_size, estimated_rows, is_packed

TEXT = b"series,area\n" * 10_000


def test_a_plain_file_has_the_bytes_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT)
    assert (declared_size(path), is_packed(path)) == (len(TEXT), False)


def test_gzip_and_zip_and_a_packed_folder_say_what_they_unpack_to(tmp_path: Path) -> None:
    packed, archive, tar = tmp_path / "a.gz", tmp_path / "a.zip", tmp_path / "a.tar.gz"
    packed.write_bytes(gzip.compress(TEXT))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("one.csv", TEXT)
        made.writestr("two.csv", TEXT)
    with tarfile.open(tar, "w:gz") as folder:
        folder.add(packed, "one.gz")
    assert declared_size(packed) == len(TEXT)
    assert declared_size(archive) == 2 * len(TEXT)
    assert declared_size(tar) >= packed.stat().st_size
    assert all(map(is_packed, (packed, archive, tar)))


def test_a_folder_has_the_bytes_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "inside" / "b").write_bytes(b"de")
    assert (declared_size(tmp_path), is_packed(tmp_path)) == (5, False)


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b", b"\x1f\x8b\x00\x00\x00", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500]
)
def test_what_is_broken_has_at_least_the_bytes_it_has(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert declared_size(path) >= len(content)


def test_rows_are_counted_by_the_length_of_the_first_lines(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes(TEXT)
    packed.write_bytes(gzip.compress(TEXT))
    assert 10_000 <= estimated_rows(plain) == estimated_rows(packed) < 11_000


def test_where_lines_are_no_rows_a_row_is_taken_to_be_short(tmp_path: Path) -> None:
    for name, content in (("a.json", b'{\n"a":\n1\n}' * 1000), ("a.txt", b"x" * 10_000), ("b.gz", b"\x1f\x8b" * 500)):
        (tmp_path / name).write_bytes(content)
    assert estimated_rows(tmp_path / "a.json") == 10_000 // 200
    assert estimated_rows(tmp_path / "a.txt") == 10_000 // 200
    assert estimated_rows(tmp_path) >= (10_000 + 10_000 + 1_000) // 200
    assert estimated_rows(tmp_path / "b.gz") >= 5
