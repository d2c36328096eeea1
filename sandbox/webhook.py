"""Pushes updates to the bot's webhook, as Telegram does.

In: the mailbox. Out: POST requests with the secret in a header. Updates of one chat go one after the other; another
chat does not wait for them. An answer that is not 2xx is tried again after 1, 2, 4 … 60 seconds of the sandbox's
clock, until the update expires or the webhook is changed.
"""

from __future__ import annotations

import asyncio

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.clock import Clock
from sandbox.mailbox import Mailbox, Waiting, Webhook

LONGEST_DELAY = 60.0
ANSWER_WITHIN = ClientTimeout(total=60)


class Pusher:
    """One background task for one mailbox."""

    def __init__(self, mailbox: Mailbox, clock: Clock) -> None:
        self.mailbox = mailbox
        self.clock = clock
        self._lanes: dict[tuple[int, int], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Push until cancelled."""
        async with ClientSession(timeout=ANSWER_WITHIN) as session:
            try:
                await self._watch(session)
            finally:
                lanes = list(self._lanes.values())
                for lane in lanes:
                    lane.cancel()
                await asyncio.gather(*lanes, return_exceptions=True)

    async def _watch(self, session: ClientSession) -> None:
        room = asyncio.Semaphore(1)
        known: Webhook | None = None
        while True:
            webhook = self.mailbox.webhook
            if webhook is not None:
                if webhook is not known:
                    known, room = webhook, asyncio.Semaphore(webhook.max_connections)
                for chat_id in {one.chat_id for one in self.mailbox.waiting()}:
                    key = (id(webhook), chat_id)
                    if key not in self._lanes:
                        lane = asyncio.create_task(self._lane(session, webhook, room, chat_id))
                        self._lanes[key] = lane
                        lane.add_done_callback(lambda _, key=key: self._lanes.pop(key, None))  # type: ignore[misc]
            await self.mailbox.bell.heard()

    async def _lane(self, session: ClientSession, webhook: Webhook, room: asyncio.Semaphore, chat_id: int) -> None:
        delay = 1.0
        while self.mailbox.webhook is webhook:
            one = next((one for one in self.mailbox.waiting() if one.chat_id == chat_id), None)
            if one is None:
                return
            async with room:
                refused = await self._push(session, webhook, one)
            if not refused:
                self.mailbox.remove(one.update_id)
                delay = 1.0
                continue
            webhook.last_error_date = self.clock.unix()
            webhook.last_error_message = refused
            await self.clock.wait_until(self.clock.seconds() + delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _push(self, session: ClientSession, webhook: Webhook, one: Waiting) -> str:
        """Why it was not taken; empty when it was."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=one.body, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except ClientError:
            return "Connection refused"
