"""The bitemporal store: what was known when stays readable, and the database itself refuses what cannot be."""

import itertools
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sdg_targets.models import OPEN, Area, Latest, Observation, Revision, SeriesCoverage
from tests.factories import make_catalogue, make_dataset, observe, write_rows
from tests.factories.observations import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


def values(revision: int | None = None) -> dict[tuple[str, str], str]:
    known = Observation.objects.known_at(revision).select_related("area", "period")
    return {(o.area.code, o.period.code): str(o.value) for o in known}


def test_each_revision_keeps_what_was_believed_then() -> None:
    observe("KEN", "2015", "6.20")
    observe("KEN", "2015", "7")
    observe("UGA", "2015", "9")
    assert values(0) == {}
    assert values(1) == {("KEN", "2015"): "6.20"}
    assert values(2) == {("KEN", "2015"): "7"}
    assert values() == values(3) == {("KEN", "2015"): "7", ("UGA", "2015"): "9"}


def test_the_same_number_written_otherwise_is_no_revision() -> None:
    observe("KEN", "2015", "6.0")
    written = observe("KEN", "2015", "6")
    assert (written.new, written.revised, written.unchanged) == (0, 0, 1)
    assert values() == {("KEN", "2015"): "6.0"}
    assert Revision.objects.latest_number() == 1


def test_a_file_without_a_column_does_not_change_that_column() -> None:
    observe("KEN", "2015", "1", source="A survey", nature="C")
    written = write_rows([row("KEN", "2015", "2")], carries=frozenset())
    assert written.revised == 1
    kept = Observation.objects.current().with_names().get()
    assert (kept.source.text, kept.nature, str(kept.value)) == ("A survey", "C", "2")


def test_a_complete_file_withdraws_what_it_no_longer_has_and_the_past_stays() -> None:
    write_rows([row("KEN"), row("UGA")])
    written = write_rows([row("KEN")], complete=True)
    assert written.withdrawn == 1
    assert values() == {("KEN", "2015"): "1"}
    assert values(1) == {("KEN", "2015"): "1", ("UGA", "2015"): "1"}
    assert not Latest.objects.filter(area__code="UGA").exists()


def test_one_dataset_never_overwrites_another() -> None:
    observe("KEN", "2015", "1")
    write_rows([row("KEN", "2015", "5")], dataset=make_dataset("UNHCR"))
    assert Observation.objects.current().count() == 2


def test_latest_is_the_greatest_end_among_rows_with_a_value() -> None:
    write_rows([row("KEN", "2014", "4"), row("KEN", "2016", "6"), row("KEN", "2018", None, status="O")])
    assert [(o.period.code, str(o.value)) for o in Latest.objects.with_names()] == [("2016", "6")]
    write_rows([row("KEN", "2016", None, status="L")])
    assert [(o.period.code, str(o.value)) for o in Latest.objects.with_names()] == [("2014", "4")]


def test_coverage_counts_values_and_countries_apart_from_regions() -> None:
    write_rows([row("KEN"), row("001"), row("UGA", "2016", None, status="L")])
    coverage = SeriesCoverage.objects.get()
    assert (coverage.observations, coverage.areas, coverage.countries, coverage.periods) == (2, 2, 1, ["2015"])


