"""The table of regions at hand for a turn: read once a process, outside of any transaction, when an address comes.

Decision 0011. It takes a third of a second and six megabytes, which a shop without orders never pays.
"""

from __future__ import annotations

import asyncio

from bot.outside import Outside, Question
from bot.turn import Turn
from preorder.regions import Regions
from preorder.values import dataclass
from storage import region_table


@dataclass(frozen=True)
class RegionsAtHand(Question[Regions]):
    """The table, loaded in a thread."""

    async def find(self, _outside: Outside) -> Regions:
        return await asyncio.to_thread(region_table.load)


def regions_of(turn: Turn) -> Regions:
    """The table. Raises `Asked` the first time."""
    return region_table.at_hand() or turn.ask(RegionsAtHand())
