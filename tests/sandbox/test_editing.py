"""What the bot changes, takes away, pins, and answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.botapi.editing import NOT_MODIFIED, STALE
from tests.people import Person, World, make_png
from tests.sandbox.conftest import CHANNEL, Api

YES = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}


async def test_an_edit_is_seen_and_takes_the_keyboard_unless_it_is_given(api: Api, rina: Person) -> None:
    """The text changes, an edit date appears, and a keyboard that is not repeated goes."""
    sent = await api.ok("sendMessage", chat_id=rina.id, text="Jadi?", reply_markup=YES)
    await rina.say("ok")
    edited = await api.ok(
        "editMessageText", chat_id=rina.id, message_id=sent["message_id"], text="<i>Jadi</i>", parse_mode="HTML"
    )
    assert edited["edit_date"] >= sent["date"]
    assert "reply_markup" not in edited
    seen = await rina.sees("jadi")
    assert seen.edited
    assert seen.id == sent["message_id"]


async def test_the_same_again_is_not_modified(api: Api, rina: Person) -> None:
    """Same text, entities and keyboard: refused with the exact sentence; another keyboard alone is a change."""
    sent = await api.ok("sendMessage", chat_id=rina.id, text="<b>Jadi?</b>", parse_mode="HTML", reply_markup=YES)
    same = {"chat_id": rina.id, "message_id": sent["message_id"], "text": "<b>Jadi?</b> ", "parse_mode": "HTML"}
    assert await api.refused("editMessageText", **same, reply_markup=YES) == (400, f"Bad Request: {NOT_MODIFIED}")
    assert await api.refused(
        "editMessageReplyMarkup", chat_id=rina.id, message_id=sent["message_id"], reply_markup=YES
    ) == (
        400,
        f"Bad Request: {NOT_MODIFIED}",
    )
    await api.ok("editMessageText", **same)
    await api.ok("editMessageReplyMarkup", chat_id=rina.id, message_id=sent["message_id"], reply_markup=YES)
    await api.ok("editMessageText", chat_id=rina.id, message_id=sent["message_id"], text="Jadi?", reply_markup=YES)


@pytest.mark.parametrize(
    ("method", "body", "why"),
    [
        ("editMessageText", {"text": "a"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 999, "text": "a"}, "message to edit not found"),
        ("editMessageText", {"message_id": "own", "text": ""}, "message text is empty"),
        ("editMessageText", {"message_id": "own", "text": "<b>", "parse_mode": "HTML"}, "can't parse entities"),
        ("editMessageText", {"message_id": "photo", "text": "a"}, "there is no text in the message to edit"),
        ("editMessageCaption", {"message_id": "own", "caption": "a"}, "there is no caption in the message to edit"),
        ("editMessageText", {"message_id": "hers", "text": "a"}, "message can't be edited"),
        ("editMessageText", {"message_id": "keyed", "text": "a"}, "message can't be edited"),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
        ("pinChatMessage", {"message_id": 999}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        (
            "editMessageText",
            {"message_id": "own", "text": "a", "reply_markup": {"keyboard": [["a"]]}},
            "inline keyboard expected",
        ),
    ],
)
async def test_a_wrong_edit_is_refused(api: Api, rina: Person, method: str, body: dict[str, Any], why: str) -> None:
    """Each mistake has Telegram's sentence, and nothing changes."""
    own = await api.ok("sendMessage", chat_id=rina.id, text="asli")
    _, photo = await api.upload("sendPhoto", {"photo": ("a.png", make_png())}, chat_id=str(rina.id))
    keyed = await api.ok("sendMessage", chat_id=rina.id, text="menu", reply_markup={"keyboard": [["a"]]})
    hers = await rina.say("halo")
    ids = {"own": own, "photo": photo["result"], "keyed": keyed, "hers": hers}
    named = body.get("message_id")
    if named in ids:
        body = {**body, "message_id": ids[named]["message_id"]}
    code, found = await api.refused(method, chat_id=rina.id, **body)
    assert code == 400
    assert found.startswith(f"Bad Request: {why}")


async def test_a_photo_gets_another_caption_and_another_picture(api: Api, rina: Person) -> None:
    """Caption and media of a sent photo can be changed; a text can become a photo."""
    _, answer = await api.upload("sendPhoto", {"photo": ("a.png", make_png())}, chat_id=str(rina.id), caption="a")
    photo = answer["result"]
    place = {"chat_id": rina.id, "message_id": photo["message_id"]}
    assert (await api.ok("editMessageCaption", **place, caption="b"))["caption"] == "b"
    media = '{"type": "photo", "media": "attach://x", "caption": "c"}'
    status, changed = await api.upload(
        "editMessageMedia",
        {"x": ("b.png", make_png(seed=2))},
        chat_id=str(rina.id),
        message_id=str(photo["message_id"]),
        media=media,
    )
    assert status == 200
    assert changed["result"]["caption"] == "c"
    assert changed["result"]["photo"][-1]["file_unique_id"] != photo["photo"][-1]["file_unique_id"]
    assert "caption" not in await api.ok("editMessageCaption", **place)


