"""The chain of seals: whatever is changed, taken out, put in or reordered is found at its first place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sdg_targets.domain.seals import GENESIS, Sealed, first_broken, seal


def chain(length: int) -> list[Sealed]:
    made, previous = [], GENESIS
    for number in range(1, length + 1):
        content = (
            number,
            datetime(2026, 11, 24, 9, number, tzinfo=UTC),
            "7",
            "withdrawn",
            f'{{"n": {number}}}',
            previous,
        )
        made.append(Sealed(*content, sha256=seal(*content)))
        previous = made[-1].sha256
    return made


def test_a_whole_chain_is_whole() -> None:
    assert first_broken([]) is None
    assert first_broken(chain(5)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"number": 9},
        {"made_at": datetime(2026, 11, 24, 9, 3, 0, 1, tzinfo=UTC)},
        {"by": ""},
        {"deed": "lifted"},
        {"body": "{}"},
        {"previous": GENESIS},
        {"sha256": GENESIS},
    ],
)
def test_any_change_is_found_at_its_record(change: dict[str, Any]) -> None:
    records = chain(5)
    records[2] = replace(records[2], **change)
    assert first_broken(records) == 3


def test_a_record_that_is_changed_with_its_own_checksum_breaks_the_next() -> None:
    records = chain(5)
    changed = replace(records[2], body="{}")
    records[2] = replace(changed, sha256=changed.expected)
    assert first_broken(records) == 4


def test_records_taken_out_or_exchanged_are_found() -> None:
    records = chain(5)
    assert first_broken(records[1:]) == 1
    assert first_broken([*records[:2], *records[3:]]) == 3
    assert first_broken([records[0], records[2], records[1], *records[3:]]) == 2


def test_the_moment_counts_not_the_time_zone_in_which_it_is_told() -> None:
    content = chain(1)[0]
    elsewhere = content.made_at + timedelta(0)
    assert replace(content, made_at=elsewhere.astimezone()).expected == content.sha256
