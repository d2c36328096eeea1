"""A running shop for each journey."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.journeys.floor import Floor, open_floor


@pytest_asyncio.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    """Sandbox, bot, books; two buyers and the owner."""
    async with open_floor(tmp_path) as opened:
        yield opened
