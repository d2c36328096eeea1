"""Promise: told to wait, the bot sends nothing until that is over (Telegram's 429 with `retry_after`).

The sender works at full speed into a server that now and then says 429. In: how many refusals. Out: how many requests
left inside a `retry_after`, from the moment at which it was heard. The control hears the 429 and goes on with others.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from bot.deliver import Sender
from bot.verdict import Pause, Verdict
from storage.outbox import Priority, Queued
from tests.bot.line import Line, open_line, text
from tests.torture.promise import Figure, Promise, Scale, judged

CHATS = 40


class DeafSender(Sender):
    """Without the pause for everybody: only the refused row waits."""

    def _heed(self, row: Queued, verdict: Verdict) -> None:
        if not isinstance(verdict, Pause):
            super()._heed(row, verdict)


async def obey(folder: Path, scale: Scale, sender: type[Sender] = Sender) -> Figure:
    """The trial: a refusal of 1 or 2 seconds, again and again, among answers, order updates and broadcasts."""
    chance = random.Random(scale.seed)
    async with open_line(folder) as line:
        chats = line.buyers(CHATS)
        at_work = sender(line.api, line.database, line.clock.now, 0, line.sheet)
        line.running.append((at_work, asyncio.create_task(at_work.run())))
        for number in range(scale.refusals):
            line.fault("429", retry_after=chance.randint(1, 2), times=1, share=0.3, seed=number)
            rows = (
                text(f"{number}-{chat}-{n}", chat, chance.choice(list(Priority))) for chat in chats for n in range(2)
            )
            await line.queue(*rows)
            await _until_refused(line, number + 1)
        states = await line.settled(within=60)
        early, refusals = _inside(line)
        unsent = sum(state != "sent" for state in states.values())
        faults = [f"{early} requests inside retry_after"] if early else []
        faults += [f"{unsent} messages not sent"] if unsent else []
        return judged(faults, f"{len(line.api.left_at)} requests, {refusals} refusals, {early} inside retry_after")


async def _until_refused(line: Line, count: int) -> None:
    """Wait until the next refusal has come, or everything went out without one."""
    while sum(call["status"] == 429 for call in line.calls("sendmessage")) < count:
        if not {"queued", "sending"} & set(line.states().values()):
            return
        await asyncio.sleep(0.05)


def _inside(line: Line) -> tuple[int, int]:
    """(requests that left after a 429 was heard and before its time was over, how many 429 were heard)."""
    pauses = list(zip(line.api.told_at, line.api.told_for, strict=True))
    early = {left for left in line.api.left_at for heard, seconds in pauses if heard < left < heard + seconds}
    return len(early), len(pauses)


async def _control(folder: Path, scale: Scale) -> Figure:
    return await obey(folder, Scale(refusals=3, seed=scale.seed), DeafSender)


REFUSALS = Promise(
    "429", "no request leaves inside retry_after", obey, "the pause for everybody after one's 429", _control
)
