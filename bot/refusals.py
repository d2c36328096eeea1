"""What can go wrong with a call of the Bot API: python-telegram-bot's errors and three of ours among them.

In: a status and a body. Out: an error. No error text ever quotes an address or a page that a server sent, so the token
cannot get into a log. Loaded when the first thing goes wrong; until then `bot.trouble` stands for it.

TelegramError
├── ToldToWait        429: nothing may leave for so many seconds (a RetryAfter)
├── ChatMigrated      the group is a supergroup now; `new_chat_id`
├── Forbidden         403: blocked, kicked, never started
├── InvalidToken      401, 404 without a method's name: the token is wrong or revoked
├── EndPointNotFound  404: this server has no such method
├── Conflict          409: somebody else fetches the updates
└── NetworkError
    ├── BadRequest    400, 413 and what else is refused for good
    ├── NotSent       the request never left: again is safe
    └── TimedOut
        └── Unanswered  it left; no answer, or one that says nothing (5xx): nobody knows whether it was done
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

_WAIT_UNTOLD: Final = 5.0


class ToldToWait(RetryAfter):
    """429: nothing may leave for `seconds`."""

    def __init__(self, seconds: float) -> None:
        # The library's own __init__ warns of a type that is to change; this class has the type it changes to.
        self.seconds = seconds
        self._retry_after = timedelta(seconds=seconds)
        TelegramError.__init__(self, f"told to wait {seconds:g} seconds")

    @property
    def retry_after(self) -> timedelta:
        return self._retry_after


class NotSent(NetworkError):
    """The request did not leave this machine."""


class Unanswered(TimedOut):
    """The request left; whether it was done is not known."""


def refusal(status: int, body: bytes, token: str) -> TelegramError:
    """What an answer that is not 200 means."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    answer = answer if isinstance(answer, dict) else {}
    said = str(answer.get("description") or f"status {status}").replace(token, "…")
    parameters = answer.get("parameters")
    return _error(status, said, parameters if isinstance(parameters, dict) else {})


def _error(status: int, said: str, parameters: Mapping[str, Any]) -> TelegramError:
    if isinstance(moved_to := parameters.get("migrate_to_chat_id"), int):
        return ChatMigrated(moved_to)
    match status:
        case 429:
            wait = parameters.get("retry_after")
            return ToldToWait(float(wait) if isinstance(wait, int | float) else _WAIT_UNTOLD)
        case 403:
            return Forbidden(said)
        case 404 if "method" in said:
            return EndPointNotFound(said)
        case 401 | 404:
            return InvalidToken(said)
        case 409:
            return Conflict(said)
        case _ if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unanswered(said)
    return BadRequest(said)
