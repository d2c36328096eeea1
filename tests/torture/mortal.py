"""A database that kills its own process at a chosen commit: just before it counts, or just after nobody knows yet.

In: a `Death`. Out: SIGKILL, so nothing is tidied up. The kind of a transaction is the name of the function that it is.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

from storage.database import Tx
from storage.sqlite import SqliteDatabase
from storage.statements import STATEMENTS, Statements

T = TypeVar("T")


@dataclass(frozen=True)
class Death:
    """At the `nth` transaction whose function's name contains `kind`."""

    side: Literal["before", "after"]
    kind: str
    nth: int = 1


# Every place where the bot commits while it runs, by the name of the function that is the transaction.
KINDS = {
    "an update is kept": "._keep",
    "an update is handled": "Engine._one",
    "a send is marked": "Sender._mark",
    "a broadcast is claimed": "Sender._look",
    "something due is done": "perform",
    "a broadcast is written out": "write_out",
}


def name_of(work: Callable[..., Any]) -> str:
    """`Poller._keep.<locals>.<lambda>`; also of what is inside partials."""
    inner: Any = work
    while isinstance(inner, partial):
        inner = inner.func
    return str(getattr(inner, "__qualname__", ""))


class MortalDatabase(SqliteDatabase):
    """The shop's database until its moment comes."""

    def __init__(self, path: Path, death: Death | None, statements: Statements = STATEMENTS) -> None:
        super().__init__(path, statements)
        self._death = death
        self._left = death.nth if death else 0

    async def run(self, work: Callable[[Tx], T]) -> T:
        death = self._death
        if death is None or death.kind not in name_of(work):
            return await super().run(work)
        self._left -= 1
        if self._left:
            return await super().run(work)
        if death.side == "before":
            return await super().run(partial(_do_and_die, work=work))
        result = await super().run(work)
        os.kill(os.getpid(), signal.SIGKILL)
        return result


def _do_and_die(tx: Tx, work: Callable[[Tx], Any]) -> NoReturn:
    work(tx)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nothing comes after SIGKILL")
