"""`python -m tests.torture`: try every promise and its control, print a table, end with 1 when one is broken.

Options: `--only NAME` (again for more), `--kills N`, `--seed N`, `--short`. Takes about an hour in full.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from bot import logs
from tests.postgres import Server
from tests.torture.promise import SHORT, CannotRunError, Figure, Promise, Scale, Trial
from tests.torture.promises import PROMISES


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    names = [promise.name for promise in PROMISES]
    parser.add_argument("--only", action="append", choices=names, help="this promise alone")
    parser.add_argument("--kills", type=int, help="how often the bot is killed")
    parser.add_argument("--seed", type=int, default=1, help="another run of chance")
    parser.add_argument("--short", action="store_true", help="in small, as `make test` does")
    asked = parser.parse_args()
    scale = replace(SHORT if asked.short else Scale(), seed=asked.seed)
    if asked.kills:
        scale = replace(scale, kills=asked.kills, pushed_kills=asked.kills, server_kills=asked.kills)
    logs.set_up("ERROR")
    broken = [
        promise.name for promise in PROMISES if promise.name in (asked.only or names) and not _try(promise, scale)
    ]
    _say(
        f"\nBroken: {', '.join(broken)}." if broken else "\nAll of them hold, and each control fails without its guard."
    )
    return 1 if broken else 0


def _try(promise: Promise, scale: Scale) -> bool:
    _say(f"\n{promise.name}: {promise.says}")
    held, text, seconds = _run(promise.trial, scale, promise.on_postgres)
    _say(f"  {'ok' if held else 'BROKEN' if held is False else 'not tried':9} {text}  [{seconds:.0f} s]")
    if held is None:
        return True
    passed, text, seconds = _run(promise.control, scale, promise.on_postgres)
    verdict = "ok, fails" if passed is False else "BROKEN, the control holds"
    _say(f"  without {promise.without}:\n  {verdict:9} {text}  [{seconds:.0f} s]")
    return bool(held) and passed is False


def _run(trial: Trial, scale: Scale, on_postgres: bool) -> tuple[bool | None, str, float]:
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="bukapo-torture-") as folder,
        Server() if on_postgres else nullcontext() as server,
    ):
        if server is not None:
            (Path(folder) / "database.url").write_text(server.fresh())
        try:
            with asyncio.Runner() as runner:
                figure = runner.run(trial(Path(folder), scale))
        except CannotRunError as error:
            return None, str(error), time.monotonic() - began
        except Exception as error:  # a trial that breaks down has not held, and the others go on
            figure = Figure(f"{type(error).__name__}: {error}", holds=False)
    return figure.holds, figure.text, time.monotonic() - began


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
