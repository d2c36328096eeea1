"""Worlds to begin with. `shop`: two buyers, the owner of a shop, and its channel.

In: an empty world. Out: people and chats in it; nobody has said anything yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.world import Chat, Person, World

RINA, BUDI, SARI = 7001, 7002, 9001
CHANNEL = -1001234567890


def shop(world: World) -> None:
    """Rina and Budi buy (Budi reads English), Sari sells; all three follow the shop's channel."""
    for person in (
        Person(RINA, "Rina", "Wulandari", "rinawulan", "id", "pembeli"),
        Person(BUDI, "Budi", "Santoso", "budisantoso", "en", "pembeli, bahasa Inggris"),
        Person(SARI, "Sari", "Lestari", "sarilestari", "id", "pemilik toko"),
    ):
        world.add_person(person)
    members = {RINA, BUDI, SARI}
    world.add_chat(
        Chat(CHANNEL, "channel", "Sari Hijab & Kue", "sarihijabkue", members, admins={SARI}, bot="administrator")
    )


SCENES: Final[dict[str, Callable[[World], None]]] = {"shop": shop}
