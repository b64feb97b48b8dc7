"""What forms name: ids with the version and the mark that were seen; anything else is left out."""

import pytest

from sdg_targets.web.choices import seen_marks, seen_versions


def test_ids_with_what_was_seen_of_them() -> None:
    choices = ["12:3", "13:1:", "14:2:queried"]
    assert seen_versions(choices) == {12: 3, 13: 1, 14: 2}
    assert seen_marks(choices) == {13: "", 14: "queried"}


@pytest.mark.parametrize("choice", ["", ":", "12", "12:", ":3", "a:b", "-1:2", "1:2.5", "9" * 10 + ":1", "²:1", "1::2"])
def test_what_cannot_be_read_is_left_out(choice: str) -> None:
    assert seen_versions([choice]) == {}
    assert seen_marks([choice]) == {}
