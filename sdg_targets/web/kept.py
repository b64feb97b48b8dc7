"""Answers that are kept in memory by their tag: what has the same tag is the same answer, byte for byte.

They are of one revision. As soon as another is seen they are all let go of: what was withdrawn since does not stay in the
memory of a process until it happens to be pushed out.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

#: So many bytes of answers a process keeps; the one asked for longest ago goes first.
MOST_BYTES: Final = 32 * 1024**2
#: A longer answer is not kept: it would push out many that are asked for more often.
LONGEST: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer and the address of the page after it."""

    body: bytes
    following: str | None = None


class Kept:
    """Answers of one revision by tag, up to so many bytes; shared by the threads of a process."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._revision: int | None = None
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str, *, revision: int) -> Answer | None:
        """The answer with this tag, which is then the one asked for last; ``revision`` is the newest there is."""
        with self._lock:
            self._keep_to(revision)
            found = self._answers.get(tag)
            if found is not None:
                self._answers.move_to_end(tag)
            return found

    def put(self, tag: str, answer: Answer, *, revision: int) -> None:
        """Keep an answer made at a revision, letting go of those asked for longest ago."""
        if len(answer.body) > LONGEST:
            return
        with self._lock:
            self._keep_to(revision)
            replaced = self._answers.pop(tag, None)
            self._size += len(answer.body) - (len(replaced.body) if replaced else 0)
            self._answers[tag] = answer
            while self._size > self._most:
                _tag, oldest = self._answers.popitem(last=False)
                self._size -= len(oldest.body)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._let_go()

    def _keep_to(self, revision: int) -> None:
        """Let go of the answers of any other revision. The lock is held."""
        if revision != self._revision:
            self._let_go()
            self._revision = revision

    def _let_go(self) -> None:
        self._answers.clear()
        self._size = 0


#: The answers of this process.
KEPT: Final = Kept()
