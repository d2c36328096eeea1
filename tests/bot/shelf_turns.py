"""A turn of somebody's on a shelf with an open batch, for work that is tried without a conversation.

In: a folder and who it is. Out: a `Turn` whose statements are each committed by themselves (`tests.storage.shelves`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.house import House
from bot.turn import Turn
from messages.render import Words
from preorder.order import PersonId
from storage import people
from tests.journeys.floor import settings_for
from tests.storage.shelves import NOW, new_shelf, open_batch, opened

SARI, RINA, BUDI = PersonId(1), PersonId(7), PersonId(8)
_NAMES: Final = {SARI: "Sari", RINA: "Rina", BUDI: "Budi"}


@contextmanager
def shelf_turn(folder: Path, of: PersonId) -> Iterator[Turn]:
    """Everybody is known; it is this person's turn."""
    settings = settings_for("http://127.0.0.1:9", folder)
    house = House(settings, Words(settings.shop_name, settings.timezone), "bukapo_bot")
    with opened(new_shelf(folder)) as tx:
        open_batch(tx)
        known = {one: people.meet(tx, one, name, "", "id", NOW) for one, name in _NAMES.items()}
        yield Turn(tx, house, NOW, "u1", known[of], of)
