"""What stands between Telegram and several bots: each request goes to the next one that answers.

In: the ports of the bots. Out: an address for `BUKAPO_WEBHOOK_URL`, and how many updates each has taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientError, ClientSession, web


class Balancer:
    """Round robin; a bot that does not answer is passed over, and when none does Telegram has to come again."""

    def __init__(self, ports: list[int], session: ClientSession) -> None:
        self.ports = ports
        self.taken: Counter[int] = Counter()
        self._session = session
        self._turn = 0

    async def pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in self.ports:
            port = self.ports[self._turn % len(self.ports)]
            self._turn += 1
            url = f"http://127.0.0.1:{port}{request.path}"
            try:
                async with self._session.post(url, data=body, headers=request.headers) as answer:
                    self.taken[port] += answer.status == 200
                    return web.Response(status=answer.status)
            except ClientError:
                continue
        return web.Response(status=502)


@asynccontextmanager
async def open_balancer(ports: list[int]) -> AsyncIterator[tuple[Balancer, str]]:
    """It, and its address."""
    async with ClientSession() as session:
        balancer = Balancer(ports, session)
        application = web.Application()
        application.router.add_post("/{path:.*}", balancer.pass_on)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            port = int(runner.addresses[0][1])
            yield balancer, f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()
