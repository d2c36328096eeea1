"""A bell: whoever waits is woken each time it rings.

In: `ring()`. Out: `heard()` returns. It carries no content (the waiter looks for itself what changed) and never
remembers a ring for somebody who was not yet waiting; so look first, then wait, with no `await` between the two.
"""

from __future__ import annotations

import asyncio


class Bell:
    """Wakes all who wait; belongs to one event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits now."""
        for one in self._waiting:
            if not one.done():
                one.set_result(None)

    async def heard(self, within: float | None = None) -> bool:
        """Wait for the next ring, at most `within` real seconds (None: for ever); say whether it rang."""
        one: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(one)
        try:
            async with asyncio.timeout(within):
                await one
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(one)
        return True
