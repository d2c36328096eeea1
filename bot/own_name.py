"""The bot's own name: deep links need it, and only Telegram knows it.

In: the Api. Out: the name in the house and in the books. What one bot uploaded means nothing to another: where another
token is used from now on, the pictures are sent anew. It never gives up; who waits for it may cancel.
"""

from __future__ import annotations

import asyncio
from functools import partial

from bot import trouble
from bot.api import Api
from bot.house import House
from bot.logs import get_logger
from storage import catalogue, people
from storage.database import Database, Tx

log = get_logger(__name__)


async def ask(api: Api, database: Database, house: House) -> None:
    """Ask Telegram who we are until it answers. Raises `InvalidToken`."""
    wait = 0.5
    while True:
        try:
            me = await api.call("getMe")
        except trouble.InvalidToken:
            raise
        except trouble.TelegramError as error:
            log.warning("Telegram does not answer yet", error=type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(15.0, wait * 2)
            continue
        house.username = str(me["username"])
        await database.run(partial(_remember, bot_id=str(me["id"]), username=house.username))
        return


def known(tx: Tx) -> str:
    """The name it had last, or nothing."""
    return people.known(tx, "bot_username") or ""


def _remember(tx: Tx, bot_id: str, username: str) -> None:
    if people.known(tx, "bot_id") not in (None, bot_id):
        catalogue.forget_files(tx)
    people.remember(tx, "bot_id", bot_id)
    people.remember(tx, "bot_username", username)
