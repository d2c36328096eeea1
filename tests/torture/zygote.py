"""Bots that come to life in milliseconds: one process loads everything once and is forked for every life.

`python -m tests.torture.zygote`, the bot's environment, one JSON line in for each life or end, one JSON line out when a
life begins and when it is over. A killed life is a killed process; only its start is cheap. Never more than one life.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import select
import signal
from typing import Any

import apscheduler.schedulers.asyncio  # noqa: F401 - loaded here once, so that no life has to
import uvloop

from bot import logs
from bot.clock import FollowedClock
from bot.settings import load
from tests.torture.bots import BOTS, statements_of
from tests.torture.mortal import Death, mortal_at


async def _live(bot: str, death: Death | None, unchecked: bool) -> None:
    settings = load()
    logs.set_up("WARNING")
    make, changes = BOTS[bot]
    clock = FollowedClock(settings.clock_url)
    await clock.start()
    url = settings.database_url
    app = make(settings, clock, mortal_at(url, statements_of(url, changes), death, is_unchecked=unchecked))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.stop)
    try:
        await app.run()
    finally:
        await clock.stop()


def _child(order: dict[str, Any]) -> None:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        death = Death(**order["death"]) if order.get("death") else None
        with asyncio.Runner(loop_factory=uvloop.Loop) as runner:
            runner.run(_live(order["bot"], death, bool(order.get("unchecked"))))
        code = 0
    finally:
        os._exit(code)


def main() -> None:
    """Serve until the input ends; a life that is still there then ends with it."""
    gc.freeze()
    pid, handle = 0, -1
    pending = b""
    _say(ready=os.getpid())
    while True:
        ready, _, _ = select.select([0] if handle < 0 else [0, handle], [], [])
        if handle in ready:
            _, status = os.waitpid(pid, 0)
            os.close(handle)
            pid, handle = 0, -1
            _say(over=os.waitstatus_to_exitcode(status))
        if 0 not in ready:
            continue
        chunk = os.read(0, 65536)
        if not chunk:
            if pid:
                os.kill(pid, signal.SIGKILL)
            return
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            order = json.loads(line)
            if "bot" in order and not pid:
                pid = os.fork()
                if not pid:
                    _child(order)
                handle = os.pidfd_open(pid)
                _say(born=pid)
            elif "end" in order and pid:
                os.kill(pid, int(order["end"]))


def _say(**words: int) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main()
