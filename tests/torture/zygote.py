"""Bots that come to life in milliseconds: one process loads everything once, and each bot and each life is its fork.

`python -m tests.torture.zygote SOCKET` lasts as long as its input. Who connects says in one JSON line which environment
and log a bot has, then one JSON line in for each life or end, one JSON line out when a life begins and when it is over.
A killed life is a killed process; only its start is cheap. A bot has never more than one life.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import apscheduler.schedulers.asyncio  # noqa: F401 - loaded here once, so that no life has to
import uvloop

from bot import logs
from bot.clock import FollowedClock
from bot.settings import load
from messages.formats import LOCALES
from messages.render import labels, sections
from storage.statements import STATEMENTS, postgres
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


def main(place: str) -> None:
    """Fork a bot for whoever connects, until the input ends; the bots end with their connections."""
    _warm_up()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(place)
        door.listen()
        _say(ready=os.getpid())
        while 0 not in (ready := select.select([0, door.fileno()], [], [], 1.0)[0]):
            _bury()
            if not ready:
                continue
            connection, _ = door.accept()
            if not os.fork():
                door.close()
                _serve_alone(connection)
            connection.close()
    Path(place).unlink()
    Path(place).parent.rmdir()


def _warm_up() -> None:
    """What a bot reads when it first wants it is read here once."""
    for statements in (STATEMENTS, postgres()):
        dict(statements)
    for locale in LOCALES:
        sections(locale)
        labels(locale)


def _bury() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _serve_alone(connection: socket.socket) -> NoReturn:
    code = 1
    try:
        for handle in (0, 1):
            os.dup2(connection.fileno(), handle)
        connection.close()
        _serve()
        code = 0
    finally:
        os._exit(code)


def _serve() -> None:
    """Serve until the input ends; a life that is still there then ends with it."""
    pid, handle = 0, -1
    pending = b""
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
                os.waitpid(pid, 0)
            return
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            order = json.loads(line)
            if "environ" in order:
                os.environ.clear()
                os.environ.update(order["environ"])
                os.dup2(os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
                _say(ready=os.getpid())
            elif "bot" in order and not pid:
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
    main(sys.argv[1])
