"""A loop that only one process may run ends when it is told to, at whatever moment."""

from __future__ import annotations

import asyncio

from bot.seated import while_seated
from storage.seat import OnlySeat

SOON = 5.0


class ShakySeat(OnlySeat):
    """Ours until the test says otherwise."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    async def lost(self) -> None:
        await self.gone.wait()


async def test_told_to_end_while_it_lets_go_it_ends() -> None:
    """The seat is lost, and the end is asked for in the very moment in which the loop has let go."""
    seat, begun = ShakySeat(), 0
    letting_go, may_go = asyncio.Event(), asyncio.Event()

    async def loop() -> None:
        nonlocal begun
        begun += 1
        await asyncio.Event().wait()

    async def let_go(_seconds: float) -> None:
        letting_go.set()
        await may_go.wait()

    working = asyncio.create_task(while_seated(seat, loop, let_go))
    await asyncio.sleep(0)
    seat.gone.set()
    await letting_go.wait()
    may_go.set()
    await asyncio.sleep(0)  # it has let go; the one who waits for that does not know yet
    working.cancel()
    done, _ = await asyncio.wait([working], timeout=SOON)
    working.cancel()
    assert done, "it goes on and nobody can end it"
    assert begun == 1
