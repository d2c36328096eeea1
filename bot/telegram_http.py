"""python-telegram-bot's HTTP layer on aiohttp: a third of the CPU of its default client, and it says what is ambiguous.

In: the library's own form of a request, also with files. Out: status and body. What `bot.transport` raises goes
through. Loaded when the first file is sent (`bot.trouble`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from telegram import InputFile
from telegram._utils.types import ODVInput  # the type of BaseRequest's timeouts; it has no public name
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter  # what RequestData is made of; it has no public name

from bot import refusals  # noqa: F401 - loaded together, so that an error costs nobody a wait
from bot.transport import READ_TIMEOUT, Transport


class AiohttpRequest(BaseRequest):
    """The library's requests over a transport of ours, an own one when None is given."""

    def __init__(self, transport: Transport | None = None, read_timeout: float = READ_TIMEOUT) -> None:
        self._transport = transport or Transport(read_timeout=read_timeout)

    @property
    def read_timeout(self) -> float | None:
        return self._transport.read_timeout

    async def initialize(self) -> None:
        await self._transport.open()

    async def shutdown(self) -> None:
        await self._transport.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the signature is BaseRequest's
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """POST or GET and return status and body. Raises `NotSent` or `Unanswered`."""
        wait = read_timeout if isinstance(read_timeout, int | float) else None
        return await self._transport.send(url, method, _body(request_data), wait)


def with_files(params: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]) -> RequestData:
    """Values and (file name, content), by the name of a parameter or of what it calls `attach://…`."""
    fields = [RequestParameter(name, value, None) for name, value in params.items() if value is not None]
    for name, (filename, content) in files.items():
        fields.append(RequestParameter(name, None, [InputFile(content, filename)]))
    return RequestData(fields)


def _body(request_data: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        # Letters outside ASCII and every bracket of a keyboard would be three characters each in a form.
        body = json.dumps(request_data.parameters, separators=(",", ":")).encode()
        return aiohttp.BytesPayload(body, content_type="application/json")
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
