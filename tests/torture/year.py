"""Promise: a shop's whole year, day by day, ends with books that balance and with nothing said twice, late or at night.

Twelve paydays and every public holiday open a batch that the seller planned through /open; buyers come, order, pay,
vanish, cancel, change, queue, opt out and block the bot. The clock jumps to each hour in which something is due or
somebody acts. In: so many days and buyers. Out: the year's figures. The control's bot knows no quiet hours.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.app import App
from bot.settings import load
from sandbox.scenes import SARI
from tests.journeys.floor import environment
from tests.torture.crowd import Town, comes_true, open_town
from tests.torture.promise import Figure, Promise, Scale, judged
from tests.torture.year_calendar import FIRST_DAY, OPEN_DAYS, Occasion, at, occasions_of, weekday_and_day
from tests.torture.year_ledger import WIB, Ledger, Seen
from tests.torture.year_people import HABITS, Buyer, Seller, side_by_side

HOUR: Final = timedelta(hours=1)
AHEAD: Final = {"payday": 3, "holiday": 9}  # days before the occasion on which the seller plans
TICK: Final = 0.02
SCARCE: Final = 3  # every third batch has fewer slots than buyers


class Year:
    """A shop and its people, on their way through the year."""

    def __init__(self, town: Town, days: int, buyers: int) -> None:
        self.town = town
        self.clock = town.box.clock
        self.ledger = Ledger(town)
        self.seller = Seller(town)
        self.end = at(FIRST_DAY + timedelta(days=days), 9)
        people = town.people(buyers, first=1_000_000)
        self.buyers = [Buyer(human, HABITS[number * 7 % len(HABITS)]) for number, human in enumerate(people)]
        self.occasions = occasions_of(days, self.buyers)
        self.steps = 0
        self._hours: dict[datetime, list[tuple[str, Occasion]]] = {}
        self._reminded: set[str] = set()
        for occasion in self.occasions:
            self._plan_hours(occasion)

    def _plan_hours(self, occasion: Occasion) -> None:
        opens = occasion.opens_at
        hours = (
            ("plan", at(occasion.day - timedelta(days=AHEAD[occasion.kind]), 9)),
            ("order", opens + 2 * HOUR),
            ("repent", opens + 20 * HOUR),
            ("leave", opens + 30 * HOUR),
            *(("look", opens + n * HOUR) for n in (27, 29, 45, 47, 51, 54)),
        )
        for act, hour in hours:
            self._hours.setdefault(hour.replace(minute=0), []).append((act, occasion))

    # --- time ----------------------------------------------------------------------------------------------------

    async def live(self) -> None:
        """From the first hour to the last."""
        for hour in (*sorted(self._hours), self.end):
            if hour > self.end:
                break
            await self._pass_until(hour)
            for act, occasion in self._hours.get(hour, ()):
                await self._act(act, occasion)
                await self._settle()
                self.ledger.read()
        await self._pass_until(self.end)

    async def _pass_until(self, hour: datetime) -> None:
        """Through every hour until then in which something falls due."""
        while (due_at := self._next_due()) is not None and due_at <= hour:
            full = due_at.replace(minute=0, second=0, microsecond=0)
            await self._step(min(hour, full + HOUR if full < due_at else full))
        await self._step(hour)

    async def _step(self, moment: datetime) -> None:
        if moment > self.clock.now():
            self.clock.set(moment)
        await self._settle()
        self.steps += 1
        fresh = self.ledger.read(unasked=True)
        self._expect_announcements(fresh)
        self._expect_reminders(fresh)

    def _next_due(self) -> datetime | None:
        sql = (
            "SELECT MIN(due_at) FROM (SELECT due_at FROM due WHERE state = 'waiting' UNION ALL "
            "SELECT due_at FROM broadcasts WHERE state = 'running' UNION ALL "
            "SELECT due_at FROM outbox WHERE state = 'queued') AS ahead"
        )
        found = self.town.books.value(sql)
        return None if not found else datetime.fromisoformat(found).astimezone(WIB)

    async def _settle(self) -> None:
        if not await comes_true(self._rests, 120):
            raise TimeoutError(f"it does not come to rest on {self.clock.now():%d/%m/%Y %H.%M}")

    def _rests(self) -> bool:
        if self.town.box.world.mailbox.waiting():
            return False
        now = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        sql = (
            "SELECT (SELECT COUNT(*) FROM due WHERE state = 'waiting' AND due_at <= ?) + "
            "(SELECT COUNT(*) FROM inbox WHERE state = 'new') + "
            "(SELECT COUNT(*) FROM broadcasts WHERE state = 'running' AND due_at <= ?) + "
            "(SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending') AND due_at <= ?)"
        )
        return bool(self.town.books.value(sql, now, now, now) == 0)

    # --- what people do ------------------------------------------------------------------------------------------

    async def _act(self, act: str, occasion: Occasion) -> None:
        match act:
            case "plan":
                await side_by_side(buyer.arrive() for buyer in occasion.buyers)
                readers = [b for b in occasion.buyers if b.habit in ("reads", "opts out")]
                days = (self.clock.now().astimezone(WIB).date() + timedelta(days=9 + n) for n in range(len(readers)))
                await side_by_side(b.tell_birthday(day) for b, day in zip(readers, days, strict=True))
                await self._plan(occasion)
            case "order":
                await self._order(occasion)
            case "repent":
                await side_by_side(b.cancel() for b in occasion.buyers if b.habit == "cancels" and b.code)
                changers = [b for b in occasion.buyers if b.habit == "changes" and b.code]
                if not self._is_scarce(occasion):
                    await side_by_side(b.order_one_more() for b in changers)
                await side_by_side(b.pay(b.id + self.steps) for b in changers)
                await self._settle()
                await self.seller.accept_all()
            case "look":
                await side_by_side(buyer.look() for buyer in occasion.queued)
                await self._settle()
                await self.seller.accept_all()
            case "leave":
                await side_by_side(buyer.leave() for buyer in occasion.buyers)

    def _is_scarce(self, occasion: Occasion) -> bool:
        return self.occasions.index(occasion) % SCARCE == SCARCE - 1

    async def _plan(self, occasion: Occasion) -> None:
        number = self.occasions.index(occasion)
        orderers = sum(buyer.habit not in ("opts out", "blocks", "reads") for buyer in occasion.buyers)
        closes = at((occasion.opens_at + timedelta(days=OPEN_DAYS)).date(), self.seller.next_closing_hour())
        occasion.quota = max(2, orderers // 2 if self._is_scarce(occasion) else orderers * 3)
        hour = f"{occasion.opens_at:%H.%M}"
        day = f"Dibuka: {weekday_and_day(occasion.opens_at)}"
        opening: tuple[tuple[str, str], ...]
        if occasion.kind == "payday":
            opening = (("Gajian berikutnya", "jam berapa"), (hour, day))
        else:
            opening = (
                ("menjelang hari raya", "menjelang hari apa"),
                (occasion.name, "berapa hari sebelumnya"),
                ("H-7", "Dibuka jam berapa"),
                (hour, day),
            )
        if number and number % 4 == 0:
            await self.seller.repeat(opening, closes)
        else:
            await self.seller.plan(f"PO {occasion.name} {number + 1}", occasion.quota, opening, closes)
        (row,) = self.town.books.rows("SELECT title, quota, opens_at FROM batches ORDER BY created_at DESC LIMIT 1")
        occasion.title, occasion.quota = row["title"], row["quota"]
        if datetime.fromisoformat(row["opens_at"]) != occasion.opens_at:
            self.ledger.faults.append(f"{occasion.title} is planned for {row['opens_at']}, not {occasion.opens_at}")

    async def _order(self, occasion: Occasion) -> None:
        link = "b_" + self.town.books.value("SELECT id FROM batches WHERE title = ?", occasion.title)
        earlier = self.occasions[max(0, self.occasions.index(occasion) - 2)]
        faithful = [b for b in earlier.buyers[3:10:3] if earlier is not occasion and b.hears]
        wants = [b for b in occasion.buyers if b.habit not in ("opts out", "blocks", "reads")]
        for group in (
            [b for b in wants if b.habit in ("vanishes", "cancels")],
            [b for b in wants if b.habit in ("pays", "changes")] + faithful,
            [b for b in wants if b.habit == "queues"],
        ):
            placed = await side_by_side(buyer.order(link) for buyer in group)
            has_order = [buyer for buyer, is_placed in zip(group, placed, strict=True) if is_placed]
            await side_by_side(b.pay(b.id + self.steps) for b in has_order if b.habit in ("pays", "queues"))
        occasion.queued = [b for b in wants if b.habit == "queues" and not b.code]
        await self._settle()
        await self.seller.accept_all()

    # --- what must have come -------------------------------------------------------------------------------------

    def _expect_announcements(self, fresh: list[Seen]) -> None:
        opened = {seen.subject for seen in fresh if seen.kind == "opened"}
        announced = {seen.subject for seen in fresh if seen.kind == "announcement"}
        for title in opened | announced:
            self.ledger.expect(fresh, "announcement", title, (b.id for b in self.buyers if b.hears))

    def _expect_reminders(self, fresh: list[Seen]) -> None:
        rows = self.town.books.rows(
            "SELECT d.id, b.id AS batch, b.title FROM due d JOIN batches b ON b.id = d.subject "
            "JOIN broadcasts c ON c.id = 'remind-' || d.id "
            "WHERE d.kind = 'close_reminder' AND d.state = 'done' AND c.state = 'written'"
        )
        for row in rows:
            if row["id"] in self._reminded:
                continue
            self._reminded.add(row["id"])
            buyers = self.town.books.rows(
                "SELECT person_id FROM orders WHERE batch_id = ? AND state IN ('held', 'confirmed', 'shipped')",
                row["batch"],
            )
            have = {one["person_id"] for one in buyers}
            readers = (b.id for b in self.buyers if b.hears and b.id not in have)
            self.ledger.expect(fresh, "close reminder", row["title"], readers)

    def judge(self) -> list[str]:
        """All that is wrong, when the year is over."""
        books, faults = self.town.books, [*self.ledger.faults]
        now = self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        left = books.value("SELECT COUNT(*) FROM due WHERE state = 'waiting' AND due_at <= ?", now)
        faults += [f"{left} due rows were never done"] if left else []
        told = self.ledger.seen
        owners = {row["id"]: row for row in books.rows("SELECT id, code, person_id FROM orders")}
        for due, kind in (("hold_reminder", "hold reminder"), ("hold_expiry", "hold over")):
            for row in books.rows("SELECT subject FROM due WHERE kind = ? AND state = 'done'", due):
                order = owners[row["subject"]]
                if told[order["person_id"], kind, order["code"]] != 1:
                    faults.append(f"{order['code']}: {told[order['person_id'], kind, order['code']]} times {kind}")
        for row in books.rows("SELECT title, state FROM batches"):
            for kind in ("opened", "closed"):
                is_due = kind == "opened" or row["state"] != "open"
                if row["state"] != "scheduled" and told[SARI, kind, row["title"]] != is_due:
                    faults.append(f"{row['title']}: {told[SARI, kind, row['title']]} times {kind}")
        recaps = sum(count for (_, kind, _), count in told.items() if kind == "daily recap")
        days = (self.end.date() - FIRST_DAY).days
        faults += [f"{recaps} recaps in {days} days"] if recaps != days else []
        boards = self.ledger.kinds["board"]
        faults += [f"{boards} boards were put up"] if boards > 1 else []
        for buyer in self.buyers:
            # Nine days ahead or more when it was told: a week before, once, unless the news was stopped.
            if buyer.birthday == self.end.date() + timedelta(days=7):
                continue  # due in the very hour in which the year ends
            is_past = buyer.birthday is not None and buyer.birthday < self.end.date() + timedelta(days=7)
            invited = sum(n for (person, kind, _), n in told.items() if (person, kind) == (buyer.id, "birthday"))
            if invited > 1 or (buyer.habit == "reads" and invited != is_past):
                faults.append(f"{buyer.id} is invited {invited} times before {buyer.birthday}")
        failed = books.value("SELECT COUNT(*) FROM outbox WHERE state IN ('failed', 'ambiguous')")
        faults += [f"{failed} messages were not sent"] if failed else []
        return faults + self.town.unbalanced()

    def figures(self) -> str:
        """What kind of year it was."""
        books = self.town.books
        orders = Counter({r[0]: r[1] for r in books.rows("SELECT state, COUNT(*) FROM orders GROUP BY state")})
        due = Counter({r[0]: r[1] for r in books.rows("SELECT state, COUNT(*) FROM due GROUP BY state")})
        line = Counter({r[0]: r[1] for r in books.rows("SELECT state, COUNT(*) FROM waiting GROUP BY state")})
        paydays = sum(occasion.kind == "payday" for occasion in self.occasions)
        return (
            f"{(self.end.date() - FIRST_DAY).days} days in {self.steps} steps, {len(self.occasions)} batches "
            f"({paydays} paydays, {len(self.occasions) - paydays} holidays), {len(self.buyers)} buyers, "
            f"{orders.total()} orders ({_counted(orders)}), line ({_counted(line)}), "
            f"{self.ledger.kinds.total()} messages ({_counted(self.ledger.kinds)}), {due.total()} due rows "
            f"({_counted(due)}), {len(self.ledger.faults)} wrong"
        )


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


@asynccontextmanager
async def open_year(folder: Path, days: int, buyers: int, **changes: str) -> AsyncIterator[Year]:
    """The shop's bot in this process, over real HTTP; its clock is the town's."""
    async with open_town(folder) as town:
        year = Year(town, days, buyers)
        town.box.clock.set(at(FIRST_DAY, 8))
        settings = load(environment(town.address, folder, **{"QUIET_FROM": "21:00", "QUIET_TO": "07:00", **changes}))
        app = App(settings, town.box.clock, tick_seconds=TICK)
        running = asyncio.create_task(app.run())
        try:
            yield year
        finally:
            app.stop()
            await asyncio.wait_for(running, 20)


async def live_a_year(folder: Path, scale: Scale, **changes: str) -> Figure:
    """The trial."""
    began = time.monotonic()
    days, buyers = scale.year
    async with open_year(folder, days, buyers, **changes) as year:
        await year.live()
        return judged(year.judge(), f"{year.figures()}, {time.monotonic() - began:.0f} s")


async def _control(folder: Path, scale: Scale) -> Figure:
    return await live_a_year(folder, Scale(year=(12, 40), seed=scale.seed), QUIET_FROM="00:00", QUIET_TO="00:00")


YEAR = Promise(
    "year",
    "a year of paydays and holidays: books balance, everything due is said once, and nothing at night",
    live_a_year,
    "the quiet hours",
    _control,
)
