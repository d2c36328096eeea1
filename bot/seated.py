"""A loop that only one process of a shop may run: it begins when the seat is taken and ends when the seat is lost.

In: the seat, how the loop begins, how it lets go. Out: nothing, or what the loop raised. It knows no database.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from storage.seat import Seat

# What is on its way may arrive and be marked; well within the time that the next process waits (postgres_seat).
LET_GO_SECONDS: Final = 0.3


async def while_seated(
    seat: Seat,
    begin: Callable[[], Coroutine[Any, Any, None]],
    let_go: Callable[[float], Awaitable[None]] | None = None,
    on_lost: Callable[[], None] = lambda: None,
) -> None:
    """Run the loop whenever the seat is ours. Returns when the loop ended by itself, raises what it raised."""
    while True:
        await seat.taken()
        loop = asyncio.create_task(begin())
        lost = asyncio.create_task(seat.lost())
        try:
            await asyncio.wait([loop, lost], return_when=asyncio.FIRST_COMPLETED)
            if loop.done():
                loop.result()
                return
            if let_go is not None:
                # The database may be away as well: then what is on its way is given up.
                # Not wait_for: until Python 3.12 it forgets that we were told to end while this one just ended.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LET_GO_SECONDS):
                        await let_go(LET_GO_SECONDS / 2)
        finally:
            for task in (loop, lost):
                task.cancel()
            await asyncio.gather(loop, lost, return_exceptions=True)
        on_lost()
