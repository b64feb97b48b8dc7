"""Any sequence of imports, undoings, withdrawals for confidentiality and their lifting, read at every revision, against a
naive second store: plain dictionaries, one for each revision.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdg_targets.actions.confidentiality import (
    CannotWithdraw,
    lift_withdrawal,
    standing_tombstone,
    withdraw_confidential,
)
from sdg_targets.actions.undoing import CannotUndo, undo_import
from sdg_targets.models import Import, ImportState, Observation, Revision
from tests.factories import make_catalogue
from tests.factories.imports import import_rows
from tests.factories.kept import check_what_is_kept

pytestmark = pytest.mark.django_db
#: An area and a period.
Key = tuple[str, str]
Content = dict[Key, str | None]
KEYS = [(area, period) for area in ("KEN", "UGA") for period in ("2014", "2015")]


@dataclass(eq=False)
class Version:
    """One version: a value or the status that stands for none, the import that brought it, the revision it began at."""

    value: Decimal | None
    status: str
    by: int | None
    since: int

    def says(self, value: Decimal | None, status: str) -> bool:
        return (self.value, self.status) == (value, status)


@dataclass
class Applied:
    """An import that wrote something: its revision, what it wrote and what it withdrew."""

    revision: int
    wrote: set[Key]
    withdrew: set[Key]


@dataclass
class Naive:
    """What is believed after each revision, the imports by number, those undone, and the keys that stay out."""

    states: list[dict[Key, Version]] = field(default_factory=lambda: [{}])
    applied: dict[int, Applied] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)
    buried: set[Key] = field(default_factory=set)

    @property
    def now(self) -> dict[Key, Version]:
        return self.states[-1]

    def bring(self, number: int, content: Content, *, complete: bool, backfill: bool) -> tuple[int, int, int, int, int]:
        """New, revised, unchanged, withdrawn and refused."""
        taken = {key: (None if v is None else Decimal(v), "A" if v else "L") for key, v in content.items()}
        taken = {key: said for key, said in taken.items() if key not in self.buried}
        new = {key for key in taken if key not in self.now}
        revised = {key for key in taken if key in self.now and not self.now[key].says(*taken[key])} - new
        if backfill:
            revised = set()
        gone = {k for k in self.now if k not in content and k not in self.buried} if complete and taken else set()
        if new or revised or gone:
            revision = len(self.states)
            state = {key: version for key, version in self.now.items() if key not in gone}
            state |= {key: Version(*taken[key], number, revision) for key in new | revised}
            self.states.append(state)
            self.applied[number] = Applied(revision, new | revised, gone)
        return len(new), len(revised), len(taken) - len(new) - len(revised), len(gone), len(content) - len(taken)

    def before(self, key: Key, revision: int) -> Version | None:
        """What stood before a revision, passing over what undone imports had brought."""
        found = self.states[revision - 1].get(key)
        while found is not None and found.by in self.undone:
            found = self.states[found.since - 1].get(key)
        return found

    def touched_since(self, key: Key, revision: int) -> bool:
        later = (state[key] for state in self.states if key in state)
        return any(version.since > revision and version.by not in self.undone for version in later)

    def undo(self, number: int) -> tuple[int, int, int, int]:
        """Restored, withdrawn, reinstated, left."""
        done = self.applied[number]
        self.undone.add(number)
        mine = {key for key in done.wrote if key in self.now and self.now[key].by == number}
        lost = {k for k in done.withdrew if k not in self.now and not self.touched_since(k, done.revision)}
        back = {key: self.before(key, done.revision) for key in mine | lost}
        restored = {key for key in mine if back[key]}
        reinstated = {key for key in lost if back[key]}
        # What was withdrawn for confidentiality since is no longer the import's.
        seen = {key for key in done.wrote if self.is_told_of(key, number)} | {
            k for k in done.withdrew if self.ended_at(k, done)
        }
        counts = (len(restored), len(mine - restored), len(reinstated), len(seen) - len(mine) - len(reinstated))
        if not sum(counts[:3]):
            self.undone.discard(number)
            return counts
        state = {key: version for key, version in self.now.items() if key not in mine}
        for key, version in back.items():
            if version:
                state[key] = Version(version.value, version.status, version.by, len(self.states))
        self.states.append(state)
        return counts

    def is_told_of(self, key: Key, number: int) -> bool:
        revision = self.applied[number].revision
        version = self.states[revision].get(key)
        return version is not None and version.by == number and version.since == revision

    def ended_at(self, key: Key, done: Applied) -> bool:
        return key in self.states[done.revision - 1] and key not in self.states[done.revision]

    def bury(self, key: Key) -> None:
        first = next(n for n, state in enumerate(self.states) if key in state)
        stone = Version(None, "Q", None, first)
        for state in self.states[first:]:
            state[key] = stone
        self.states.append({**self.now, key: Version(None, "Q", None, len(self.states))})
        self.buried.add(key)


def stored(revision: int | None) -> dict[Key, tuple[Decimal | None, str]]:
    rows = Observation.objects.known_at(revision).with_names()
    return {(o.area.code, o.period.code): (o.value, o.status) for o in rows}


@dataclass
class Both:
    """The product and the naive store, taking the same steps."""

    folder: Path
    naive: Naive = field(default_factory=Naive)
    imports: list[Import] = field(default_factory=list)

    def bring(self, content: Content, how: str) -> None:
        rows = [f"{area},{period},_T,{value or ''}" for (area, period), value in content.items()]
        options: dict[str, Any] = {how: True} if how else {}
        made = import_rows(self.folder, *rows, **options)
        counts = self.naive.bring(made.pk, content, complete=how == "complete", backfill=how == "backfill")
        assert (made.new, made.revised, made.unchanged, made.withdrawn, made.refused) == counts
        self.imports.append(made)

    def undo(self, place: int) -> None:
        if not self.imports:
            return
        made = self.imports[place % len(self.imports)]
        if made.state != ImportState.APPLIED or made.pk in self.naive.undone:
            with pytest.raises(CannotUndo):
                undo_import(made=made, by=None, note="test")
            return
        restored, withdrawn, reinstated, left = self.naive.undo(made.pk)
        if not restored + withdrawn + reinstated:
            with pytest.raises(CannotUndo):
                undo_import(made=made, by=None, note="test")
            return
        done = undo_import(made=made, by=None, note="test")
        assert (done.restored, done.withdrawn, done.reinstated, done.left) == (restored, withdrawn, reinstated, left)

    def bury(self, key: Key) -> None:
        row = Observation.objects.with_names().filter(area__code=key[0], period__code=key[1]).first()
        assert (row is not None) == any(key in state for state in self.naive.states)
        if row is not None and key in self.naive.buried:
            with pytest.raises(CannotWithdraw):
                withdraw_confidential(observation=row, by=None, reason="test")
        elif row is not None:
            withdraw_confidential(observation=row, by=None, reason="test")
            self.naive.bury(key)

    def lift(self, key: Key) -> None:
        if key in self.naive.buried:
            row = Observation.objects.filter(area__code=key[0], period__code=key[1]).first()
            tombstone = row and standing_tombstone(row)
            assert tombstone
            lift_withdrawal(tombstone=tombstone, by=None, reason="test")
            self.naive.buried.remove(key)

    def check(self) -> None:
        assert Revision.objects.latest_number() == len(self.naive.states) - 1
        for number, state in enumerate(self.naive.states):
            assert stored(number) == {key: (v.value, v.status) for key, v in state.items()}, number
        assert stored(None) == stored(len(self.naive.states) - 1)

    def check_what_is_beside(self) -> None:
        content = {(area, period, "_T"): v.value for (area, period), v in self.naive.now.items()}
        check_what_is_kept({"UNSD-SDG": content} if content else {})


keys = st.sampled_from(KEYS)
contents = st.dictionaries(keys, st.none() | st.sampled_from(["1", "1.0", "2", "-3.5"]), min_size=1, max_size=4)
brought = st.tuples(st.just("bring"), contents, st.sampled_from(["", "", "complete", "backfill"]))
steps = st.lists(
    st.one_of(
        brought,
        brought,
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.just("bury"), keys),
        st.tuples(st.just("lift"), keys),
    ),
    min_size=1,
    max_size=8,
)


def take(done: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder, transaction.atomic():
        make_catalogue()
        both = Both(Path(folder))
        for name, *given_to_it in done:
            getattr(both, name)(*given_to_it)
            both.check_what_is_beside()
        both.check()
        transaction.set_rollback(True)


def bounded(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@bounded(40)
@given(steps)
def test_every_moment_reads_as_the_naive_store_says(done: list[tuple[Any, ...]]) -> None:
    take(done)


@pytest.mark.slow
@bounded(400)
@given(steps)
def test_every_moment_reads_as_the_naive_store_says_after_many_more_sequences(done: list[tuple[Any, ...]]) -> None:
    take(done)


def sequences() -> Iterator[list[tuple[Any, ...]]]:
    """Sequences that were thought of: each brings two deeds to meet."""
    ken, uga = KEYS[0], KEYS[2]
    two = [("bring", {ken: "1", uga: "1"}, ""), ("bring", {ken: "2"}, "complete")]
    yield [*two, ("undo", 1), ("bring", {ken: "2"}, "complete"), ("undo", 2), ("undo", 0)]
    yield [
        *two,
        ("bury", ken),
        ("undo", 1),
        ("undo", 0),
        ("bring", {ken: "1"}, ""),
        ("lift", ken),
        ("bring", {ken: "1"}, ""),
    ]
    yield [*two, ("bury", uga), ("undo", 1), ("lift", uga), ("bring", {ken: "1"}, "complete"), ("undo", 2)]
    yield [*two, ("bring", {uga: "1"}, ""), ("undo", 2), ("undo", 1), ("bring", {ken: None, uga: "2"}, "backfill")]
    yield [
        ("bring", {ken: "1"}, ""),
        ("bury", ken),
        ("lift", ken),
        ("bring", {ken: "2"}, ""),
        ("undo", 1),
        ("bury", ken),
    ]


@pytest.mark.parametrize("done", [*sequences()], ids=lambda done: " ".join(step[0] for step in done))
def test_deeds_that_meet(done: list[tuple[Any, ...]]) -> None:
    take(done)
