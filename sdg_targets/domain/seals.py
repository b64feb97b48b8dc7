"""A chain of seals: each record's checksum covers its content and the checksum before it, so that none can be changed,
taken out or put in between without every later one giving it away.

What the chain cannot show is that its end was cut off: whoever wants to be sure of that keeps the last checksum elsewhere.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

#: What stands before the first record.
GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Sealed:
    """One record of a chain: its content, the checksum before it and its own."""

    number: int
    made_at: datetime
    by: str
    deed: str
    body: str
    previous: str
    sha256: str

    @property
    def expected(self) -> str:
        """The checksum that this content has."""
        return seal(self.number, self.made_at, self.by, self.deed, self.body, self.previous)


def seal(number: int, made_at: datetime, by: str, deed: str, body: str, previous: str) -> str:
    """The SHA-256 of a record, as 64 hexadecimal digits. The database computes the same when a record is written."""
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = "\n".join((str(number), moment, by, deed, body, previous))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(records: Iterable[Sealed]) -> int | None:
    """The number of the first record, in order, that does not fit; ``None`` where the chain is whole."""
    number, previous = 1, GENESIS
    for record in records:
        if (record.number, record.previous, record.sha256) != (number, previous, record.expected):
            return number
        number, previous = number + 1, record.sha256
    return None
