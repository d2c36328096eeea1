"""Buyers as light as they can be: they act, wait for one message, and press what it shows, over HTTP.

In: the sandbox's address. Out: the seconds between an act and the screen that answers it. Unlike the journeys' people
they look at no history, because their own CPU is spent beside the bot's on the same two cores.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from sandbox.scenes import SARI
from tests.screens import make_png

ADDRESS = "Nama: Rina Wulandari\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5 RT 02/RW 03, Sukajadi, Bandung 40162"
# What a buyer does, with what, and what is on the screen then: two lines, a wish, an address, a proof, a look.
ORDER = (
    ("say", "/start", "Sari Hijab"),
    ("press", "Pesan sekarang", "Mau pesan yang mana"),
    ("press", "Pashmina Ceruty", "Pilih variannya"),
    ("press", "Sage", "Mau berapa"),
    ("say", "2", "catatan"),
    ("say", "Bordir nama Aisyah", "Dikirim ke mana"),
    ("say", ADDRESS, "Cek dulu"),
    ("press", "Tambah item", "Di keranjang"),
    ("press", "Nastar Wisman", "Mau berapa"),
    ("press", "1", "catatan"),
    ("press", "Tanpa catatan", "Cek dulu"),
    ("press", "Konfirmasi pesanan", "sudah masuk"),
    ("photo", "", "sudah kami terima"),
    ("say", "/orders", "PO-"),
)
PATIENCE = 30.0
_ids = itertools.count(3_000_000)


class Buyer:
    """Somebody with a phone, who reads Indonesian."""

    def __init__(self, person_id: int, base: str, session: ClientSession) -> None:
        self.id = person_id
        self._base = base
        self._session = session
        self._screen: dict[str, Any] = {}

    async def act(self, kind: str, what: str, then: str) -> float:
        """Say, press or send, and wait until a newer message of the bot shows `then`; returns the seconds it took."""
        path, fields = self._request(kind, what)
        began = time.perf_counter()
        done = await post(self._session, f"{self._base}/sandbox/{path}", person=self.id, **fields)
        await self._sees(then, done["change"])
        return time.perf_counter() - began

    def _request(self, kind: str, what: str) -> tuple[str, dict[str, Any]]:
        match kind:
            case "press":
                return "press", {"message_id": self._screen["message_id"], "data": self._button(what)}
            case "photo":
                content = base64.b64encode(make_png(24, 24, seed=self.id)).decode()
                return "send", {"kind": "photo", "file": content}
            case _:
                return "say", {"text": what}

    def _button(self, label: str) -> str:
        for row in self._screen["reply_markup"]["inline_keyboard"]:
            for button in row:
                if label in button["text"]:
                    return str(button["callback_data"])
        raise AssertionError(f"there is no button {label}")

    async def _sees(self, needle: str, since: int) -> None:
        deadline = time.perf_counter() + PATIENCE
        after = since
        query = {"person": str(self.id), "wait": str(PATIENCE)}
        while time.perf_counter() < deadline:
            async with self._session.get(
                f"{self._base}/sandbox/messages", params={**query, "after_change": str(after)}
            ) as answer:
                seen = await answer.json()
            for message in reversed(seen["messages"]):
                if message["sandbox"]["by_bot"] and needle in (message.get("text") or message.get("caption") or ""):
                    self._screen = message
                    return
            after = seen["change"]
        raise AssertionError(f"buyer {self.id} waited {PATIENCE:g} s for {needle!r}")


async def post(session: ClientSession, url: str, **fields: Any) -> dict[str, Any]:
    """An action of the sandbox."""
    async with session.post(url, json=fields) as answer:
        result: dict[str, Any] = await answer.json()
        if answer.status != 200:
            raise AssertionError(f"{url}: {result}")
        return result


class Crowd:
    """Everybody at one sandbox."""

    def __init__(self, base: str, session: ClientSession) -> None:
        self.base = base
        self.session = session

    async def join(self, person_id: int = 0, started: bool = False) -> Buyer:
        """Somebody new."""
        person_id = person_id or next(_ids)
        fields = {"id": person_id, "first_name": f"Kak {person_id}", "language_code": "id", "started": started}
        await post(self.session, f"{self.base}/sandbox/people", **fields)
        return Buyer(person_id, self.base, self.session)

    async def order(self) -> list[float]:
        """A newcomer orders and pays; the seconds of each step."""
        buyer = await self.join()
        return [await buyer.act(*step) for step in ORDER]

    async def calls(self, after: int = 0) -> list[dict[str, Any]]:
        """What the bot asked for."""
        async with self.session.get(f"{self.base}/sandbox/calls", params={"after": str(after)}) as answer:
            found: list[dict[str, Any]] = (await answer.json())["calls"]
            return found


@asynccontextmanager
async def crowd(base: str) -> AsyncIterator[Crowd]:
    """A door for as many as come."""
    timeout = ClientTimeout(total=PATIENCE * 2)
    async with ClientSession(connector=TCPConnector(limit=0), timeout=timeout) as session:
        yield Crowd(base, session)


async def answered(a_crowd: Crowd, patience: float = PATIENCE) -> None:
    """Wait until the bot answers at all."""
    buyer = await a_crowd.join()
    await asyncio.wait_for(buyer.act("say", "/start", ""), patience)


async def seller_comes(a_crowd: Crowd) -> None:
    """From now on proofs reach the seller's phone."""
    await Buyer(SARI, a_crowd.base, a_crowd.session).act("say", "/start", "Sari Hijab")
