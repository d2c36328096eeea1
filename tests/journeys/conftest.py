"""A running shop for each journey, once on each database.

Of a journey's variants (another step, another oddity, another word) all are made on SQLite and the first on PostgreSQL
as well: they differ in what people say, which both databases hear from the same code; what only a server can do
differently has its own tests (`tests/storage`, `test_workers`) and tortures.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys.floor import Floor, open_floor

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is a further variant on PostgreSQL of a journey that SQLite makes in full."""
    on_sqlite: set[object] = set()
    on_postgres: set[object] = set()
    further = []
    for item in items:
        if HERE not in item.path.parents or not isinstance(item, pytest.Function):
            continue
        match item.callspec.params.get("engine") if hasattr(item, "callspec") else None:
            case "sqlite":
                on_sqlite.add(item.function)
            case "postgres" if item.function in on_postgres:
                further.append(item)
            case "postgres":
                on_postgres.add(item.function)
    dropped = {item for item in further if item.function in on_sqlite}
    if dropped:
        items[:] = [item for item in items if item not in dropped]
        config.hook.pytest_deselected(items=list(dropped))


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
