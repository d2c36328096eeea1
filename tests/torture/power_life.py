"""A process that takes orders until the power goes: each order's id is written out only when its commit has returned.

`python -m tests.torture.power_life FILE full|normal`, with `power_cut.c` preloaded. A line in begins a life (a fork),
the next one ends it by SIGKILL; then "over" is written. What was written before that was acknowledged.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

from preorder.order import Line, PersonId
from storage import batches, orders
from storage.database import Tx
from storage.sqlite import SqliteDatabase
from tests.torture.rush import HOME

AT_ONCE = 6


class _UnsyncedDatabase(SqliteDatabase):
    """Without synchronous=FULL: a commit returns before it is on the disk."""

    async def _connect(self) -> Any:
        connection = await super()._connect()
        await connection.hop(lambda: connection.raw.execute("PRAGMA synchronous = NORMAL"))
        return connection


def _take(tx: Tx, draft: str) -> str:
    (batch,) = batches.in_states(tx, ("open",))
    offer = batch.offers[-1]
    line = Line(offer.variant_id, offer.product, offer.variant, offer.price, 1, "")
    return orders.place(tx, batch, PersonId(7001), draft, (line,), HOME, batch.opens_at).id


async def _take_orders(path: Path, how: str) -> None:
    database = SqliteDatabase(path) if how == "full" else _UnsyncedDatabase(path)
    await database.open()

    async def again_and_again(who: int) -> None:
        number = 0
        while True:
            number += 1
            order_id = await database.run(partial(_take, draft=f"{os.getpid()}-{who}-{number}"))
            os.write(1, f"{order_id}\n".encode())

    await asyncio.gather(*(again_and_again(who) for who in range(AT_ONCE)))


def main(path: Path, how: str) -> None:
    """Serve until the input ends."""
    pid = 0
    for _ in sys.stdin:
        if not pid:
            pid = os.fork()
            if not pid:
                asyncio.run(_take_orders(path, how))
        else:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            pid = 0
            os.write(1, b"over\n")
    if pid:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
