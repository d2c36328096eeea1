"""A figure of the bench, the goal it is held against, and the little statistics that the rows share. Pure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Goal:
    """`at` is the figure that may just be reached."""

    side: Literal["≤", "≥"]
    at: float

    def holds(self, value: float) -> bool:
        return value <= self.at if self.side == "≤" else value >= self.at

    def __str__(self) -> str:
        return f"{self.side} {self.at:g}"


@dataclass(frozen=True)
class Figure:
    """One measured value; `how` says in a few words what it was made of."""

    name: str
    value: float
    how: str


@dataclass(frozen=True)
class Scale:
    """How much of everything; `quick` is for seeing that the bench works, its figures mean little."""

    quick: bool
    folder: Path

    def pick(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    def room(self, name: str) -> Path:
        """A fresh folder."""
        path = self.folder / name
        path.mkdir(parents=True)
        return path


@dataclass(frozen=True)
class Row:
    """What is measured together: one run gives a figure for each of `goals`."""

    goals: dict[str, Goal]
    measure: Callable[[Scale], Awaitable[Sequence[Figure]]]


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def most_within(moments: Iterable[float], span: float) -> int:
    """The most moments that any window of so many seconds holds."""
    ordered = sorted(moments)
    first = most = 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most
