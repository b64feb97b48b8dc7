"""Publications are ordered in time by their own labels; a label without a time is never called older."""

import itertools

import pytest

from sdg_targets.domain.vintages import is_older

IN_ORDER = ["2019.Q1.G.02", "2019.Q2.G.01", "2019.Q2.G.03", "2019.Q3.G.01", "2020-10", "2020-11-02", "2020", "2021"]


@pytest.mark.parametrize(("older", "newer"), list(itertools.pairwise(IN_ORDER)))
def test_labels_stand_in_the_order_of_their_publication(older: str, newer: str) -> None:
    assert is_older(older, than=newer)
    assert not is_older(newer, than=older)
    assert not is_older(older, than=older)


def test_a_label_that_says_no_time_is_never_older() -> None:
    assert not is_older("spring edition", than="2019.Q1.G.02")
    assert not is_older("2019.Q1.G.02", than="")
