"""Promise: what falls due is done exactly once and at most five seconds late, whatever clock and process do.

Held orders with a reminder and an end each, spread over three days that pass in jumps, forwards and back, while the bot
is killed. A second bot on the same file is refused each time; on PostgreSQL two work together and die in turn. The
control claims first and acts in another transaction.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from preorder.address import Address
from preorder.batch import BatchId
from preorder.order import Line, PersonId
from storage import batches, orders, people, schedule
from storage.database import Tx
from storage.databases import database_at, sqlite_path
from tests.journeys.floor import environment
from tests.torture.crowd import Human, Town, open_town, put_open_batch
from tests.torture.lives import Lives, open_lives
from tests.torture.mortal import KINDS, Death
from tests.torture.promise import Figure, Promise, Scale, judged

DAYS = 3
LONGEST_LAG = 5.0
HOME = Address(recipient="Rina Wulandari", phone="+6281234567890", street="Jl. Melati No. 5, Sukajadi, Bandung 40162")


@dataclass
class Seen:
    """What was measured on the way."""

    longest_lag: float = 0.0
    kills: int = 0
    jumps: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


async def keep_time(
    folder: Path, scale: Scale, bot: str = "sound", killed_at: str = KINDS["something due is done"]
) -> Figure:
    """The trial."""
    async with open_town(folder) as town:
        buyers = town.people(scale.moments // 2, first=1_000_000)
        await put_open_batch(town, len(buyers), hours=24 * 30)
        await _hold_orders(town, buyers, random.Random(scale.seed))
        changes = {"CLOSE_REMINDERS": "", "CLOCK_URL": f"{town.address}/sandbox/clock"}
        environ = environment(town.address, folder, **changes)
        seen = Seen()
        async with open_lives(folder, environ, bot) as lives, open_lives(folder, environ, bot) as second:
            if sqlite_path(town.url) is None:
                await _pass_the_days_by_two(town, (lives, second), scale, seen, killed_at)
            else:
                await _pass_the_days(town, lives, second, scale, seen, killed_at)
            # The last life may have its death still before it, and what was written before a jump back is dated ahead.
            await lives.end()
            await second.end()
            town.box.clock.advance(timedelta(days=1).total_seconds())
            await lives.begin()
            await town.settled(within=60)
            await lives.end()
        return _count(town, buyers, seen)


async def _pass_the_days(town: Town, lives: Lives, second: Lives, scale: Scale, seen: Seen, killed_at: str) -> None:
    chance = random.Random(scale.seed)
    end = town.box.clock.now() + timedelta(days=DAYS, hours=2)
    hours = max(0.5, 24 * DAYS / max(9, scale.moments / 10))
    await lives.begin()
    while town.box.clock.now() < end:
        if chance.random() < 0.4:
            await lives.kill()
            seen.kills += 1
        jump = timedelta(hours=chance.uniform(0.1, 2 * hours))
        town.box.clock.advance((-jump if chance.random() < 0.1 else jump).total_seconds())
        seen.jumps += 1
        if chance.random() < 0.5:
            # A life with a death built in needs a beginning.
            await lives.end()
            await lives.begin(Death(chance.choice(("before", "after")), killed_at, chance.randint(1, 3)))
            if await lives.over(0.8):
                seen.kills += 1
        if not lives.is_alive:
            await lives.begin()
        if seen.jumps % 10 == 1:
            await _try_a_second(lives, second, seen)
        seen.longest_lag = max(seen.longest_lag, await _lag(town, lives, seen))


async def _pass_the_days_by_two(
    town: Town, crew: tuple[Lives, Lives], scale: Scale, seen: Seen, killed_at: str
) -> None:
    """Two bots on one server: at each jump one of them may die, at random or at its work, and comes back later."""
    chance = random.Random(scale.seed)
    end = town.box.clock.now() + timedelta(days=DAYS, hours=2)
    hours = max(0.5, 24 * DAYS / max(9, scale.moments / 10))
    while town.box.clock.now() < end:
        for lives in crew:
            if not lives.is_alive:
                await lives.begin()
        one = chance.choice(crew)
        if chance.random() < 0.4:
            await one.kill()
            seen.kills += 1
        jump = timedelta(hours=chance.uniform(0.1, 2 * hours))
        town.box.clock.advance((-jump if chance.random() < 0.1 else jump).total_seconds())
        seen.jumps += 1
        if chance.random() < 0.5:
            # The other one may die in the middle of what is due, so that the first has to take over.
            other = crew[0] if one is crew[1] else crew[1]
            await other.end()
            await other.begin(Death(chance.choice(("before", "after")), killed_at, chance.randint(1, 3)))
        seen.longest_lag = max(seen.longest_lag, await _lag_of_two(town, crew, seen))


async def _lag_of_two(town: Town, crew: tuple[Lives, Lives], seen: Seen) -> float:
    """The same as `_lag`: counted anew only when both were dead, for then there was nobody to be late."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while _waiting(town) and loop.time() < began + 2 * LONGEST_LAG:
        for lives in crew:
            if lives.is_alive and await lives.over(0.02):
                seen.kills += 1
        if not any(lives.is_alive for lives in crew):
            await crew[0].begin()
            began = loop.time()
    return loop.time() - began


