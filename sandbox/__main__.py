"""`python -m sandbox`: starts the server, prints one line with its address, and runs until it is told to stop.

In: options. Out: `Sandbox on http://127.0.0.1:PORT`. Ends cleanly on SIGTERM and SIGINT (Ctrl-C).
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from sandbox.scenes import SCENES
from sandbox.server import DEFAULT_TOKEN, Sandbox


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line, read."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__.partition("\n")[0])
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (this computer only by default)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the token that the bot must use")
    parser.add_argument(
        "--limits", action=argparse.BooleanOptionalAction, default=True, help="Telegram's sending limits"
    )
    parser.add_argument("--scene", choices=sorted(SCENES), default="", help="people and chats to begin with")
    return parser.parse_args(arguments)


async def run(chosen: argparse.Namespace) -> None:
    """Serve until a signal arrives."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stopped.set)
        except NotImplementedError:  # Windows has no such handlers; there Ctrl-C ends asyncio.run itself
            break
    box = Sandbox(token=chosen.token, limits=chosen.limits, scene=chosen.scene)
    address = await box.start(port=chosen.port, host=chosen.host)
    sys.stdout.write(f"Sandbox on {address}\n")
    sys.stdout.flush()
    try:
        await stopped.wait()
    finally:
        await box.stop()


def main() -> None:
    """Start, and end quietly."""
    chosen = options()
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(run(chosen))
    except KeyboardInterrupt:
        sys.exit(0)


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.Loop


if __name__ == "__main__":
    main()