async def test_what_is_deleted_is_gone_for_everybody(api: Api, rina: Person, sari: Person) -> None:
    """In private anybody's message can go, one by one or many at once; not after 48 hours."""
    sent = await api.ok("sendMessage", chat_id=rina.id, text="rahasia")
    hers = await rina.say("nomor saya")
    await api.ok("deleteMessages", chat_id=rina.id, message_ids=[sent["message_id"], hers["message_id"], 999])
    assert [message.text for message in await rina.messages()] == ["/start"]
    await rina.world.advance(timedelta(hours=49))
    assert await api.refused("deleteMessage", chat_id=rina.id, message_id=1) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )


async def test_in_a_group_only_an_administrator_deletes_what_others_said(api: Api, world: World, sari: Person) -> None:
    """Without the right the bot takes away its own messages only."""
    group = await world.add_chat("supergroup", "Staf", members=[sari.id])
    hers = await sari.say("halo semua", chat=group)
    assert await api.refused("deleteMessage", chat_id=group, message_id=hers["message_id"]) == (
        400,
        "Bad Request: message can't be deleted",
    )
    await world.post("join", chat=group, person="bot", admin=True)
    await api.ok("deleteMessage", chat_id=group, message_id=hers["message_id"])


async def test_pinning_is_announced_to_the_bot_itself(api: Api, rina: Person) -> None:
    """A pin makes a service message, which comes to the bot as Telegram sends it; getChat knows the newest pin."""
    board = await api.ok("sendMessage", chat_id=CHANNEL, text="Papan slot")
    await api.forget()
    await api.ok("pinChatMessage", chat_id=CHANNEL, message_id=board["message_id"], disable_notification=True)
    (update,) = await api.updates()
    assert update["channel_post"]["pinned_message"]["message_id"] == board["message_id"]
    assert (await api.ok("getChat", chat_id=CHANNEL))["pinned_message"]["text"] == "Papan slot"
    await api.ok("unpinChatMessage", chat_id=CHANNEL, message_id=board["message_id"])
    assert "pinned_message" not in await api.ok("getChat", chat_id=CHANNEL)


async def test_a_press_is_answered_once_and_in_time(api: Api, rina: Person) -> None:
    """The update carries message and data; the first answer is the one that shows; after 150 seconds it is too late."""
    await api.ok("sendMessage", chat_id=rina.id, text="Jadi?", reply_markup=YES)
    await rina.press("ya")
    query = (await api.updates())[-1]["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("y", rina.id, "Jadi?")
    assert await api.refused("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Siap, Kak")
    assert await rina.toast() == "Siap, Kak"
    await rina.world.advance(timedelta(seconds=151))
    for stale in (query["id"], "404"):
        assert await api.refused("answerCallbackQuery", callback_query_id=stale) == (400, f"Bad Request: {STALE}")


async def test_only_buttons_that_are_shown_can_be_pressed(api: Api, rina: Person) -> None:
    """A client presses what it sees; a forged press must be asked for."""
    await api.ok("sendMessage", chat_id=rina.id, text="Jadi?", reply_markup=YES)
    message = await rina.last()
    with pytest.raises(AssertionError, match="there is no such button; the message shows: Ya"):
        await rina.world.post("press", person=rina.id, message_id=message.id, data="owner:confirm")
    await rina.forge(message, "owner:confirm")
    assert (await api.updates())[-1]["callback_query"]["data"] == "owner:confirm"


async def test_people_delete_what_is_theirs_to_delete(api: Api, world: World, rina: Person, sari: Person) -> None:
    """An administrator takes away what the bot posted, which then cannot be edited; a member may not."""
    posted = await api.ok("sendMessage", chat_id=CHANNEL, text="Papan slot")
    (shown,) = await sari.messages(chat=CHANNEL)
    with pytest.raises(AssertionError, match="only administrators"):
        await rina.delete(shown, chat=CHANNEL)
    await sari.delete(shown, chat=CHANNEL)
    assert await sari.messages(chat=CHANNEL) == []
    assert await api.refused("editMessageText", chat_id=CHANNEL, message_id=posted["message_id"], text="Baru") == (
        400,
        "Bad Request: message to edit not found",
    )
