"""A running shop for each journey, once on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.floor import Floor, open_floor


@pytest.fixture(params=["sqlite", "postgres"], autouse=True)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every journey is made on both: a shop opened in this folder finds the address of its books there."""
    if request.param == "postgres":
        (tmp_path / "database.url").write_text(request.getfixturevalue("postgres_url"))
    return str(request.param)


@pytest_asyncio.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    """Sandbox, bot, books; two buyers and the owner."""
    async with open_floor(tmp_path) as opened:
        yield opened
