"""One checksum of several files: any change of a name, a byte or the order is another."""

import hashlib
from pathlib import Path

from sdg_targets.domain.checksums import checksum


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_names_bytes_and_order_count(tmp_path: Path) -> None:
    one, two = file(tmp_path, "a.csv", b"1"), file(tmp_path, "b.csv", b"2")
    (tmp_path / "other").mkdir()
    sums = [
        checksum([one, two]),
        checksum([two, one]),
        checksum([one]),
        checksum([]),
        checksum([one, file(tmp_path, "c.csv", b"2")]),
        checksum([one, file(tmp_path / "other", "b.csv", b"3")]),
    ]
    assert len(set(sums)) == len(sums)
    assert checksum([one, two]) == sums[0]


def test_bytes_that_move_from_one_file_to_the_next_are_seen(tmp_path: Path) -> None:
    first = [file(tmp_path, "a", b"12"), file(tmp_path, "b", b"3")]
    before = checksum(first)
    assert checksum([file(tmp_path, "a", b"1"), file(tmp_path, "b", b"23")]) != before


def test_it_is_the_sha_256_that_the_page_says(tmp_path: Path) -> None:
    assert checksum([file(tmp_path, "a", b"x")]) == hashlib.sha256(b"a\0x\0").hexdigest()
