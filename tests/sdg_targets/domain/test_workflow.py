"""The table of steps: every state can be reached and left, and a country that validates first has one way out."""

from hypothesis import given
from hypothesis import strategies as st

from sdg_targets.domain.roles import ROLES, roles_with
from sdg_targets.domain.workflow import (
    AT_DESK,
    EDITABLE,
    ENDED,
    STATE_SENTENCES,
    TRANSITIONS,
    Side,
    State,
    Step,
    begins,
    steps_from,
)


def test_every_state_and_step_explains_itself() -> None:
    assert set(STATE_SENTENCES) == set(State)
    assert set(TRANSITIONS) == set(Step)
    for transition in TRANSITIONS.values():
        assert transition.label
        assert transition.sentence.endswith(".")


@given(st.booleans())
def test_every_state_is_reached_from_a_draft_and_only_what_is_published_is_an_end(validates_first: bool) -> None:
    reached, frontier = {State.DRAFT}, {State.DRAFT}
    while frontier:
        frontier = {t.ends for s in frontier for t in steps_from(s, validates_first=validates_first)} - reached
        reached |= frontier
    assert reached == set(State) - (set() if validates_first else {State.VALIDATED})
    for state in reached:
        assert bool(steps_from(state, validates_first=validates_first)) == (state not in ENDED)


def test_where_the_statistics_office_validates_first_a_draft_cannot_be_submitted() -> None:
    assert begins(Step.SUBMIT, validates_first=True) == {State.VALIDATED}
    assert State.DRAFT in begins(Step.SUBMIT, validates_first=False)
    assert State.VALIDATED not in begins(Step.SUBMIT, validates_first=False)


def test_what_the_desk_has_is_changed_by_nobody_until_it_comes_back() -> None:
    assert {State.RETURNED} == EDITABLE & AT_DESK
    assert all(transition.side is Side.COUNTRY for transition in TRANSITIONS.values() if transition.ends is State.DRAFT)


def test_no_role_takes_steps_of_both_sides() -> None:
    country = {role for t in TRANSITIONS.values() if t.side is Side.COUNTRY for role in roles_with(t.permission)}
    desk = {role for t in TRANSITIONS.values() if t.side is Side.DESK for role in roles_with(t.permission)}
    assert not country & desk
    assert all(ROLES[role].needs_area for role in country)
