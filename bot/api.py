"""One call of a Bot API method: names and values in, the raw JSON result out; errors are those of `bot.refusals`.

It builds no objects of python-telegram-bot's: parsing replies that nobody reads was 30 to 45 % of an update's CPU. Only
files go through the library's request layer, which is loaded with the first of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp

from bot import trouble
from bot.transport import Transport

File = tuple[str, bytes]


class Api:
    """The bot's way to one Bot API server. `base_url` is without a slash at its end."""

    def __init__(self, token: str, base_url: str, transport: Transport | None = None) -> None:
        self._token = token
        self._methods = f"{base_url.rstrip('/')}/bot{token}/"
        self._files = f"{base_url.rstrip('/')}/file/bot{token}/"
        self._transport = transport or Transport()

    async def open(self) -> None:
        await self._transport.open()

    async def close(self) -> None:
        await self._transport.close()

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
        seconds, the transport's own when None. Raises what the tree of `bot.refusals` shows.
        """
        url = self._methods + method
        if files:
            status, body = await self._upload(url, params or {}, files, read_timeout)
        else:
            status, body = await self._transport.send(url, "POST", _json(params or {}), read_timeout)
        if status != HTTPStatus.OK:
            raise trouble.refusal(status, body, self._token)
        try:
            return json.loads(body)["result"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise trouble.Unanswered("an answer that cannot be read") from None

    async def _upload(
        self, url: str, params: Mapping[str, Any], files: Mapping[str, File], read_timeout: float | None
    ) -> tuple[int, bytes]:
        await trouble.load()
        from bot.telegram_http import AiohttpRequest, with_files

        request = AiohttpRequest(self._transport)
        return await request.do_request(url, "POST", with_files(params, files), read_timeout=read_timeout)

    async def download(self, file_id: str, largest: int) -> bytes:
        """The content of a file that somebody sent, at most `largest` bytes and 20 MiB (Bot API, getFile). Raises
        `BadRequest` when there is no such file, or none so small."""
        found = await self.call("getFile", {"file_id": file_id})
        # A message may leave the size out, and a Bot API server of one's own gives files of 2 GB.
        if int(found.get("file_size") or 0) > largest:
            raise trouble.BadRequest("the file is too large")
        status, body = await self._transport.send(self._files + str(found["file_path"]), "GET")
        if status == HTTPStatus.NOT_FOUND:
            raise trouble.BadRequest("the file is gone")
        if status != HTTPStatus.OK:
            raise trouble.refusal(status, body, self._token)
        return body


def _json(params: Mapping[str, Any]) -> aiohttp.BytesPayload:
    # Letters outside ASCII and every bracket of a keyboard would be three characters each in a form.
    body = json.dumps({name: value for name, value in params.items() if value is not None}, separators=(",", ":"))
    return aiohttp.BytesPayload(body.encode(), content_type="application/json")
