"""The command menus: each person's shows only what they may use, in their language (product 9).

Telegram knows no chat with an owner who has never written, so an owner's own menu is set at the start for those we
have met, and anew when an owner says /start.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.house import House
from messages.catalog import Label
from messages.formats import LOCALES, Locale
from preorder.order import PersonId
from storage import outbox, people
from storage.database import Tx
from storage.outbox import Outgoing, Priority


class Listed(Protocol):
    """What the menu must know of a command."""

    @property
    def role(self) -> str: ...
    @property
    def listed(self) -> bool: ...


def queue_all(tx: Tx, house: House, commands: Mapping[str, Listed], now: datetime) -> None:
    """Queue every menu that has changed since it was set: the common one, and each owner's whom we have met."""
    _queue(tx, house, _menus(house, commands, "all", {"type": "all_private_chats"}, is_seller=False), "", now)
    for owner in sorted(house.owners):
        if people.find(tx, owner) is not None:
            _queue(tx, house, _owner_menus(house, commands, owner), "", now)


def queue_for_owner(tx: Tx, house: House, commands: Mapping[str, Listed], owner: PersonId, now: datetime) -> None:
    """Queue an owner's menu whether or not it was set before: it may have failed while the chat was unknown."""
    _queue(tx, house, _owner_menus(house, commands, owner), f":{now:%Y%m%d%H%M%S}", now)


def _owner_menus(house: House, commands: Mapping[str, Listed], owner: PersonId) -> dict[str, dict[str, Any]]:
    return _menus(house, commands, str(owner), {"type": "chat", "chat_id": owner}, is_seller=True)


def _menus(
    house: House, commands: Mapping[str, Listed], name: str, scope: dict[str, object], *, is_seller: bool
) -> dict[str, dict[str, Any]]:
    """Parameters of setMyCommands by a name of their own, for each language and for all others."""
    listed = [command for command, what in commands.items() if what.listed and what.role == "anyone"]
    if is_seller:
        listed = [command for command, what in commands.items() if what.role == "seller"] + listed
    menus: dict[str, dict[str, Any]] = {}
    others: tuple[tuple[str, Locale], ...] = (("", house.settings.locale),)
    for language, locale in others + tuple((each, each) for each in LOCALES):
        described = [
            {"command": one, "description": house.words.label(Label(f"command_{one}"), locale)} for one in listed
        ]
        params: dict[str, Any] = {"commands": described, "scope": scope}
        menus[f"{name}:{language}"] = {**params, "language_code": language} if language else params
    return menus


def _queue(tx: Tx, house: House, menus: Mapping[str, dict[str, Any]], again: str, now: datetime) -> None:
    bot_id = house.settings.bot_token.get_secret_value().partition(":")[0]
    for name, params in menus.items():
        print_of = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:12]
        key = f"menu:{bot_id}:{name}:{print_of}{again}"
        outbox.put(tx, Outgoing(key, 0, "setMyCommands", params, Priority.ORDER), now)
