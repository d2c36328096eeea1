"""`bukapo migrate`: the newest form of the database, or a shop moved to another one.

In: addresses of databases. Out: what a person reads. It never shows a password.
"""

from __future__ import annotations

from contextlib import nullcontext

from storage.databases import shown, sqlite_path
from storage.migrate import migrate
from storage.moving import move
from storage.sqlite import lock_file


def bring_up(url: str) -> str:
    """Apply what is pending. Raises `AlreadyRunning`, `Unreachable`."""
    path = sqlite_path(url)
    with nullcontext() if path is None else lock_file(path):
        applied = migrate(url)
    return f"Applied: {', '.join(applied)}." if applied else "Nothing to do: the database is up to date."


def move_shop(source: str, target: str) -> str:
    """Move all books. Raises `CannotMove`, `AlreadyRunning`, `Unreachable`."""
    tallies = move(source, target)
    lines = [f"{tally.name:<28}{tally.source:>16,}{tally.target:>16,}  equal" for tally in tallies]
    return "\n".join(
        [
            f"{'counted':<28}{'there':>16}{'here':>16}",
            *lines,
            f"The shop has moved from {shown(source)} to {shown(target)}.",
            "Put the new address into BUKAPO_DATABASE_URL and start the bot. Keep the old database until you are sure.",
        ]
    )
