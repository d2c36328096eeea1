"""The sandbox as a program, and as a package of its own."""

from __future__ import annotations

import ast
import asyncio
import re
import signal
import sys
from pathlib import Path

from aiohttp import ClientSession

ROOT = Path(__file__).parents[2]


async def test_it_says_where_it_listens_and_ends_when_told() -> None:
    """One line with the address, a shop with its people behind it, and a clean end on SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--scene", "shop", "--token", "42:x", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    found = re.fullmatch(r"Sandbox on (http://127\.0\.0\.1:\d+)\n", line)
    assert found, line
    async with ClientSession() as session:
        async with session.get(f"{found[1]}/sandbox/state") as answer:
            state = await answer.json()
        async with session.get(f"{found[1]}/bot42:x/getMe") as answer:
            assert (await answer.json())["result"]["id"] == 42
    assert [one["first_name"] for one in state["people"]] == ["Rina", "Budi", "Sari"]
    assert state["limits"]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0


def test_it_knows_nothing_of_the_bot() -> None:
    """No module of the sandbox imports another package of this project."""
    others = {"bot", "conversations", "storage", "messages", "preorder", "tests"}
    for path in (ROOT / "sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {name.split(".")[0] for name in names} & others, path
