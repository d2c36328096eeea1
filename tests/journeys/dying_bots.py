"""Two bots that take an update and then wait to be killed: one in the right order, one as many libraries do it.

`python -m tests.journeys.dying_bots KeepingFirst|AcknowledgingFirst`. Both are the real app with another poller; they
differ in one line. Never handles anything.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from bot.app import App
from bot.receive import Poller
from bot.settings import load


async def _wait_for_death() -> None:
    sys.stderr.write("has taken it\n")
    sys.stderr.flush()
    await asyncio.Event().wait()


class KeepingFirst(Poller):
    """Bukapo's order, stopped just before the commit."""

    async def _keep(self, updates: Sequence[Any]) -> None:
        await _wait_for_death()


class AcknowledgingFirst(Poller):
    """The other order: the next offset is sent first, what was fetched is in memory only."""

    async def _keep(self, updates: Sequence[Any]) -> None:
        acknowledged = max(one["update_id"] for one in updates) + 1
        await self._api.call("getUpdates", {"offset": acknowledged, "timeout": 0})
        await _wait_for_death()


async def _main(poller: type[Poller]) -> None:
    app = App(load())
    app.receiver = poller(app.api, app.database, app.clock.now, app.engine.wake)
    await app.run()


if __name__ == "__main__":
    asyncio.run(_main({"KeepingFirst": KeepingFirst, "AcknowledgingFirst": AcknowledgingFirst}[sys.argv[1]]))
