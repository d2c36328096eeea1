"""What a promise is: a sentence, a trial that says what was reached, and the same trial without its guard.

In: a folder of its own and a `Scale`. Out: a `Figure`. A trial that cannot run here (no compiler) says so.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


@dataclass(frozen=True)
class Scale:
    """How much of everything. `seed` makes a run's chances repeatable."""

    kills: int = 500
    pushed_kills: int = 500  # the same with a webhook
    server_kills: int = 500  # and on PostgreSQL
    rush: tuple[int, int] = (10_000, 500)  # buyers, slots
    readers: int = 10_000
    refusals: int = 60
    moments: int = 1_000
    updates: int = 10_000
    walks: int = 200
    bug_walks: int = 300
    bugs: int = 1_000  # of those that are seeded
    cuts: int = 500
    backups: int = 40
    control_kills: int = 12
    year: tuple[int, int] = (365, 2_000)  # days, buyers
    payday: tuple[int, int] = (400, 150)  # buyers at once, slots
    seed: int = 1


SHORT: Final = Scale(
    kills=36,
    pushed_kills=10,
    server_kills=10,
    rush=(200, 20),
    readers=250,
    refusals=3,
    moments=60,
    updates=100,
    walks=8,
    bug_walks=60,
    bugs=6,
    cuts=12,
    backups=2,
    control_kills=2,
    year=(40, 60),
    payday=(60, 20),
)


@dataclass(frozen=True)
class Figure:
    """What was reached, and whether that is what was promised."""

    text: str
    holds: bool


class CannotRunError(Exception):
    """The trial needs something that this computer does not have; the text says what."""


Trial = Callable[[Path, Scale], Coroutine[Any, Any, Figure]]


@dataclass(frozen=True)
class Promise:
    """`without` says in words which guard the control takes away.

    Where `on_postgres` the folder has a `database.url` (see `tests.journeys.floor.books_of`) with a fresh database.
    """

    name: str
    says: str
    trial: Trial
    without: str
    control: Trial
    on_postgres: bool = False


def judged(faults: list[str], text: str) -> Figure:
    """A figure that holds when nothing is wrong; else the first things that are."""
    if not faults:
        return Figure(text, holds=True)
    more = f" and {len(faults) - 2} more" if len(faults) > 2 else ""
    return Figure(f"{text}; {'; '.join(faults[:2])}{more}", holds=False)
