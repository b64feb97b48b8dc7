"""Rounds: what is compared is measured in turns, so that a busy moment of the machine falls on all of it alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """What the rounds gave for one thing, in the order of the rounds."""

    values: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.values)

    def ratio_to(self, reference: "Measured") -> float:
        """The median of the ratios of each round: both were measured in the same moment."""
        return statistics.median(mine / its for mine, its in zip(self.values, reference.values, strict=True))


def seconds(deed: Callable[[], Any]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def in_turns(rounds: int, deeds: Mapping[str, Callable[[], float]]) -> dict[str, Measured]:
    """Each deed once a round, ``rounds`` times; a deed returns what is measured of it."""
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for _ in range(rounds):
        for name, deed in deeds.items():
            found[name].append(deed())
    return {name: Measured(tuple(values)) for name, values in found.items()}


def table(measured: Mapping[str, Measured], *, unit: str, limits: Mapping[str, str]) -> None:
    """Print what was measured: the best of the rounds, the median ratio to the first, and the limit where there is one."""
    reference = next(iter(measured.values()))
    print(f"\n{'what':66} {'best ' + unit:>12} {'x':>6}  limit")
    for name, values in measured.items():
        best = values.least if unit == "s" else max(values.values)
        print(f"{name:66} {best:12.2f} {values.ratio_to(reference):6.2f}  {limits.get(name, '')}", flush=True)
