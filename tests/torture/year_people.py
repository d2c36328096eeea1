"""Who lives through the simulated year: buyers with habits, and a seller who plans, judges proofs and counts nothing.

In: a town and a link from an announcement. Out: what each did, as seen on the screens. They answer what is asked and
wait for the words that must come; whoever waits in vain raises `GaveUpError`.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final, Literal

from sandbox import membership
from sandbox.world import Message
from tests.journeys.floor import ADDRESS
from tests.torture.crowd import NASTAR, GaveUpError, Human, Town, comes_true, labels, text_of

Habit = Literal["pays", "vanishes", "cancels", "changes", "queues", "opts out", "blocks", "reads"]
# Of twenty buyers; the first of them hurry, so that slots come back where they are scarce.
HABITS: Final[tuple[Habit, ...]] = (
    *("vanishes", "vanishes", "cancels", "pays", "pays", "pays", "pays", "pays", "pays", "pays"),
    *("changes", "changes", "queues", "queues", "opts out", "opts out", "blocks", "reads", "reads", "reads"),
)
AT_ONCE: Final = 24
AT_A_TIME: Final = 8  # of one person: who writes faster is asked to slow down
ANSWERS: Final = (
    ("Mau pesan yang mana", NASTAR),
    ("Antre untuk", "1"),
    ("Mau berapa", "1"),
    ("Ada catatan", "Tanpa catatan"),
    ("Dikirim ke mana", ADDRESS),
    ("Cek dulu", "Konfirmasi pesanan"),
)
ENDS: Final = ("sudah masuk, Kak", "sudah masuk antrean", "sudah ditutup", "sedang tidak buka")
SOLD_OUT: Final = ("sudah habis", "baru saja habis", "Slotnya tinggal", "sudah penuh")


@dataclass
class Buyer:
    """Somebody with a habit. `hears`: they have started the bot and neither opted out nor blocked it."""

    human: Human
    habit: Habit
    hears: bool = False
    code: str = ""
    birthday: date | None = None

    @property
    def id(self) -> int:
        return self.human.person.id

    async def arrive(self) -> None:
        """Start the bot."""
        self.human.say("/start")
        await self.human.sees("selamat datang")
        self.hears = True

    async def tell_birthday(self, day: date) -> None:
        """Ask to be invited before it, as a day and month."""
        self.human.say("/birthday")
        await self._press("Undangan khusus", "Isi tanggal ulang tahun")
        await self.human.sees("tanggal berapa")
        self.human.say(f"{day.day}/{day.month}")
        await self.human.sees("Tersimpan")
        self.birthday = day

    async def order(self, link: str) -> bool:
        """From the announcement's link to an order, or to a place in line; True for an order."""
        screen = await self._say(f"/start {link}")
        for _ in range(12):
            text = text_of(screen)
            if any(end in text for end in ENDS):
                break
            if any(word in text for word in SOLD_OUT):
                if self.habit != "queues" or "Cek dulu" in text:
                    await self._say("/cancel")
                    return False
                screen = await self._say(next(b for b in labels(screen) if "Antre" in b))
                continue
            answer = answer_to(text)
            if answer is None:
                raise GaveUpError(f"{self.human.person.first_name} does not know what to say to {text!r}")
            screen = await self._say(answer)
        self.code = code_in(text_of(screen)) if "PO-" in text_of(screen) else ""
        return bool(self.code)

    async def _say(self, text: str) -> Message:
        """Say it, and read the newest of what comes."""
        self.human.say(text)
        await comes_true(lambda: next(self.human.shown(self.human.since), None) is not None, 60)
        newest = [*self.human.shown(self.human.since)]
        if not newest:
            raise GaveUpError(f"{self.human.person.first_name} gets no answer to {text!r}")
        return newest[-1]

    async def pay(self, seed: int) -> None:
        """A photo of the transfer."""
        self.human.send_photo(seed, self.code)
        await self.human.sees(self.code, "sudah kami terima")

    async def cancel(self) -> None:
        """Cancel the order."""
        self.human.say("/orders")
        await self._press(self.code, f"Batalkan {self.code}")
        await self._press("Yakin batalkan", f"Ya, batalkan {self.code}")
        await self.human.sees(self.code, "sudah dibatalkan")

    async def order_one_more(self) -> None:
        """Another quantity for the order's only line, where slots are left."""
        self.human.say("/orders")
        await self._press(self.code, f"Ubah {self.code}")
        await self.human.sees("Ubah", self.code, "Total")
        for said, asked in (("ubah", "Apa yang mau diubah"), ("1", "Apa yang mau diubah?"), ("jumlah", "Mau berapa")):
            self.human.say(said)
            await self.human.sees(asked)
        answer = text_of(await self._say("2"))
        if any(word in answer for word in SOLD_OUT):
            await self._say("/cancel")
            return
        self.human.say("simpan perubahan")
        await self.human.sees(self.code)

    async def look(self) -> None:
        """Take slots that are offered, while they are; every third one lets the time pass."""
        newest = [*self.human.shown()][-1]
        if "Ada slot untuk Kakak" not in text_of(newest) or self.id % 3 == 0:
            return
        self.human.since = newest.id
        self.human.press(newest, labels(newest)[0])
        await self.human.sees("Ada catatan")
        for said, asked in (("Tanpa catatan", "Dikirim ke mana"), (ADDRESS, "Cek dulu")):
            self.human.say(said)
            await self.human.sees(asked)
        self.human.say("Konfirmasi pesanan")
        self.code = code_in(text_of(await self.human.sees("sudah masuk, Kak")))
        await self.pay(newest.id)

    async def leave(self) -> None:
        """Opt out, or block the bot, as the habit has it."""
        if self.habit == "opts out":
            self.human.say("/stop")
            await self.human.sees("info PO kami hentikan")
            self.hears = False
        elif self.habit == "blocks":
            membership.block(self.human.world, self.human.person)
            self.hears = False

    async def _press(self, needle: str, label: str) -> None:
        message = await self.human.sees(needle)
        self.human.press(message, next(b for b in labels(message) if b.endswith(label)))