async def _try_a_second(lives: Lives, second: Lives, seen: Seen) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + 40
    await second.begin()
    while not await second.over(0.1):
        if await lives.over(0.01):
            # The first had died meanwhile, so that the place was free: once more.
            seen.kills += 1
            await second.kill()
            await lives.begin()
            await second.begin()
        elif loop.time() > deadline:
            await second.kill()
            seen.wrong.append("a second bot works on the same file")
            return
    seen.refused += 1


async def _lag(town: Town, lives: Lives, seen: Seen) -> float:
    """Real seconds until nothing that is due waits any more, counted anew for a bot that dies meanwhile."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while _waiting(town) and loop.time() < began + 2 * LONGEST_LAG:
        if await lives.over(0.02):
            seen.kills += 1
            await lives.begin()
            began = loop.time()
    return loop.time() - began


def _waiting(town: Town) -> int:
    now = town.box.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    count: int = town.books.value("SELECT COUNT(*) FROM due WHERE state = 'waiting' AND due_at <= ?", now)
    return count


def _count(town: Town, buyers: list[Human], seen: Seen) -> Figure:
    rows = town.books.rows("SELECT kind, subject, state, done_at FROM due WHERE kind LIKE 'hold_%'")
    state = {(row["kind"], row["subject"]): row["state"] for row in rows}
    done_at = {(row["kind"], row["subject"]): row["done_at"] for row in rows}
    held = town.books.rows("SELECT id, person_id, hold_until FROM orders")
    told = Counter(
        {row[0]: row[1] for row in town.books.rows("SELECT chat_id, COUNT(*) FROM outbox WHERE chat_id > 0 GROUP BY 1")}
    )
    wrong = list(seen.wrong)
    not_once = 0
    for order_id, person_id, hold_until in held:
        is_done = state["hold_expiry", order_id] == "done"
        reminder = ("hold_reminder", order_id)
        # One that is looked at after the hold has ended reminds of nothing.
        is_reminded = state[reminder] == "done" and done_at[reminder] < hold_until
        not_once += not is_done or told[person_id] != 1 + is_reminded
    wrong += [f"{not_once} not done exactly once"] if not_once else []
    endless = town.books.value("SELECT COUNT(*) FROM orders WHERE state = 'held'")
    wrong += [f"{endless} holds never ended"] if endless else []
    wrong += town.unbalanced()
    if seen.longest_lag > LONGEST_LAG:
        wrong.append(f"{seen.longest_lag:.1f} s late")
    skipped = sum(one == "skipped" for one in state.values())
    return judged(
        wrong,
        f"{len(state)} moments, {seen.jumps} jumps, {seen.kills} kills, {seen.refused} second bots refused: "
        f"{not_once} not exactly once, {skipped} reminders too late and skipped, {seen.longest_lag:.1f} s late at most",
    )


async def _hold_orders(town: Town, buyers: list[Human], chance: random.Random) -> None:
    ends = [timedelta(minutes=chance.randint(90, 24 * 60 * DAYS)) for _ in buyers]
    database = database_at(town.url)
    await database.open()
    try:
        await database.run(partial(_place_all, buyers=buyers, ends=ends, now=town.box.clock.now()))
    finally:
        await database.close()


def _place_all(tx: Tx, buyers: list[Human], ends: list[timedelta], now: datetime) -> None:
    (batch,) = batches.in_states(tx, ("open",))
    offer = batch.offers[-1]
    for buyer, end in zip(buyers, ends, strict=True):
        person_id = PersonId(buyer.person.id)
        people.meet(tx, person_id, buyer.person.first_name, "", "id", now)
        line = Line(offer.variant_id, offer.product, offer.variant, offer.price, 1, "")
        order = orders.place(tx, batch, person_id, f"held{person_id}", (line,), HOME, now)
        orders.extend_hold(tx, order.id, now + end)
        schedule.plan(tx, "hold_expiry", order.id, now + end)
        schedule.plan(tx, "hold_reminder", order.id, now + end - timedelta(hours=1))
    schedule.plan(tx, "close_batch", BatchId(batch.id), batch.closes_at)


async def _control(folder: Path, scale: Scale) -> Figure:
    return await keep_time(
        folder, Scale(moments=min(80, scale.moments), seed=scale.seed), "claiming first", "_claim_all"
    )


SCHEDULE = Promise(
    "schedule",
    "each due moment exactly once, at most 5 s late, across kills and clock jumps; a second bot is refused",
    keep_time,
    "claiming what is due in the transaction that does it",
    _control,
)

SCHEDULE_ON_POSTGRES = Promise(
    "schedule-postgres",
    "the same with two bots on one PostgreSQL: when one dies the other does what is due",
    keep_time,
    "claiming what is due in the transaction that does it",
    _control,
    on_postgres=True,
)
