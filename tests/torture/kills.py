"""Promise: killed anywhere, again and again, behind a line that fails, the bot loses nothing and doubles nothing.

Buyers order and pay, the seller confirms, one request in ten fails, and the bot is killed: at random instants, and at
each kind of commit just before it counts and just after. Then everything is counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import socket
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.journeys.floor import environment
from tests.torture.crowd import GaveUpError, Human, Town, accept_all, buy, comes_true, open_town, put_open_batch
from tests.torture.lives import Lives, open_lives
from tests.torture.mortal import KINDS, Death
from tests.torture.promise import Figure, Promise, Scale, judged

BUYERS = 6
# One request in ten, of every kind there is.
TROUBLE = (("429", 0.01), ("500", 0.025), ("drop_before", 0.025), ("drop_after", 0.02), ("hang_after", 0.02))
# What happens to buyers' orders has no broadcasts; those are killed in a trial of their own.
COMMITS = [kind for name, kind in KINDS.items() if "broadcast" not in name and "due" not in name]
LONGEST_LIFE = 2.5


@dataclass
class Tally:
    """What people did, by themselves."""

    ordered: Counter[int] = field(default_factory=Counter)
    gave_up: list[str] = field(default_factory=list)
    stopping: bool = False


async def shop(buyer: Human, tally: Tally, within: float) -> None:
    """Order and pay, again and again, until it is time to stop; then finish what was begun."""
    number = 0
    while not tally.stopping:
        number += 1
        try:
            await buy(buyer, seed=buyer.person.id * 1000 + number, quantity=1 + number % 3, within=within)
        except GaveUpError as error:
            tally.gave_up.append(str(error))
            return
        tally.ordered[buyer.person.id] += 1


async def kill_often(town: Town, lives: Lives, kills: int, seed: int) -> Counter[str]:
    """Live and die `kills` times; returns how often at which boundary."""
    chance = random.Random(seed)
    boundaries = [(side, kind) for kind in COMMITS for side in ("before", "after")]
    died: Counter[str] = Counter()
    plans = itertools.cycle([*boundaries, *([None] * len(boundaries))])
    while lives.deaths < kills:
        plan = next(plans)
        # Who pushes waits longer after each refusal: let that time pass.
        town.box.clock.advance(1.0 if town.box.world.mailbox.webhook else 0.0)
        if plan is None:
            await lives.begin()
            await asyncio.sleep(chance.uniform(0.0, 0.7))  # chance, not waiting: any length must do
            await lives.kill()
            died["at random"] += 1
            continue
        side, kind = plan
        death = Death("before" if side == "before" else "after", kind, chance.randint(1, 3))
        await lives.begin(death)
        if await lives.over(LONGEST_LIFE):
            died[f"{side} {kind}"] += 1
        else:
            await lives.kill()
            died["at random"] += 1
    return died


async def survive(
    folder: Path, scale: Scale, bot: str = "sound", within: float = 90.0, *, is_pushed: bool = False
) -> Figure:
    """The trial, with updates fetched or (`is_pushed`) by webhook."""
    async with open_town(folder) as town:
        await put_open_batch(town, 100_000)
        changes = {"CLOSE_REMINDERS": "", "CLOCK_URL": f"{town.address}/sandbox/clock"}
        environ = environment(town.address, folder, **changes, **(pushed() if is_pushed else {}))
        tally = Tally()
        async with open_lives(folder, environ, bot) as lives:
            people = [asyncio.create_task(shop(buyer, tally, within)) for buyer in town.people(BUYERS)]
            accepting = asyncio.create_task(accept_all(town.seller))
            town.trouble(*TROUBLE, seed=scale.seed)  # type: ignore[arg-type]  # the fault checks its kind
            died = await kill_often(town, lives, scale.kills, scale.seed)
            town.calm()
            await lives.begin()
            tally.stopping = True
            await asyncio.gather(*people)
            # A card may have come to the seller a moment ago: at rest is not yet judged.
            await comes_true(lambda: tally.gave_up != [] or not _unjudged(town), within)
            rests = await town.settled(within)
            accepting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await accepting
            await lives.end()
            deaths = lives.deaths - 1
        return _count(town, tally, died, deaths, rests)


def _unjudged(town: Town) -> int:
    count: int = town.books.value("SELECT COUNT(*) FROM payments WHERE state = 'claimed'")
    return count


def _count(town: Town, tally: Tally, died: Counter[str], deaths: int, rests: bool) -> Figure:
    lost = town.lost_updates()
    faults = list(tally.gave_up)
    faults += [] if rests else ["it does not come to rest"]
    faults += [f"{lost} updates lost"] if lost else []
    faults += town.unbalanced()
    booked = Counter(
        {row[0]: row[1] for row in town.books.rows("SELECT person_id, COUNT(*) FROM orders GROUP BY person_id")}
    )
    doubled = sum((booked - tally.ordered).values())
    faults += [f"{doubled} orders doubled"] if doubled and not tally.gave_up else []
    missing = sum((tally.ordered - booked).values())
    faults += [f"{missing} orders missing"] if missing else []
    payments = town.books.rows("SELECT state, COUNT(*) FROM payments GROUP BY state")
    expected = sum(tally.ordered.values())
    if not tally.gave_up and [tuple(row) for row in payments] != [("confirmed", expected)]:
        faults.append(f"payments {[tuple(row) for row in payments]} for {expected} proofs")
    faults += _wrong_sends(town, deaths)
    faults += [
        f"never killed {side} {kind}"
        for kind in COMMITS
        for side in ("before", "after")
        if deaths >= 30 and not died[f"{side} {kind}"]
    ]
    extra = sum((town.arrived() - town.sent()).values())
    text = (
        f"{deaths} kills ({deaths - died['at random']} at commits), {len(town.updates_made())} updates: {lost} lost, "
        f"{doubled} of {expected} orders doubled, {extra} answers repeated"
    )
    if expired := len(town.box.world.mailbox.expired):
        text += f", {expired} presses too old for Telegram"
    return judged(faults, text)


def _wrong_sends(town: Town, deaths: int) -> list[str]:
    """Nothing that is booked as sent is missing; what came twice was in doubt: unanswered, or in flight at a kill."""
    arrived, sent, dropped = town.arrived(), town.sent(), town.dropped()
    wrong = []
    for chat in arrived.keys() | sent.keys():
        extra = arrived[chat] - sent[chat]
        if extra < 0:
            wrong.append(f"{-extra} messages missing in chat {chat}")
        elif extra > dropped[chat] + deaths:
            wrong.append(f"{extra} extra messages in chat {chat}")
    return wrong


def pushed() -> dict[str, str]:
    """Settings with which the bot waits at a free port of this computer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        here = f"127.0.0.1:{free.getsockname()[1]}"
    return {"WEBHOOK_URL": f"http://{here}", "WEBHOOK_LISTEN": here}


