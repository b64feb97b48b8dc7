"""The shipped organisations: whole, once, never over what people edited or entered."""

import shutil
from pathlib import Path

import pytest

from partners.actions.organisations import FRAMEWORK, HERE, LIST, load_organisations
from partners.models import IndicatorRole, Organisation
from sdg_targets.formats.shipped_csv import read_rows
from tests.factories import make_indicator

pytestmark = pytest.mark.django_db
COLUMNS = "slug,abbreviation,kind,parent,name_en,name_fr,name_es,url,written_as\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Two organisations, one of them a part of the other, and two indicators."""
    organisations, framework = tmp_path / "organisations.csv", tmp_path / "indicators.csv"
    organisations.write_text(
        COLUMNS
        + "undesa,DESA,un_agency,,UN DESA,,,,UN DESA|DESA\n"
        + "undesa-population,,un_agency,undesa,Population Division,,,,UN DESA Population Division\n"
    )
    framework.write_text(
        "code,custodian,partners\n10.7.2,UN DESA Population Division,DESA\n10.c.1,Nobody at all,UN DESA Population Division\n"
    )
    make_indicator("10.7.2")
    make_indicator("10.c.1")
    return {"organisations": organisations, "framework": framework}


def roles() -> set[tuple[str, str, str]]:
    return set(IndicatorRole.objects.values_list("organisation__slug", "indicator__code", "role"))


def test_organisations_their_parents_and_roles_are_there(files: dict[str, Path]) -> None:
    done = load_organisations(**files)
    assert done is not None
    assert (done.organisations, done.roles, done.unknown) == (2, 3, ("Nobody at all",))
    assert Organisation.objects.get(slug="undesa-population").parent == Organisation.objects.get(slug="undesa")
    assert roles() == {
        ("undesa-population", "10.7.2", "custodian"),
        ("undesa", "10.7.2", "partner"),
        ("undesa-population", "10.c.1", "partner"),
    }


def test_the_same_files_again_are_not_read(files: dict[str, Path]) -> None:
    load_organisations(**files)
    assert load_organisations(**files) is None


def test_what_was_edited_or_entered_stays(files: dict[str, Path]) -> None:
    load_organisations(**files)
    Organisation.objects.filter(slug="undesa").update(name_en="Edited by hand")
    other = Organisation.objects.create(slug="nairobi", name_en="Nairobi", kind="local_authority")
    indicator = make_indicator("10.c.1")
    IndicatorRole.objects.create(organisation=other, indicator=indicator, role="partner", source="a letter")
    text = files["framework"].read_text().replace("DESA\n", "\n")
    files["framework"].write_text(text)
    done = load_organisations(**files)
    assert done is not None and done.roles == 2
    assert Organisation.objects.get(slug="undesa").name_en == "Edited by hand"
    assert ("nairobi", "10.c.1", "partner") in roles()
    assert ("undesa", "10.7.2", "partner") not in roles()


def test_a_parent_that_is_nobody_writes_nothing(files: dict[str, Path]) -> None:
    files["organisations"].write_text(COLUMNS + "ilo,ILO,un_agency,nobody,ILO,,,,ILO\n")
    with pytest.raises(KeyError, match="nobody"):
        load_organisations(**files)
    assert not Organisation.objects.exists()


@pytest.mark.usefixtures("shipped_catalogue")
def test_the_shipped_ones_have_their_kind_and_every_custodian_cell_its_roles() -> None:
    rows = read_rows(HERE)
    assert Organisation.objects.count() == len(rows) == 69
    assert all(row["name_en"] and row["written_as"] for row in rows)
    filled = {row["code"] for row in read_rows(FRAMEWORK) if row["custodian"]}
    custodians = IndicatorRole.objects.filter(role="custodian", source=LIST)
    assert set(custodians.values_list("indicator__code", flat=True)) == filled
    assert set(custodians.filter(indicator__code="10.7.2").values_list("organisation__slug", flat=True)) == {
        "iom",
        "undesa-population",
    }


def test_the_shipped_file_is_where_it_is_said(tmp_path: Path) -> None:
    shutil.copy(HERE, tmp_path)
    assert HERE.read_bytes() == (tmp_path / HERE.name).read_bytes()
