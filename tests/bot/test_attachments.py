"""Pictures are uploaded once and then named; sheets are made when they leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from storage import catalogue
from storage.outbox import Outgoing
from tests.bot.line import BROADCAST, Line, open_line
from tests.people import make_png


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    """Outbox, sender's Api and sandbox."""
    async with open_line(tmp_path) as line:
        yield line


async def keep_picture(line: Line, seed: int = 1) -> str:
    """A picture in the catalogue; its media id."""
    content = make_png(40, 30, seed=seed)
    return await line.database.run(lambda tx: catalogue.keep_picture(tx, content))


def pictures_in(line: Line, chat: int) -> list[Any]:
    """The photos a buyer sees."""
    return [one.body["photo"] for one in line.box.world.chats[chat].messages.values() if "photo" in one.body]


async def test_a_picture_is_uploaded_once_however_many_get_it(line: Line) -> None:
    """Fifty people get the announcement's photo: one upload, then Telegram's name for it."""
    buyers = line.buyers(50)
    media = await keep_picture(line)
    line.sender()
    params = {"photo": {"media": media}, "caption": "Open PO"}
    await line.queue(*(Outgoing(f"b{buyer}", buyer, "sendPhoto", params, BROADCAST) for buyer in buyers))
    assert set((await line.settled()).values()) == {"sent"}
    assert line.api.uploads == ["photo"]
    assert all(len(pictures_in(line, buyer)) == 1 for buyer in buyers)
    found = await line.database.read(lambda tx: catalogue.picture(tx, media))
    assert found is not None
    assert found.file_id == pictures_in(line, buyers[0])[0][-1]["file_id"]


async def test_a_picture_that_failed_to_upload_is_uploaded_by_the_next(line: Line) -> None:
    """The first upload's connection breaks: the others do not wait for it for ever."""
    buyers = line.buyers(3)
    media = await keep_picture(line)
    line.fault("drop_before", times=1)
    line.sender()
    params = {"photo": {"media": media}}
    await line.queue(*(Outgoing(f"b{buyer}", buyer, "sendPhoto", params, BROADCAST) for buyer in buyers))
    assert sorted((await line.settled()).values()) == ["ambiguous", "sent", "sent"]


async def test_a_picture_that_telegram_forgot_is_uploaded_again(line: Line) -> None:
    """A file id from another bot or a lost file is no dead end while we have the bytes."""
    (buyer,) = line.buyers(1)
    media = await keep_picture(line)
    await line.database.run(lambda tx: catalogue.remember_file(tx, media, "AgAD-of-another-bot"))
    line.sender()
    await line.queue(Outgoing("photo", buyer, "sendPhoto", {"photo": {"media": media}}))
    assert await line.settled() == {"photo": "sent"}
    assert line.api.uploads == ["photo"]


async def test_an_album_uploads_what_is_new_and_names_what_is_known(line: Line) -> None:
    """Pictures inside a media group are ours too; the next album needs no upload."""
    (buyer,) = line.buyers(1)
    ids = [await keep_picture(line, seed) for seed in (1, 2)]
    line.sender()
    media = [{"type": "photo", "media": {"media": one}} for one in ids]
    await line.queue(Outgoing("a", buyer, "sendMediaGroup", {"media": media}))
    await line.settled()
    await line.queue(Outgoing("b", buyer, "sendMediaGroup", {"media": media}))
    assert await line.settled() == {"a": "sent", "b": "sent"}
    assert line.api.uploads == ["media0", "media1"]
    shown = pictures_in(line, buyer)
    assert len(shown) == 4
    assert shown[0][-1]["file_unique_id"] == shown[2][-1]["file_unique_id"] != shown[1][-1]["file_unique_id"]


async def test_a_picture_we_do_not_have_is_given_up(line: Line) -> None:
    """The rest of the chat goes on."""
    (buyer,) = line.buyers(1)
    line.sender()
    await line.queue(
        Outgoing("gone", buyer, "sendPhoto", {"photo": {"media": "nothing"}}),
        Outgoing("halo", buyer, "sendMessage", {"text": "halo"}),
    )
    assert await line.settled() == {"gone": "failed", "halo": "sent"}


async def test_a_sheet_is_made_when_it_leaves(line: Line) -> None:
    """The row holds only what is wanted; the document arrives under its name, with caption and buttons."""
    (buyer,) = line.buyers(1)
    keys = {"inline_keyboard": [[{"text": "Rekap", "callback_data": "r"}]]}
    params = {"document": {"sheet": {"batch": "b1"}}, "caption": "Ini rekapnya, Kak", "reply_markup": keys}
    line.sender()
    await line.queue(Outgoing("export", buyer, "sendDocument", params))
    assert await line.settled() == {"export": "sent"}
    assert line.sheets_made == [{"batch": "b1"}]
    (message,) = line.box.world.chats[buyer].messages.values()
    assert message.body["document"]["file_name"] == "rekap.xlsx"
    assert message.body["reply_markup"] == keys
