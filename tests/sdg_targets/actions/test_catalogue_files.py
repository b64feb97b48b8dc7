"""The catalogue files that are committed are those that the publishers' files make."""

import shutil
from pathlib import Path

import pytest

from sdg_targets.actions.catalogue_files import curate_catalogue
from sdg_targets.formats.shipped_csv import DATA

MADE = ("goals.csv", "targets.csv", "indicators.csv", "areas.csv", "memberships.csv")
REVIEWED = ("goal_colours.csv", "corrections.csv", "territories.csv", "groups.csv", "ldc.csv")


def test_the_committed_files_are_made_again_to_the_byte(shared: Path, tmp_path: Path) -> None:
    for name in REVIEWED:
        shutil.copy(DATA / name, tmp_path)
    counts = curate_catalogue(shared=shared, folder=tmp_path)
    assert tuple(counts) == MADE
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
    for name in REVIEWED:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


def test_without_the_publishers_files_nothing_is_touched(tmp_path: Path) -> None:
    for name in REVIEWED:
        shutil.copy(DATA / name, tmp_path)
    with pytest.raises(OSError, match="indicator-framework"):
        curate_catalogue(shared=tmp_path / "nowhere", folder=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(REVIEWED)
