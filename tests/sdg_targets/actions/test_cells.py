"""Saving cells: every version is kept, a clash shows both values, the same change twice is one, nothing is lost."""

import threading
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from sdg_targets.actions.cells import MOST_AT_ONCE, Content, Entry, save_cells
from sdg_targets.actions.deciding import mark_cells
from sdg_targets.actions.stepping import StepRefused
from sdg_targets.actions.submissions import submit
from sdg_targets.models import Cell, CellVersion, Mark
from tests.factories import accounts
from tests.factories.submissions import enter, entry, make_round, make_submission


@pytest.mark.django_db
def test_a_value_is_kept_as_it_was_typed_with_who_and_when(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    saved = enter(submission, focal_point, "8.40", note="from the survey")
    cell = Cell.objects.get(pk=saved.cell.pk)
    assert (cell.typed, str(cell.value), cell.version, cell.changed_by) == ("8.40", "8.40", 1, focal_point)
    (version,) = cell.versions.all()
    assert (version.typed, version.by, version.version, version.note) == ("8.40", focal_point, 1, "from the survey")


@pytest.mark.django_db
def test_each_change_adds_a_version_and_none_is_changed_afterwards(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    for value in ("1", "2", "3"):
        enter(submission, focal_point, value)
    (cell,) = submission.cells.all()
    assert [str(version.value) for version in cell.versions.all()] == ["1", "2", "3"]
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        CellVersion.objects.update(typed="9")
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        CellVersion.objects.all()._raw_delete("default")


@pytest.mark.django_db
def test_who_saves_over_a_version_they_did_not_see_is_shown_both(focal_point: Any, lead_focal_point: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point, "1")
    enter(submission, lead_focal_point, "2")
    saved = enter(submission, focal_point, "3", seen=1)
    assert saved.clashed
    assert (str(saved.cell.value), saved.cell.changed_by, saved.cell.version) == ("2", lead_focal_point, 2)
    assert str(saved.entry.content.value) == "3"
    assert CellVersion.objects.count() == 2


@pytest.mark.django_db
def test_two_people_who_say_the_same_do_not_clash(focal_point: Any, lead_focal_point: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point, "1")
    saved = enter(submission, lead_focal_point, "1", seen=0)
    assert not saved.clashed
    assert not saved.changed


@pytest.mark.django_db
def test_the_same_change_sent_twice_is_one_even_when_somebody_was_there_between(focal_point: Any) -> None:
    submission, key = make_submission(focal_point), uuid.uuid4()
    enter(submission, focal_point, "1", key=key)
    again = enter(submission, focal_point, "1", key=key, seen=0)
    assert not again.clashed
    enter(submission, focal_point, "2")
    late = enter(submission, focal_point, "1", key=key, seen=0)
    assert not late.clashed
    assert str(late.cell.value) == "2"
    assert CellVersion.objects.count() == 2


@pytest.mark.django_db
def test_a_value_that_cannot_be_read_is_kept_as_typed(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    (saved,) = save_cells(submission=submission, entries=[entry(None, typed="about 8")], by=focal_point)
    assert (saved.cell.typed, saved.cell.value, saved.cell.is_empty) == ("about 8", None, False)


@pytest.mark.django_db
def test_a_cell_that_is_emptied_says_nothing_and_keeps_its_history(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point, "1")
    enter(submission, focal_point, None)
    (cell,) = submission.cells.all()
    assert cell.is_empty
    assert not submission.cells.filled().exists()
    assert [version.is_empty for version in cell.versions.all()] == [False, True]


@pytest.mark.django_db
def test_a_reason_for_a_missing_value_says_something(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    assert not enter(submission, focal_point, None, status="L").cell.is_empty


@pytest.mark.django_db
def test_a_change_takes_away_what_a_reviewer_said_of_the_version_before(focal_point: Any, reviewer: Any) -> None:
    submission = make_submission(focal_point)
    cell = enter(submission, focal_point, "1").cell
    submit(submission=submission, by=focal_point)
    mark_cells(submission=submission, seen={cell.pk: 1}, mark=Mark.ACCEPTED, by=reviewer)
    submission.__class__.objects.filter(pk=submission.pk).update(state="returned")
    enter(submission, focal_point, "2")
    assert Cell.objects.get(pk=cell.pk).mark == Mark.NONE


@pytest.mark.django_db
def test_only_the_team_of_the_country_saves(focal_point: Any, reviewer: Any, validator: Any, outsider: Any) -> None:
    submission = make_submission(focal_point)
    other = accounts.make_account("lead_focal_point", area="UGA")
    for person in (reviewer, validator, outsider, other):
        with pytest.raises(PermissionDenied):
            save_cells(submission=submission, entries=[entry("1")], by=person)
    assert not Cell.objects.exists()


@pytest.mark.django_db
def test_nothing_is_changed_after_it_was_submitted_or_the_round_is_closed(focal_point: Any) -> None:
    submission = make_submission(focal_point)
    enter(submission, focal_point, "1")
    submit(submission=submission, by=focal_point)
    with pytest.raises(StepRefused, match="“Submitted” since"):
        save_cells(submission=submission, entries=[entry("2", seen=1)], by=focal_point)
    today = submission.round.opens_on
    submission.__class__.objects.filter(pk=submission.pk).update(state="draft", submitted_at=None)
    submission.round.__class__.objects.filter(pk=submission.round_id).update(due_on=today, closes_on=today)
    with pytest.raises(StepRefused, match="round is closed"):
        save_cells(submission=submission, entries=[entry("2", seen=1)], by=focal_point)
    assert str(Cell.objects.get().value) == "1"


@pytest.mark.django_db
def test_a_list_is_saved_in_few_questions_and_may_not_name_a_cell_twice(
    focal_point: Any, django_assert_max_num_queries: Any
) -> None:
    submission = make_submission(focal_point)
    entries = [entry(str(year), of=str(year)) for year in range(2000, 2020)]
    with django_assert_max_num_queries(10):
        save_cells(submission=submission, entries=entries, by=focal_point)
    changed = [entry(str(year + 1), of=str(year), seen=1) for year in range(2000, 2020)]
    with django_assert_max_num_queries(10):
        save_cells(submission=submission, entries=changed, by=focal_point)
    assert CellVersion.objects.count() == 40
    with pytest.raises(StepRefused, match="twice"):
        save_cells(submission=submission, entries=[entry("1"), entry("2")], by=focal_point)
    with pytest.raises(StepRefused, match="At most"):
        save_cells(submission=submission, entries=[_numbered(n) for n in range(MOST_AT_ONCE + 1)], by=focal_point)


def _numbered(number: int) -> Any:
    return Entry(1, number, 1, Content(unit_id=1, value=Decimal(1)), seen=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_people_save_the_same_three_hundred_cells_and_none_is_lost(focal_point: Any, lead_focal_point: Any) -> None:
    submission = make_submission(focal_point, of_round=make_round())
    years = [str(year) for year in range(1901, 2051)]
    entries = {
        who: [entry(f"{number}", of=year, by_key=key) for year in years for key in ("_T", "SEX=F")]
        for number, who in enumerate((focal_point, lead_focal_point), start=1)
    }
    found: dict[Any, list[Any]] = {focal_point: [], lead_focal_point: []}

    def work(who: Any) -> None:
        try:
            for each in entries[who]:
                found[who] += save_cells(submission=submission, entries=[each], by=who)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(who,)) for who in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    clashes = [saved for saveds in found.values() for saved in saveds if saved.clashed]
    assert len(clashes) == 300  # of each cell one was first, and the other was told
    assert Cell.objects.count() == CellVersion.objects.count() == 300
    for saved in clashes:
        assert saved.cell.value != saved.entry.content.value
