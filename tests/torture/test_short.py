"""Every promise in small, and its control, which must fail: otherwise the trial would prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.torture.promise import SHORT, CannotRunError, Promise
from tests.torture.promises import PROMISES

each = pytest.mark.parametrize("promise", PROMISES, ids=[promise.name for promise in PROMISES])


@pytest.fixture
def folder(promise: Promise, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Where a trial may do as it likes, with a database on the server where it wants one."""
    if not promise.on_postgres:
        yield tmp_path
        return
    server: Server = request.getfixturevalue("postgres_server")
    address = server.fresh()
    (tmp_path / "database.url").write_text(address)
    yield tmp_path
    server.drop(address)


@each
async def test_the_promise_holds(promise: Promise, folder: Path) -> None:
    """What is promised is reached, in small."""
    try:
        figure = await promise.trial(folder, SHORT)
    except CannotRunError as error:
        pytest.skip(str(error))
    assert figure.holds, figure.text


@each
async def test_without_its_guard_it_is_broken(promise: Promise, folder: Path) -> None:
    """The same trial notices when the guard is taken away."""
    try:
        figure = await promise.control(folder, SHORT)
    except CannotRunError as error:
        pytest.skip(str(error))
    assert not figure.holds, figure.text