async def _by_webhook(folder: Path, scale: Scale) -> Figure:
    return await survive(folder, replace(scale, kills=scale.pushed_kills), is_pushed=True)


async def _control(folder: Path, scale: Scale) -> Figure:
    small = Scale(kills=scale.control_kills, seed=scale.seed)
    return await survive(folder, small, "acknowledging first", within=3.0)


async def _control_by_webhook(folder: Path, scale: Scale) -> Figure:
    small = Scale(kills=scale.control_kills, seed=scale.seed)
    return await survive(folder, small, "answering first", within=3.0, is_pushed=True)


KILLS = Promise(
    "kills",
    "killed at random and at every commit, with 10% faults: nothing lost, nothing doubled, books equal",
    survive,
    "keeping an update before acknowledging it",
    _control,
)

WEBHOOK_KILLS = Promise(
    "kills-webhook",
    "the same with updates that are pushed",
    _by_webhook,
    "keeping an update before answering 200",
    _control_by_webhook,
)


async def _on_postgres(folder: Path, scale: Scale) -> Figure:
    return await survive(folder, replace(scale, kills=scale.server_kills))


async def _by_webhook_on_postgres(folder: Path, scale: Scale) -> Figure:
    return await _by_webhook(folder, replace(scale, pushed_kills=scale.server_kills))


KILLS_ON_POSTGRES = Promise(
    "kills-postgres",
    "the same on PostgreSQL",
    _on_postgres,
    "keeping an update before acknowledging it",
    _control,
    on_postgres=True,
)

WEBHOOK_KILLS_ON_POSTGRES = Promise(
    "kills-webhook-postgres",
    "the same on PostgreSQL with updates that are pushed",
    _by_webhook_on_postgres,
    "keeping an update before answering 200",
    _control_by_webhook,
    on_postgres=True,
)
