"""Undoing an import: the versions before stand again under a new revision, and nothing newer is touched."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from idm.accounts.models import User
from sdg_targets.actions.undoing import CannotUndo, undo_import
from sdg_targets.models import (
    Dataset,
    Import,
    ImportState,
    Latest,
    Observation,
    Revision,
    RevisionReason,
    SeriesCoverage,
)
from sdg_targets.queries.changes import changes_page
from sdg_targets.queries.undoing import Undone, effect_of_undoing
from tests.factories import make_catalogue
from tests.factories.imports import believed, import_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue() -> None:
    make_catalogue()


def undo(made: Import, by: Any = None) -> Undone:
    return undo_import(made=made, by=by, note="The wrong file")


def test_what_it_changed_goes_back_and_history_keeps_everything(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5.0", "UGA,2015,_T,6", "FRA,2015,_T,7", vintage="2019")
    made = import_rows(tmp_path, "KEN,2015,_T,50", "UGA,2015,_T,6", "KEN,2016,_T,9", vintage="2020", complete=True)
    assert (made.new, made.revised, made.unchanged, made.withdrawn) == (1, 1, 1, 1)
    assert effect_of_undoing(made) == Undone(restored=1, withdrawn=1, reinstated=1, left=0)
    assert undo(made) == Undone(1, 1, 1, 0)
    assert believed(1) == {"KEN 2015": "5.0", "UGA 2015": "6", "FRA 2015": "7"}
    assert believed(2) == {"KEN 2015": "50", "UGA 2015": "6", "KEN 2016": "9"}
    assert believed(3) == believed() == believed(1)
    made.refresh_from_db()
    revision = Revision.objects.get(number=3)
    assert (made.undone_in, revision.reason, revision.note) == (revision, RevisionReason.ERROR, "The wrong file")
    assert {o.imported.vintage for o in Observation.objects.current().with_names()} == {"2019"}
    kinds = {f"{c.area} {c.period}": c.kind for c in changes_page(Observation.objects.all(), since=2, until=3, size=9)}
    assert kinds == {"KEN 2015": "revised", "KEN 2016": "withdrawn", "FRA 2015": "new"}


def test_from_before_to_after_nothing_has_changed(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5.0", "UGA,2015,_T,6")
    undo(import_rows(tmp_path, "KEN,2015,_T,50", "FRA,2015,_T,7", complete=True))
    assert changes_page(Observation.objects.all(), since=1, until=3, size=9) == []
    assert len(changes_page(Observation.objects.all(), since=2, until=3, size=9)) == 3


def test_what_is_kept_beside_is_true_again(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2014,_T,6")
    before = [list(model.objects.order_by("pk").values()) for model in (Latest, SeriesCoverage)]
    undo(import_rows(tmp_path, "KEN,2016,_T,8", "FRA,2015,_T,7", "UGA,2014,_T,"))
    after = [list(model.objects.order_by("pk").values()) for model in (Latest, SeriesCoverage)]
    own = {"id", "observation_id", "last_revision"}
    plain = [
        [[{k: v for k, v in row.items() if k not in own} for row in rows] for rows in said] for said in (before, after)
    ]
    assert [sorted(map(str, rows)) for rows in plain[0]] == [sorted(map(str, rows)) for rows in plain[1]]
    assert set(Latest.objects.values_list("observation_id")) <= set(Observation.objects.current().values_list("pk"))


def test_what_is_newer_is_left_and_counted(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,6")
    made = import_rows(tmp_path, "KEN,2015,_T,50", "UGA,2015,_T,60", "FRA,2015,_T,70")
    import_rows(tmp_path, "KEN,2015,_T,51", "UGA,2015,_T,60")
    assert undo(made) == Undone(restored=1, withdrawn=1, reinstated=0, left=1)
    assert believed() == {"KEN 2015": "51", "UGA 2015": "6"}


def test_what_it_withdrew_and_something_newer_brought_back_is_left(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,6", "FRA,2015,_T,7")
    made = import_rows(tmp_path, "KEN,2015,_T,50", complete=True)
    import_rows(tmp_path, "UGA,2015,_T,61", "FRA,2015,_T,71")
    import_rows(tmp_path, "KEN,2015,_T,50", "UGA,2015,_T,61", complete=True)
    assert undo(made) == Undone(restored=1, withdrawn=0, reinstated=0, left=2)
    assert believed() == {"KEN 2015": "5", "UGA 2015": "61"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_are_undone_in_any_order(tmp_path: Path, order: tuple[int, int]) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5")
    both = [import_rows(tmp_path, "KEN,2015,_T,6"), import_rows(tmp_path, "KEN,2015,_T,7")]
    first, second = (both[n] for n in order)
    if order == (0, 1):
        with pytest.raises(CannotUndo, match="has been changed since"):
            undo(first)
        undo(second)
        assert believed() == {"KEN 2015": "6"}
        undo(first)
    else:
        undo(first)
        undo(second)
    assert believed() == {"KEN 2015": "5"}


def test_an_import_that_was_undone_is_passed_over_on_the_way_back(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5", "UGA,2015,_T,1")
    wrong = import_rows(tmp_path, "KEN,2015,_T,6", "UGA,2015,_T,2")
    newer = import_rows(tmp_path, "KEN,2015,_T,7")
    assert undo(wrong) == Undone(restored=1, withdrawn=0, reinstated=0, left=1)
    undo(newer)
    assert believed() == {"KEN 2015": "5", "UGA 2015": "1"}


def test_to_take_an_undoing_back_the_file_is_imported_again(tmp_path: Path) -> None:
    import_rows(tmp_path, "KEN,2015,_T,5", vintage="2019")
    made = import_rows(tmp_path, "KEN,2015,_T,6", vintage="2020")
    undo(made)
    again = import_rows(tmp_path, "KEN,2015,_T,6", vintage="2020")
    assert (again.state, again.revised) == (ImportState.APPLIED, 1)
    assert believed() == {"KEN 2015": "6"}
    assert undo(again).restored == 1
    assert believed() == {"KEN 2015": "5"}


def test_a_publication_that_was_undone_no_longer_bars_older_ones(tmp_path: Path) -> None:
    made = import_rows(tmp_path, "KEN,2015,_T,6", vintage="2020-10")
    confirmed = import_rows(tmp_path, "KEN,2015,_T,6", vintage="2020-10")
    assert confirmed.state == ImportState.UNCHANGED
    assert import_rows(tmp_path, "KEN,2015,_T,5", vintage="2019").state == ImportState.REFUSED
    undo(made)
    assert import_rows(tmp_path, "KEN,2015,_T,5", vintage="2019").state == ImportState.APPLIED


def test_only_the_dataset_of_the_import_is_touched(tmp_path: Path) -> None:
    other = Dataset.objects.create(code="OTHER", name_en="Other", provider="Other", reporting_type="G", rank=2)
    first = make_catalogue()[0]
    import_rows(tmp_path, "KEN,2015,_T,1", dataset=other)
    made = import_rows(tmp_path, "KEN,2015,_T,2", dataset=first)
    undo(made)
    assert [(o.dataset.code, o.value) for o in Observation.objects.current().with_names()] == [("OTHER", 1)]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ImportState.UNCHANGED, "wrote nothing"),
        (ImportState.TRIED, "wrote nothing"),
        (ImportState.REFUSED, "wrote nothing"),
    ],
)
def test_what_wrote_nothing_cannot_be_undone(tmp_path: Path, state: str, said: str) -> None:
    import_rows(tmp_path, "KEN,2015,_T,6", vintage="2020")
    options: dict[str, Any] = {ImportState.TRIED: {"dry_run": True}, ImportState.REFUSED: {"vintage": "2019"}}.get(
        state, {}
    )
    made = import_rows(tmp_path, "KEN,2015,_T,6", **options)
    assert made.state == state
    assert effect_of_undoing(made).changed == 0
    with pytest.raises(CannotUndo, match=said):
        undo(made)


def test_once_with_a_reason_and_by_those_who_import(tmp_path: Path, reviewer: User, importer: User) -> None:
    made = import_rows(tmp_path, "KEN,2015,_T,6")
    with pytest.raises(PermissionDenied):
        undo(made, by=reviewer)
    with pytest.raises(CannotUndo, match="Say why"):
        undo_import(made=made, by=importer, note="  ")
    assert Revision.objects.latest_number() == 1
    assert undo(made, by=importer).withdrawn == 1
    assert Revision.objects.get(number=2).by == importer
    with pytest.raises(CannotUndo, match="undone in revision 2"):
        undo(made, by=importer)
    assert effect_of_undoing(Import.objects.get()).changed == 0
    assert Revision.objects.latest_number() == 2
