"""Answers that are kept in memory by their tag: what has the same tag is the same answer, byte for byte."""

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
    """Answers by tag, up to so many bytes; shared by the threads of a process."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tag: str) -> Answer | None:
        """The answer with this tag, which is then the one asked for last."""
        with self._lock:
            found = self._answers.get(tag)
            if found is not None:
                self._answers.move_to_end(tag)
            return found

    def put(self, tag: str, answer: Answer) -> None:
        """Keep an answer, letting go of those asked for longest ago."""
        if len(answer.body) > LONGEST:
            return
        with self._lock:
            replaced = self._answers.pop(tag, None)
            self._size += len(answer.body) - (len(replaced.body) if replaced else 0)
            self._answers[tag] = answer
            while self._size > self._most:
                _tag, oldest = self._answers.popitem(last=False)
                self._size -= len(oldest.body)

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._answers.clear()
            self._size = 0


#: The answers of this process.
KEPT: Final = Kept()