def raw_insert(**changed: object) -> None:
    known = Observation.objects.values(
        "dataset_id", "series_id", "area_id", "period_id", "breakdown_id", "unit_id", "known_from", "status", "value"
    ).first()
    assert known is not None
    cells = known | {"known_to": OPEN, "area_id": Area.objects.get(code="FRA").pk} | changed
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(cells)
        places = ", ".join(["%s"] * len(cells))
        cursor.execute(f"insert into sdg_targets_observation ({names}) values ({places})", list(cells.values()))


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("observation_current_key", {}),
        ("observation_known_interval", {"known_to": 1}),
        ("observation_status_known", {"status": "Z"}),
        ("observation_nature_known", {"nature": "ZZ"}),
        ("observation_missing_has_reason", {"value": None}),
        ("observation_missing_has_reason", {"status": "L"}),
        ("observation_numbers_are_finite", {"value": "NaN"}),
        ("observation_numbers_are_finite", {"value": "Infinity"}),
        ("observation_numbers_are_finite", {"value": "-Infinity"}),
        ("observation_numbers_are_finite", {"numerator": "NaN"}),
        ("observation_numbers_are_finite", {"denominator": "Infinity"}),
        ("observation_numbers_are_finite", {"upper_bound": "NaN"}),
        ("observation_bounds_in_order", {"lower_bound": 9, "upper_bound": 8}),
        ("observation_bounds_in_order", {"lower_bound": 9}),
        ("observation_bounds_in_order", {"upper_bound": 4}),
        ("observation_bounds_in_order", {"lower_bound": 90, "upper_bound": 99}),
        ("observation_denominator_not_zero", {"denominator": 0}),
        ("observation_multiplier_known", {"multiplier": 13}),
        ("observation_area_exists", {"area_id": 999_999}),
        ("observation_series_exists", {"series_id": 999_999}),
        ("observation_dataset_exists", {"dataset_id": 999_999}),
        ("observation_period_exists", {"period_id": 999_999}),
        ("observation_breakdown_exists", {"breakdown_id": 999_999}),
        ("observation_unit_exists", {"unit_id": 999_999}),
        ("observation_known_from_exists", {"known_from": 999}),
    ],
)
def test_the_database_refuses_by_name_what_cannot_be(constraint: str, change: dict[str, object]) -> None:
    observe("KEN", "2015", "5")
    if constraint == "observation_current_key":
        change = {"area_id": Area.objects.get(code="KEN").pk}
    with pytest.raises(IntegrityError) as refused:
        raw_insert(**change)
    assert refused.value.__cause__.diag.constraint_name == constraint


def test_versions_of_one_observation_do_not_overlap_in_knowledge() -> None:
    observe("UGA", "2015", "6")
    observe("KEN", "2015", "5")
    observe("KEN", "2015", "6")
    with pytest.raises(IntegrityError) as refused:
        raw_insert(area_id=Area.objects.get(code="KEN").pk, known_from=1, known_to=3)
    assert refused.value.__cause__.diag.constraint_name == "observation_versions_do_not_overlap"


def test_what_observations_use_is_not_deleted() -> None:
    observe("KEN", "2015", "5")
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from sdg_targets_area where code = 'KEN'")
    assert refused.value.__cause__.diag.constraint_name == "observation_area_in_use"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from sdg_targets_area where code = 'FRA'")
        assert cursor.rowcount == 1


def test_a_current_read_plans_on_the_current_partition_alone() -> None:
    plan = Observation.objects.current().filter(series_id=1, area_id=1).explain()
    assert "observation_current" in plan
    assert "observation_past" not in plan


def test_revision_times_increase_even_when_the_clock_steps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Revision.objects.take()
    back = first.made_at - timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: back)
    second = Revision.objects.take()
    assert (second.number, second.made_at > first.made_at) == (first.number + 1, True)


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_have_a_serial_result() -> None:
    """Both revise the same key: one supersedes the other, nothing is lost, numbers are seen in order."""
    observe("KEN", "2015", "1")
    start = threading.Barrier(2)
    errors: list[BaseException] = []

    def writer(value: str) -> Callable[[], None]:
        def run() -> None:
            try:
                start.wait(5)
                for turn in range(5):
                    write_rows(
                        [row("KEN", "2015", f"{value}.{turn + 1}"), row("UGA", f"20{int(value) - 10}{turn}", value)]
                    )
            except BaseException as error:
                errors.append(error)
            finally:
                connection.close()

        return run

    threads = [threading.Thread(target=writer(value)) for value in ("11", "12")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not errors
    numbers = list(Revision.objects.order_by("made_at").values_list("number", flat=True))
    assert numbers == list(range(1, 12))
    versions = list(Observation.objects.filter(area__code="KEN").order_by("known_from"))
    assert len(versions) == 11
    chained = all(a.known_to == b.known_from for a, b in itertools.pairwise(versions))
    assert chained and versions[-1].is_current
    assert Observation.objects.current().filter(area__code="UGA").count() == 10