def code_in(text: str) -> str:
    """The first order code in a text."""
    return next(word.strip(".,!:") for word in text.split() if word.startswith("PO-"))


def answer_to(text: str) -> str | None:
    """What somebody who wants one piece answers to a question of the order."""
    return next((answer for question, answer in ANSWERS if question in text), None)


async def side_by_side(acts: Iterable[Coroutine[Any, Any, Any]], at_once: int = AT_ONCE) -> list[Any]:
    """All of them, a few at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(act: Coroutine[Any, Any, Any]) -> Any:
        async with gate:
            return await act

    return await asyncio.gather(*(one(act) for act in acts))


def _is_judged(card: Message) -> bool:
    return "diterima oleh" in text_of(card)


class Seller:
    """Sari, with her phone."""

    def __init__(self, town: Town) -> None:
        self.human = town.seller
        self._accepted: set[int] = set()
        self._closings = itertools.cycle((21, 8, 23, 12))

    async def accept_all(self) -> None:
        """Confirm every proof whose card has not been pressed, a few at a time as a thumb would."""
        cards = []
        for message in [*self.human.shown()]:
            label = next((b for b in labels(message) if "Terima PO-" in b), None)
            if label is not None and message.id not in self._accepted:
                cards.append((message, label))
        for at_once in (cards[n : n + AT_A_TIME] for n in range(0, len(cards), AT_A_TIME)):
            for message, label in at_once:
                self._accepted.add(message.id)
                self.human.press(message, label)
            for message, _ in at_once:
                if not await comes_true(partial(_is_judged, message), 60):
                    raise GaveUpError(f"the seller waits for {text_of(message)!r}")

    async def plan(self, title: str, quota: int, opening: tuple[tuple[str, str], ...], closes: datetime) -> None:
        """Through /open, with an opening from the calendar, and every third time with a gift and a minimum total."""
        is_generous = quota % 3 == 0
        await self._talk(
            ("/open", "Produk mana yang dibuka"),
            (NASTAR, f"✅ {NASTAR}"),
            ("selesai", "Apa judul"),
            (title, "Berapa slot"),
            (str(quota), "Paling sedikit"),
            ("1", "Paling banyak"),
            ("tanpa batas", "bayar berapa dulu"),
            ("dp 50%", "di-keep"),
            ("24 jam", "Kapan PO dibuka"),
            *opening,
            (f"{closes:%d/%m %H.%M}", "hari pembuatannya"),
            ("7", "di jalan"),
            ("3", "minimal total"),
            ("100rb" if is_generous else "lewati", "target penjualan"),
            ("lewati", "pemesan pertama"),
            ("3 pertama: gratis pita" if is_generous else "lewati", "Sudah pas"),
            ("konfirmasi", "dijadwalkan"),
        )

    async def repeat(self, opening: tuple[tuple[str, str], ...], closes: datetime) -> None:
        """An earlier batch once more, with new dates only."""
        await self._talk(
            ("/open", "Produk mana yang dibuka"),
            ("Ulangi PO sebelumnya", "Ulangi PO yang mana"),
            ("1", "Kapan PO dibuka"),
            *opening,
            (f"{closes:%d/%m %H.%M}", "Sudah pas"),
            ("konfirmasi", "dijadwalkan"),
        )

    def next_closing_hour(self) -> int:
        """Also such that what is due before falls into the night."""
        return next(self._closings)

    async def _talk(self, *lines: tuple[str, str]) -> None:
        for said, shown in lines:
            self.human.say(said)
            await self.human.sees(shown)
