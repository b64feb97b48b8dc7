"""The shipped areas and memberships: loaded whole, counted with their denominators, read as of a day."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from sdg_targets.actions.geography import FILES, load_areas
from sdg_targets.formats.shipped_csv import DATA, read_rows
from sdg_targets.models import Area, GroupMembership, ShippedFile

pytestmark = pytest.mark.django_db


def test_every_row_of_the_files_is_there() -> None:
    load_areas()
    assert Area.objects.count() == len(read_rows(DATA / "areas.csv"))
    assert GroupMembership.objects.count() == len(read_rows(DATA / "memberships.csv"))
    assert load_areas() == []


def test_counts_of_countries_have_their_denominators() -> None:
    load_areas()
    assert (Area.objects.member_states().count(), Area.objects.countries().count()) == (193, 195)
    assert not Area.objects.countries().exclude(kind="country").exists()
    assert not Area.objects.aggregates().filter(counts_as_country=True).exists()
    assert Area.objects.filter(kind="world").count() == 1
    assert set(Area.objects.with_page().exclude(code__regex="^[A-Z]{3}$")) == set()


def test_membership_is_that_of_the_day_asked_for() -> None:
    """Bhutan left the least developed countries on 13 December 2023."""
    load_areas()
    bhutan = Area.objects.get(code="BTN")
    assert bhutan in Area.objects.members_of("LDC", on=date(2023, 12, 12))
    assert bhutan not in Area.objects.members_of("LDC", on=date(2023, 12, 13))
    assert Area.objects.members_of("LDC", on=date(2026, 11, 1)).count() == 44
    assert Area.objects.members_of("SDG", on=date(2026, 11, 1)).count() == 8


def test_a_chain_of_parents_ends_at_the_world() -> None:
    load_areas()
    parents = dict(Area.objects.values_list("pk", "parent_id"))
    (world,) = [pk for pk, parent in parents.items() if parent is None]
    assert Area.objects.get(pk=world).code == "001"
    for start in parents:
        steps, here = 0, start
        while here != world:
            here, steps = parents[here], steps + 1
            assert steps < 8


def test_an_area_that_was_edited_stays_as_it_is(tmp_path: Path) -> None:
    for name in FILES:
        shutil.copy(DATA / name, tmp_path)
    load_areas(folder=tmp_path)
    Area.objects.filter(code="KEN").update(name_fr="Corrigé à la main")
    path = tmp_path / "areas.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Kenya,Kenya,Kenya", "Kenya,Kénia,Kenia"), encoding="utf-8"
    )
    (areas, _memberships) = load_areas(folder=tmp_path)
    assert areas.kept == ("KEN",)
    assert Area.objects.get(code="KEN").name_fr == "Corrigé à la main"


def test_a_file_with_a_member_that_is_nobody_writes_nothing(tmp_path: Path) -> None:
    shutil.copy(DATA / "areas.csv", tmp_path)
    (tmp_path / "memberships.csv").write_text("group,member,valid_from,valid_to,source\nLDC,QQQ,,,x\n")
    with pytest.raises(KeyError, match="QQQ"):
        load_areas(folder=tmp_path)
    assert not Area.objects.exists() and not ShippedFile.objects.exists()
