"""The command menus: each person's shows only what they may use, in their language (product 9).

Telegram knows no chat with an owner who has never written, so the menu of somebody on the staff is set at the start for
those we have met, anew when they say /start, and at once when their role changes.
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
from preorder.staff import Right, Role, may
from storage import outbox, people, staff
from storage.database import Tx
from storage.outbox import Outgoing, Priority


class Listed(Protocol):
    """What the menu must know of a command."""

    @property
    def right(self) -> Right: ...
    @property
    def listed(self) -> bool: ...


def buyers_commands(commands: Mapping[str, Listed]) -> list[str]:
    """What everybody may use, in the order of the table."""
    return [name for name, what in commands.items() if what.listed and what.right is Right.BUY]


def staff_commands(commands: Mapping[str, Listed], role: Role | None) -> list[str]:
    """The commands that this role has beyond a buyer's, in the order of the table."""
    return [
        name for name, what in commands.items() if what.listed and what.right is not Right.BUY and may(role, what.right)
    ]


def queue_all(tx: Tx, house: House, commands: Mapping[str, Listed], now: datetime) -> None:
    """Queue every menu that has changed since it was set: the common one, and that of everybody on the staff whom we
    have met."""
    _queue(tx, house, _menus(house, commands, "all", {"type": "all_private_chats"}, None), "", now)
    on_staff: dict[PersonId, Role] = {member.id: member.role for member in staff.members(tx)}
    on_staff.update(dict.fromkeys(house.owners, "owner"))
    for person_id, role in sorted(on_staff.items()):
        if people.find(tx, person_id) is not None:
            _queue(tx, house, _own_menus(house, commands, person_id, role), "", now)


def queue_for_staff(
    tx: Tx, house: House, commands: Mapping[str, Listed], person_id: PersonId, role: Role, origin: str, now: datetime
) -> None:
    """Queue somebody's menu, once for this `origin`, whether or not it was set before: it may have failed while the
    chat was unknown, or been another role's since."""
    _queue(tx, house, _own_menus(house, commands, person_id, role), f":{origin}", now)


def queue_for_leaver(tx: Tx, house: House, person_id: PersonId, origin: str, now: datetime) -> None:
    """Take somebody's own menu away: what they see then is everybody's."""
    scope = {"type": "chat", "chat_id": person_id}
    menus: dict[str, dict[str, Any]] = {f"{person_id}:": {"scope": scope}}
    menus.update({f"{person_id}:{each}": {"scope": scope, "language_code": each} for each in LOCALES})
    _queue(tx, house, menus, f":{origin}", now, "deleteMyCommands")


def _own_menus(
    house: House, commands: Mapping[str, Listed], person_id: PersonId, role: Role
) -> dict[str, dict[str, Any]]:
    return _menus(house, commands, str(person_id), {"type": "chat", "chat_id": person_id}, role)


def _menus(
    house: House, commands: Mapping[str, Listed], name: str, scope: dict[str, object], role: Role | None
) -> dict[str, dict[str, Any]]:
    """Parameters of setMyCommands by a name of their own, for each language and for all others."""
    listed = staff_commands(commands, role) + buyers_commands(commands)
    menus: dict[str, dict[str, Any]] = {}
    others: tuple[tuple[str, Locale], ...] = (("", house.settings.locale),)
    for language, locale in others + tuple((each, each) for each in LOCALES):
        described = [
            {"command": one, "description": house.words.label(Label(f"command_{one}"), locale)} for one in listed
        ]
        params: dict[str, Any] = {"commands": described, "scope": scope}
        menus[f"{name}:{language}"] = {**params, "language_code": language} if language else params
    return menus


def _queue(
    tx: Tx,
    house: House,
    menus: Mapping[str, dict[str, Any]],
    again: str,
    now: datetime,
    method: str = "setMyCommands",
) -> None:
    bot_id = house.settings.bot_token.get_secret_value().partition(":")[0]
    for name, params in menus.items():
        print_of = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:12]
        key = f"menu:{bot_id}:{name}:{print_of}{again}"
        outbox.put(tx, Outgoing(key, 0, method, params, Priority.ORDER), now)
