"""Promise: hundreds who come at once when a payday batch opens are all answered, and exactly the quota is sold.

The seller plans the opening through /open; at its second everybody reads the announcement, follows its link and makes a
whole order, screen by screen, pressing what there is to press. In: so many buyers and slots. The control's bot reads
how many are left and then writes. On PostgreSQL two bots work whose database answers in any order, and nobody may hear
anything twice; that control lines up again what left meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from sandbox.scenes import CHANNEL
from tests.journeys.floor import environment
from tests.torture.crowd import GaveUpError, Human, Town, labels, open_town, text_of
from tests.torture.lives import open_lives
from tests.torture.promise import Figure, Promise, Scale, judged
from tests.torture.year_ledger import WIB
from tests.torture.year_people import ENDS, SOLD_OUT, Seller, answer_to, side_by_side

End = Literal["has an order", "stands in line", "was told"]
PLANNED: Final = datetime(2026, 12, 1, 9, tzinfo=WIB)
OPENS: Final = datetime(2026, 12, 23, 10, tzinfo=WIB)
CLOSES: Final = datetime(2026, 12, 28, 21, tzinfo=WIB)
WITHIN: Final = 240.0
ORDERED: Final = "Sudah masuk sebagai PO-"
TITLE: Final = "PO Gajian"


async def open_at_payday(
    folder: Path, scale: Scale, bot: str = "sound", *, unchecked: bool = False, bots: int = 1
) -> Figure:
    """The trial."""
    buyers, slots = scale.payday
    async with open_town(folder) as town:
        crowd = town.people(buyers, first=1_000_000)
        changes = {"CLOCK_URL": f"{town.address}/sandbox/clock"}
        town.box.clock.set(PLANNED)
        environ = environment(town.address, folder, **changes)
        async with AsyncExitStack() as stack:
            opening = (open_lives(folder, environ, bot, unchecked=unchecked) for _ in range(bots))
            all_lives = await asyncio.gather(*(stack.enter_async_context(one) for one in opening))
            for lives in all_lives:
                await lives.begin()
            await side_by_side(_start(buyer) for buyer in crowd)
            payday = (("Gajian berikutnya", "jam berapa"), ("10.00", "Dibuka: Rabu, 23 Desember 2026"))
            await Seller(town).plan(TITLE, slots, payday, CLOSES)
            town.box.clock.set(OPENS)
            began = time.monotonic()
            ends = Counter(await side_by_side((_come(town, buyer) for buyer in crowd), at_once=buyers))
            seconds = time.monotonic() - began
            rests = await town.settled(within=WITHIN)
            for lives in all_lives:
                await lives.end()
        return _count(town, crowd, ends, slots, rests, seconds)


async def _start(buyer: Human) -> None:
    buyer.say("/start")
    await buyer.sees("selamat datang", within=WITHIN)


async def _come(town: Town, buyer: Human) -> End | None:
    """From the announcement to an order, a place in line or a kind word; None without an answer."""
    try:
        await buyer.sees(f"📣 {TITLE} dibuka", within=WITHIN)
        return await _order(town, buyer)
    except GaveUpError:
        return None


async def _order(town: Town, buyer: Human) -> End:
    screen = await buyer.answers([*buyer.shown()][-1], f"/start {_link(town)}", WITHIN)
    while True:
        text = text_of(screen)
        if any(end in text for end in (*ENDS, ORDERED)):
            return "has an order" if "PO-" in text else "stands in line"
        in_line = next((label for label in labels(screen) if "Antre" in label), None)
        if not in_line and any(word in text for word in SOLD_OUT):
            return "was told"
        words = in_line or answer_to(text)
        if not words:
            raise GaveUpError(f"{buyer.person.first_name} does not know what to say to {text!r}")
        screen = await buyer.answers(screen, words, WITHIN)


def _link(town: Town) -> str:
    """The link under the post in the channel."""
    post = next(m for m in town.box.world.chats[CHANNEL].messages.values() if TITLE in text_of(m))
    url = str(post.body["reply_markup"]["inline_keyboard"][0][0]["url"])
    return url.partition("?start=")[2]


def _count(
    town: Town, crowd: list[Human], ends: Counter[End | None], slots: int, rests: bool, seconds: float
) -> Figure:
    misheard = town.misheard(crowd)
    sold = town.books.value("SELECT COALESCE(SUM(quantity), 0) FROM lines")
    opened = datetime.fromisoformat(town.books.value("SELECT opens_at FROM batches"))
    faults = [] if rests else ["it does not come to rest"]
    faults += [f"it opened at {opened}"] if abs(opened - OPENS) > timedelta(seconds=1) else []
    faults += [f"{sold} sold of {slots}"] if sold != slots else []
    faults += [f"{ends['has an order']} were told that they have one"] if ends["has an order"] != slots else []
    faults += [f"{ends[None]} got no answer"] if ends[None] else []
    faults += [f"{misheard} were told something twice or not at all"] if misheard else []
    faults += town.unbalanced()
    text = (
        f"{len(crowd)} buyers from the announcement to the end in {seconds:.0f} s: {sold} of {slots} slots sold, "
        f"{ends['stands in line']} in line, {ends['was told']} told that it is full, {ends[None]} without answer, "
        f"{misheard} heard anything twice"
    )
    return judged(faults, text)


async def _control(folder: Path, scale: Scale) -> Figure:
    small = Scale(payday=(60, 20), seed=scale.seed)
    return await open_at_payday(folder, small, "reading then writing", unchecked=True)


async def _by_two(folder: Path, scale: Scale) -> Figure:
    return await open_at_payday(folder, scale, "answered in any order", bots=2)


async def _control_by_two(folder: Path, scale: Scale) -> Figure:
    small = Scale(payday=(60, 20), seed=scale.seed)
    return await open_at_payday(folder, small, "lining up anew", bots=2)


PAYDAY = Promise(
    "payday",
    "a rush at a payday opening, from announcement to order: exactly the quota is sold and everybody answered",
    open_at_payday,
    "the conditional UPDATE that takes slots (read first, then written), and the CHECK behind it",
    _control,
)

PAYDAY_ON_POSTGRES = Promise(
    "payday-postgres",
    "the same with two bots on one PostgreSQL that answers them in any order: everybody hears everything once",
    _by_two,
    "the look at who left while a mark was written",
    _control_by_two,
    on_postgres=True,
)
