"""Promise: whatever people do in whatever order, the books say what a simple model says, and any bug in them shows.

In: how many walks through the state machine. Its control is a table of seeded bugs, of which each must be caught.
"""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from storage.statements import STATEMENTS, Statements
from tests.torture.bugs import seeded
from tests.torture.machine import Shop
from tests.torture.promise import Figure, Promise, Scale, judged

STEPS = 40


def wrong_with(statements: Statements, walks: int, *, is_checked: bool = True) -> str:
    """What the machine finds, or nothing. The same walks every time."""
    machine = type("Walk", (Shop,), {"statements": statements, "is_checked": is_checked})
    setting = settings(
        max_examples=walks,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=setting)
    except (AssertionError, LookupError, sqlite3.Error, ExceptionGroup) as error:
        first: BaseException = error
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        return str(first).partition("\n")[0] or type(first).__name__
    return ""


async def walk(folder: Path, scale: Scale) -> Figure:
    """The trial: the shop's own statements."""
    found = await asyncio.to_thread(wrong_with, STATEMENTS, scale.walks)
    return judged([found] if found else [], f"{scale.walks} walks of {STEPS} steps through orders, payments, batches")


async def catch(folder: Path, scale: Scale) -> Figure:
    """The control: it fails when every seeded bug is found."""
    missed = []
    bugs = dict(list(seeded().items())[: scale.bugs])
    for name, statements in bugs.items():
        # The CHECKs would catch some before the machine does: they are a second guard, tried elsewhere.
        if not await asyncio.to_thread(wrong_with, statements, scale.bug_walks, is_checked=False):
            missed.append(name)
    text = f"{len(bugs) - len(missed)} of {len(bugs)} seeded bugs caught"
    return Figure(f"{text}; missed: {', '.join(missed)}" if missed else text, holds=bool(missed))


MODEL = Promise(
    "model",
    "orders, payments and batches equal a simple model after every step of every walk",
    walk,
    "one condition in one statement, each in turn",
    catch,
)
