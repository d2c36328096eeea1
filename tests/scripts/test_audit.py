"""The audit of what is installed: it finds what differs, and is never content with having looked at nothing."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import pytest

from scripts.audit import LOCK, faults, main, pins

ENTRY = "aiosql==15.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via bukapo\n"


class Installed(Distribution):
    """A package that is installed, with what it needs."""

    def __init__(self, version: str, *requires: str) -> None:
        self._version = version
        self._requires = list(requires)

    @property
    def version(self) -> str:
        return self._version

    @property
    def requires(self) -> list[str]:
        return self._requires

    def read_text(self, filename: str) -> str | None:
        return None

    def locate_file(self, path: Any) -> Any:
        return Path(path)

    @property
    def metadata(self) -> Any:
        return Message()


RIGHT: Mapping[str, Distribution] = {"aiosql": Installed("15.0")}


def test_the_lock_of_this_project_is_read_whole() -> None:
    """Every package has a version and hashes; the ones we ask for are among them."""
    found = pins(LOCK.read_text(encoding="utf-8"))
    assert len(found) > 50
    assert all(pin.hashes for pin in found)
    assert {"aiohttp", "python-telegram-bot", "pydantic", "uvloop"} <= {pin.name for pin in found}


def test_what_is_as_locked_is_well() -> None:
    """Same version, nothing more, nothing missing."""
    assert faults(pins(ENTRY), RIGHT) == []


@pytest.mark.parametrize(
    ("lock", "installed", "said"),
    [
        (ENTRY, {}, "not installed"),
        (ENTRY, {"aiosql": Installed("14.9")}, "14.9 is installed"),
        (ENTRY, {**RIGHT, "leftpad": Installed("1")}, "leftpad: installed, not in the lock"),
        (ENTRY, {"aiosql": Installed("15.0", "yoyo>=9")}, "needs yoyo>=9"),
        ("aiosql==15.0\n", RIGHT, "no hash"),
    ],
)
def test_what_differs_is_named(lock: str, installed: Mapping[str, Distribution], said: str) -> None:
    """Missing, another version, not in the lock, a need that nobody meets, a package without hashes."""
    assert said in "\n".join(faults(pins(lock), installed))


def test_what_is_for_another_computer_or_an_extra_is_not_missed() -> None:
    """Markers are heeded."""
    other = pins(ENTRY + "pywin ==1".replace(" ", "") + " ; sys_platform == 'never' \\\n    --hash=sha256:cc\n")
    assert len(other) == 2
    assert faults(other, {"aiosql": Installed("15.0", "rich ; extra == 'docs'")}) == []


def test_an_audit_of_nothing_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty lock, or one in a form that is not read, is no reason for content."""
    empty = tmp_path / "requirements.lock"
    empty.write_text("# nothing\naiosql>=15\n", encoding="utf-8")
    assert main(["--installed-only"], empty) == 1
    assert "nothing was looked at" in capsys.readouterr().out
