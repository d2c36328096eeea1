"""The table of regions that comes with the bot (`regions.csv`), read once a process."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from preorder.regions import Regions

_FILE: Final = Path(__file__).parent / "regions.csv"
_lock: Final = Lock()
_loaded: Final[list[Regions]] = []


def at_hand() -> Regions | None:
    """The table if it was loaded before; takes no time."""
    return _loaded[0] if _loaded else None


def load() -> Regions:
    """The table; the first time takes a third of a second. Safe from several threads."""
    with _lock:
        if not _loaded:
            _loaded.append(Regions(_FILE.read_text(encoding="utf-8")))
        return _loaded[0]
