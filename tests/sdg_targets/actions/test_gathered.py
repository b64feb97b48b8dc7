"""Events imported as observations: every figure of every event is in the statement, once."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from sdg_targets.actions.imports import import_file
from sdg_targets.models import Dataset, Import, ImportState, Observation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]
HEADING = (
    "iso3,country_name,year,start_date,start_date_accuracy,end_date,end_date_accuracy,event_name,hazard_category,"
    "hazard_category_name,hazard_sub_category,hazard_sub_category_name,hazard_type,hazard_type_name,hazard_sub_type,"
    "hazard_subtype_name,new_displacement,new_displacement_rounded,total_displacement,total_displacement_rounded,"
    "event_codes\n"
)


def event(area: str = "PHL", new: str = "10", total: str = "") -> str:
    return f"{area},,2019,2019-01-02,Day,,,An event,2,Weather,4,Meteorological,14,Storm,21,,{new},,{total},,[]\n"


def disasters(folder: Path, *events: str) -> Path:
    path = folder / "disasters.csv"
    path.write_text(HEADING + "".join(events))
    return path


def imported(path: Path) -> Import:
    return import_file(path, dataset=Dataset.objects.get(code="IDMC-GIDD"), by=None)


def test_the_statement_adds_up_over_events_observations_and_refusals(tmp_path: Path) -> None:
    path = disasters(tmp_path, event(), event(new="5", total="3"), event("QQQ", total="1"), event("AB9"))
    record = imported(path)
    assert (record.state, record.read) == (ImportState.APPLIED, 6)
    assert (record.new, record.gathered, record.refused) == (3, 1, 2)
    stored = Observation.objects.current().values_list("series__code", "area__code", "breakdown__key", "value")
    assert {(series, area, key, int(value)) for series, area, key, value in stored} == {
        ("IDMC_DISASTER_DISPLACEMENTS", "PHL", "HAZARD=STORM", 15),
        ("IDMC_DISASTER_IDPS", "PHL", "HAZARD=STORM", 3),
        ("IDMC_DISASTER_DISPLACEMENTS", "AB9", "HAZARD=STORM", 10),
    }


def test_again_nothing_changes_and_one_more_event_revises_its_observation(tmp_path: Path) -> None:
    imported(disasters(tmp_path, event(), event()))
    again = imported(disasters(tmp_path, event(), event()))
    assert (again.state, again.read, again.unchanged, again.gathered) == (ImportState.UNCHANGED, 2, 1, 1)
    more = imported(disasters(tmp_path, event(), event(), event(new="1")))
    assert (more.read, more.revised, more.gathered) == (3, 1, 2)
    assert int(Observation.objects.current().get().value or 0) == 21


def test_the_command_says_how_many_were_gathered(tmp_path: Path) -> None:
    out = io.StringIO()
    path = disasters(tmp_path, event(), event(), event())
    call_command("import_observations", str(path), "--dataset", "IDMC-GIDD", stdout=out)
    assert "Read 3: 1 new, 0 revised, 0 unchanged, 0 repeated, 2 gathered, 0 refused" in out.getvalue()


def test_a_file_that_is_refused_has_gathered_nothing(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes((HEADING + event()).encode() + b"\xff\xfe\n")
    record = imported(path)
    assert (record.state, record.read, record.gathered) == (ImportState.REFUSED, 0, 0)
