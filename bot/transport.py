"""HTTP to one Bot API server, on aiohttp: an address and a body in, a status and a body out.

Raises `trouble.NotSent` when the request never left (refused, no route, no connection in time): sending again is safe;
and `trouble.Unanswered` when it left and no answer came (timeout, dropped connection): nobody knows whether it was
done. No error text ever holds the address, which contains the token.
"""

from __future__ import annotations

from typing import Final

import aiohttp

from bot import trouble

READ_TIMEOUT: Final = 30.0
CONNECT_TIMEOUT: Final = 10.0


class Transport:
    """One aiohttp session for everything the bot asks. `read_timeout` is seconds without a byte of an answer."""

    def __init__(self, connections: int = 40, read_timeout: float = READ_TIMEOUT) -> None:
        self._connections = connections
        self.read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=50),
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(
        self,
        url: str,
        method: str,
        body: aiohttp.FormData | aiohttp.BytesPayload | None = None,
        read_timeout: float | None = None,
    ) -> tuple[int, bytes]:
        """POST or GET and return status and body; `read_timeout` is our own when None."""
        if self._session is None:
            raise trouble.NotSent("the session is not open")
        wait = self.read_timeout if read_timeout is None else read_timeout
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=wait, connect=60)
        try:
            async with self._session.request(method, url, data=body, timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise trouble.NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise trouble.Unanswered(type(error).__name__) from None
