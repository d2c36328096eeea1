"""One call of a Bot API method: names and values in, the raw JSON result out.

It stands on python-telegram-bot's request layer and raises that library's errors, but builds no objects of the library:
parsing replies that nobody reads was 30 to 45 % of an update's CPU. No error text ever quotes an address or a page that
a server sent, so the token cannot get into a log.

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

from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # what RequestData is made of; it has no public name

from bot.telegram_http import AiohttpRequest, Unanswered

File = tuple[str, bytes]
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


class Api:
    """The bot's way to one Bot API server. `base_url` is without a slash at its end."""

    def __init__(self, token: str, base_url: str, request: AiohttpRequest | None = None) -> None:
        self._token = token
        self._methods = f"{base_url.rstrip('/')}/bot{token}/"
        self._files = f"{base_url.rstrip('/')}/file/bot{token}/"
        self._request = request or AiohttpRequest()

    async def open(self) -> None:
        await self._request.initialize()

    async def close(self) -> None:
        await self._request.shutdown()

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, File] | None = None,
        read_timeout: float | None = None,
    ) -> Any:
        """Call a method; returns its `result` as it came.

        `params` are texts, numbers, booleans or structures (sent as JSON); None is left out. `files` are parts of the
        form, (file name, content) by the name of a parameter or of what it calls `attach://…`. `read_timeout` is
        seconds, the request's own when None. Raises what the module's tree shows.
        """
        status, body = await self._request.do_request(
            self._methods + method, "POST", _form(params or {}, files or {}), read_timeout=read_timeout
        )
        if status != HTTPStatus.OK:
            raise self._refusal(status, body)
        try:
            return json.loads(body)["result"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Unanswered("an answer that cannot be read") from None

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody sent, at most 20 MiB (Bot API, getFile)."""
        found = await self.call("getFile", {"file_id": file_id})
        status, body = await self._request.do_request(self._files + str(found["file_path"]), "GET")
        if status == HTTPStatus.NOT_FOUND:
            raise BadRequest("the file is gone")
        if status != HTTPStatus.OK:
            raise self._refusal(status, body)
        return body

    def _refusal(self, status: int, body: bytes) -> TelegramError:
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        answer = answer if isinstance(answer, dict) else {}
        said = str(answer.get("description") or f"status {status}").replace(self._token, "…")
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


def _form(params: Mapping[str, Any], files: Mapping[str, File]) -> RequestData:
    fields = [RequestParameter(name, value, None) for name, value in params.items() if value is not None]
    for name, (filename, content) in files.items():
        fields.append(RequestParameter(name, None, [InputFile(content, filename)]))
    return RequestData(fields)
