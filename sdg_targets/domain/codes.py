"""Codes of Goals, targets, indicators and reference areas: read, checked and put in the order people expect.

Shape: ``10`` is a Goal, ``10.7`` and ``10.c`` are targets, ``10.7.2`` and ``10.c.1`` are indicators. A sort key is text
that sorts the same way everywhere: parts of one width, numbers before letters (10.7.4, then 10.a, then 10.c.1).
Source: numbering of the global indicator framework; M49 codes of the United Nations Statistics Division.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

GOALS: Final = 17
#: M49 code of the world, its code among the areas too.
WORLD: Final = "001"

_GOAL: Final = r"(?:[1-9]|1[0-7])"
_TARGET: Final = r"(?:[1-9][0-9]?|[a-z])"
_INDICATOR: Final = r"[1-9][0-9]?"
_CODE: Final = re.compile(rf"({_GOAL})(?:\.({_TARGET})(?:\.({_INDICATOR}))?)?", re.ASCII)
_UNSD: Final = re.compile(r"C([0-9]{2})(0[1-9]|[1-9][0-9]|0?[a-z])([0-9]{2})", re.ASCII)
_PART: Final = re.compile(r"([0-9]+)|([a-z]+)", re.ASCII)
_WHOLE: Final = re.compile(r"([0-9]{1,20})(?:\.0*)?", re.ASCII)


class CodeError(ValueError):
    """A text that is no code of the framework; the message says what would be one."""


@dataclass(frozen=True, slots=True)
class FrameworkCode:
    """A Goal, target or indicator code in its parts; ``target`` and ``indicator`` are empty where it names neither."""

    goal: str
    target: str = ""
    indicator: str = ""

    @property
    def kind(self) -> str:
        """``goal``, ``target`` or ``indicator``."""
        if self.indicator:
            return "indicator"
        return "target" if self.target else "goal"

    @property
    def target_code(self) -> str:
        """The code of the target it is or belongs to. Errors: ``CodeError`` for a Goal."""
        if not self.target:
            raise CodeError(f"Goal {self.goal} is not a target.")
        return f"{self.goal}.{self.target}"

    @property
    def sort_key(self) -> str:
        return sort_key(str(self))

    def __str__(self) -> str:
        return ".".join(part for part in (self.goal, self.target, self.indicator) if part)


def parse_code(text: str, *, unsd: Mapping[str, str] = MappingProxyType({})) -> FrameworkCode:
    """Read ``10.7.2``, ``10-7-2`` or ``10.C.1``; UNSD's ``C100702`` through the table given. Errors: ``CodeError``.

    UNSD's codes look as if they said the place and do not always: C171804 is 17.18.1, C200303 stands for three
    indicators. They are therefore looked up (``unsd`` holds those that stand for one), never taken apart.
    """
    given = text.strip()
    if _UNSD.fullmatch(given):
        if given not in unsd:
            raise CodeError(f"{given} is not UNSD's code of one indicator that is known here: write 10.7.2.")
        given = unsd[given]
    plain = given.lower().replace("-", ".").removesuffix(".")
    if match := _CODE.fullmatch(plain):
        return FrameworkCode(*(part or "" for part in match.groups()))
    raise CodeError(f"{text!r} is no code of the framework: write 10, 10.7, 10.c or 10.7.2.")


def unsd_target(code: str) -> str | None:
    """The target that UNSD's indicator code names (``C100702`` is of ``10.7``), or ``None`` where it names none."""
    match = _UNSD.fullmatch(code.strip())
    if match is None or not 1 <= int(match[1]) <= GOALS:
        return None
    return f"{int(match[1])}.{match[2].lstrip('0')}"


def is_code(text: str) -> bool:
    """Whether the text is a code in its own form: ``10.7.2``, with no blanks and no other signs."""
    return _CODE.fullmatch(text) is not None


def sort_key(code: str) -> str:
    """Text that sorts codes as people do; sub-indicators of a country's own (10.7.2.a, 1-3-1-ja) included.

    Every part has four signs: a number is padded with noughts, a letter follows all numbers.
    """
    return ".".join(_part_key(part) for part in re.split(r"[.\-]", code.strip().lower()))


def normalise_m49(text: str) -> str:
    """An area code in three digits where it is a number (``4``, ``4.0`` and ``004`` are ``004``); else trimmed, as given.

    Longer numbers (publishers' own areas) keep their digits. What is no number is for the list of areas to judge.
    """
    given = text.strip()
    match = _WHOLE.fullmatch(given)
    return (match[1].lstrip("0") or "0").zfill(3) if match else given


def _part_key(part: str) -> str:
    number = _PART.fullmatch(part)
    if number is None:
        return "2" + part
    return number[1].zfill(4) if number[1] else "1" + number[2].rjust(3, "0")
