"""The names of `bot.refusals`, loaded when one of them is first looked at: `except trouble.InvalidToken:`.

python-telegram-bot takes a fifth of a second to load, and while nothing goes wrong and no file is sent nothing of it is
needed. A running bot loads it after its first answers, in a thread (`load`), so that nobody waits for it later.
"""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram.error import (
        BadRequest,
        ChatMigrated,
        Conflict,
        EndPointNotFound,
        Forbidden,
        InvalidToken,
        NetworkError,
        TelegramError,
        TimedOut,
    )

    from bot.refusals import NotSent, ToldToWait, Unanswered, refusal
else:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(name)
        from bot import refusals

        globals().update({known: getattr(refusals, known) for known in __all__})
        return globals()[name]


async def load() -> None:
    """Have the library at hand, for errors and for files; nobody waits meanwhile."""
    await asyncio.to_thread(importlib.import_module, "bot.telegram_http")


__all__ = [
    "BadRequest",
    "ChatMigrated",
    "Conflict",
    "EndPointNotFound",
    "Forbidden",
    "InvalidToken",
    "NetworkError",
    "NotSent",
    "TelegramError",
    "TimedOut",
    "ToldToWait",
    "Unanswered",
    "refusal",
]
