"""`python -m tests.bench [--only NAME …] [--quick]`: run the rows, print the table, then the JSON line.

The exit code is 0 when every row ran, whether or not its goal holds: on a busy computer a missed goal says little.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.bench import books, broadcast, conversation, durable, flood, memory, starting
from tests.bench.figures import Figure, Goal, Row, Scale

ROWS: tuple[Row, ...] = (
    *conversation.ROWS,
    *durable.ROWS,
    *flood.ROWS,
    *broadcast.ROWS,
    *starting.ROWS,
    *memory.ROWS,
    *books.ROWS,
)
NAMES = [name for row in ROWS for name in row.goals]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="What Bukapo costs.")
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="NAME", help=f"any of: {', '.join(NAMES)}")
    parser.add_argument("--quick", action="store_true", help="little of everything, to see that it works")
    return parser.parse_args()


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _line(figure: Figure, goal: Goal) -> str:
    ok = "yes" if goal.holds(figure.value) else "NO"
    return f"{figure.name:<18}{figure.value:>9.3f}  {goal!s:<8}{ok:<5}{figure.how}"


def _run(chosen: argparse.Namespace) -> dict[str, dict[str, object]]:
    import uvloop

    result: dict[str, dict[str, object]] = {}
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    _write(f"{os.cpu_count()} cores, load {load:.1f} before; medians of runs in turns{', quick' * chosen.quick}")
    _write(f"{'figure':<18}{'value':>9}  {'goal':<8}{'ok':<5}made of")
    for row in ROWS:
        if chosen.only and not row.goals.keys() & set(chosen.only):
            continue
        began, stolen = time.monotonic(), _stolen()
        with tempfile.TemporaryDirectory(prefix="bukapo-bench-", ignore_cleanup_errors=True) as folder:
            figures = uvloop.run(_measured(row, Scale(chosen.quick, Path(folder))))
        took = time.monotonic() - began
        taken = (_stolen() - stolen) / took / (os.cpu_count() or 1)
        for figure in figures:
            goal = row.goals[figure.name]
            _write(f"{_line(figure, goal)} [{took:.0f} s, {taken:.0%} of the processor taken by others]")
            ok = goal.holds(figure.value)
            result[figure.name] = {"value": round(figure.value, 4), "goal": str(goal), "ok": ok}
    return result


def _stolen() -> float:
    """Seconds that this computer's processors worked for other computers on the same machine, as far as it is told."""
    return float(getattr(psutil.cpu_times(), "steal", 0.0))


async def _measured(row: Row, scale: Scale) -> list[Figure]:
    async with asyncio.timeout(900):
        return list(await row.measure(scale))


if __name__ == "__main__":
    _write(json.dumps(_run(_options()), ensure_ascii=False))
