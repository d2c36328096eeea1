"""What the bot says: taken, shown, and refused as by Telegram."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.people import Person, World, buttons, make_png
from tests.sandbox.conftest import CHANNEL, Api


async def test_a_message_comes_back_complete(api: Api, rina: Person) -> None:
    """The result has all that Telegram gives: id, sender, chat, date, text, entities, keyboard, reply."""
    asked = await rina.say("/order")
    markup = {"inline_keyboard": [[{"text": "Hijab", "callback_data": "p:1", "style": "primary", "unknown": 1}]]}
    sent = await api.ok(
        "sendMessage",
        chat_id=rina.id,
        text="<b>Pilih</b> produk",
        parse_mode="HTML",
        reply_markup=markup,
        reply_parameters={"message_id": asked["message_id"]},
    )
    assert sent["from"]["is_bot"]
    assert sent["chat"] == {
        "id": 7001,
        "type": "private",
        "first_name": "Rina",
        "last_name": "Wulandari",
        "username": "rinawulan",
    }
    assert sent["text"] == "Pilih produk"
    assert sent["entities"] == [{"offset": 0, "length": 5, "type": "bold"}]
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "Hijab", "style": "primary", "callback_data": "p:1"}]]
    assert sent["reply_to_message"]["text"] == "/order"
    seen = await rina.sees("pilih produk", "hijab")
    assert buttons(seen) == ["Hijab"]


async def test_private_chats_share_a_counter_and_channels_have_their_own(api: Api, rina: Person, sari: Person) -> None:
    """Message ids grow over all private chats; a channel begins at 1."""
    first = await api.ok("sendMessage", chat_id=rina.id, text="a")
    second = await api.ok("sendMessage", chat_id=sari.id, text="b")
    posted = await api.ok("sendMessage", chat_id="@sarihijabkue", text="c")
    assert second["message_id"] == first["message_id"] + 1
    assert posted["message_id"] == 1
    assert posted["sender_chat"]["id"] == CHANNEL
    assert "from" not in posted


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 7001}, "message text is empty"),
        ({"chat_id": 7001, "text": " "}, "message text is empty"),
        ({"chat_id": 7001, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 424242, "text": "a"}, "chat not found"),
        ({"chat_id": "Rina", "text": "a"}, "chat not found"),
        ({"chat_id": 7001, "text": "a", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"chat_id": 7001, "text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": 7001, "text": "a", "reply_markup": []}, "object expected as reply markup"),
    ],
)
async def test_a_wrong_message_is_refused_in_telegrams_words(
    api: Api, rina: Person, body: dict[str, Any], why: str
) -> None:
    """Each mistake has its sentence."""
    assert await api.refused("sendMessage", **body) == (400, f"Bad Request: {why}")


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "url": "javascript:alert(1)"}, "BUTTON_URL_INVALID"),
        ({"text": "a", "url": "https://"}, "BUTTON_URL_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"callback_data": "a"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "a", "callback_data": "a", "url": "https://contoh.id"},
            "can't parse inline keyboard button: exactly one optional field must be used",
        ),
        (
            {"text": "a", "callback_data": "a", "style": "pink"},
            "can't parse keyboard button: invalid button style specified",
        ),
    ],
)
async def test_a_wrong_button_is_refused(api: Api, rina: Person, button: dict[str, Any], why: str) -> None:
    """A button has a text and exactly one action within its limits."""
    markup = {"inline_keyboard": [[button]]}
    answer = await api.refused("sendMessage", chat_id=rina.id, text="a", reply_markup=markup)
    assert answer == (400, f"Bad Request: {why}")


async def test_the_longest_button_is_taken(api: Api, rina: Person) -> None:
    """64 bytes of data and 256 characters to copy are allowed, and a domain is a link."""
    row = [
        {"text": "a", "callback_data": "x" * 64},
        {"text": "b", "copy_text": {"text": "x" * 256}},
        {"text": "c", "url": "t.me/bukapo_bot?start=b1"},
    ]
    sent = await api.ok("sendMessage", chat_id=rina.id, text="a", reply_markup={"inline_keyboard": [row]})
    assert sent["reply_markup"]["inline_keyboard"][0][2]["url"] == "http://t.me/bukapo_bot?start=b1"


async def test_a_reply_keyboard_stays_until_it_is_removed(api: Api, rina: Person) -> None:
    """Its keys are typed; it is not part of the message; it cannot hang in a channel."""
    keyboard = {"keyboard": [["Order"], [{"text": "Bagikan nomor", "request_contact": True}]], "resize_keyboard": True}
    sent = await api.ok("sendMessage", chat_id=rina.id, text="Menu", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert await rina.keyboard() == [["Order"], ["Bagikan nomor"]]
    await rina.press("order")
    assert (await api.updates())[-1]["message"]["text"] == "Order"
    await api.ok("sendMessage", chat_id=rina.id, text="Tutup", reply_markup={"remove_keyboard": True})
    assert await rina.keyboard() == []
    answer = await api.refused("sendMessage", chat_id=CHANNEL, text="a", reply_markup=keyboard)
    assert answer == (400, "Bad Request: inline keyboard expected")


async def test_parameters_come_in_any_encoding(api: Api, rina: Person) -> None:
    """Address, form, JSON and several parts mean the same; numbers and booleans may be text; case does not matter."""
    address = f"{api.base}/bot{api.token.replace(':', '%3A')}/SENDmessage"
    async with api.session.get(address, params={"chat_id": "7001", "text": "a", "protect_content": "True"}) as answer:
        assert (await answer.json())["result"]["has_protected_content"]
    async with api.session.post(address, data={"chat_id": "7001", "text": "b"}) as answer:
        assert (await answer.json())["ok"]
    status, _ = await api.upload("sendMessage", {}, chat_id="7001", text="c")
    assert status == 200
    async with api.session.post(address, data=b"{", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400


async def test_an_unknown_method_and_a_wrong_token(api: Api) -> None:
    """404 and 401, worded as by Telegram."""
    assert await api.raw("sendMesage") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )
    assert await api.raw("getMe", token="1:x") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )


async def test_who_cannot_be_written_to(api: Api, world: World, rina: Person) -> None:
    """403 for those who blocked, left Telegram or never wrote; 400 for those never met."""
    stranger = await world.add_person(7300, "Tono")
    assert await api.refused("sendMessage", chat_id=stranger.id, text="a") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    await rina.block()
    assert await api.refused("sendMessage", chat_id=rina.id, text="a") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    status = (await api.updates())[-1]["my_chat_member"]["new_chat_member"]["status"]
    assert status == "kicked"
    await rina.say("maaf")
    assert [list(one)[1] for one in await api.updates()][-2:] == ["my_chat_member", "message"]
    assert (await api.ok("sendMessage", chat_id=rina.id, text="a"))["text"] == "a"
    await world.post("deactivate", person=rina.id)
    assert await api.refused("sendMessage", chat_id=rina.id, text="a") == (403, "Forbidden: user is deactivated")


async def test_groups_and_channels_have_their_own_refusals(api: Api, world: World, sari: Person) -> None:
    """Sent away, not an administrator, moved: each is said, and where a group has moved to."""
    group = await world.add_chat("group", "Staf", members=[sari.id], admins=[sari.id])
    channel = await world.add_chat("channel", "Lain", admins=[sari.id])
    assert await api.refused("sendMessage", chat_id=channel, text="a") == (
        400,
        "Bad Request: need administrator rights in the channel chat",
    )
    sent = await api.ok("sendMessage", chat_id=group, text="a")
    assert await api.refused("pinChatMessage", chat_id=group, message_id=sent["message_id"]) == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    moved = (await world.post("migrate", chat=group))["chat"]
    _, answer = await api.raw("sendMessage", {"chat_id": group, "text": "a"})
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": moved}
    services = [one["message"] for one in await api.updates() if "message" in one]
    assert [one.get("migrate_to_chat_id") for one in services][-2:] == [moved, None]
    await world.post("kick", chat=moved, person="bot")
    assert await api.refused("sendMessage", chat_id=moved, text="a") == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )
    await api.ok("leaveChat", chat_id=channel)
    assert await api.refused("getChat", chat_id=channel) == (403, "Forbidden: bot is not a member of the channel chat")


async def test_typing_is_seen_until_something_is_said(api: Api, rina: Person) -> None:
    """A chat action shows, and an unknown one is refused."""
    await api.ok("sendChatAction", chat_id=rina.id, action="typing")
    assert (await rina.world.get("messages", person=rina.id))["typing"] == "typing"
    await api.ok("sendMessage", chat_id=rina.id, text="a")
    assert (await rina.world.get("messages", person=rina.id))["typing"] is None
    assert (await api.refused("sendChatAction", chat_id=rina.id, action="sing"))[0] == 400


async def test_copies_and_forwards(api: Api, rina: Person, sari: Person) -> None:
    """A copy has no origin and may have another caption; a forward says who spoke first."""
    proof = await rina.send_photo(make_png(), "ini buktinya")
    copy = await api.ok(
        "copyMessage", chat_id=sari.id, from_chat_id=rina.id, message_id=proof["message_id"], caption="Bukti PO-7K3F"
    )
    seen = await sari.sees("Bukti PO-7K3F")
    assert seen.photo
    assert seen.id == copy["message_id"]
    forward = await api.ok("forwardMessage", chat_id=sari.id, from_chat_id=rina.id, message_id=proof["message_id"])
    assert forward["forward_origin"]["sender_user"]["id"] == rina.id
    assert forward["caption"] == "ini buktinya"
    assert await api.refused("copyMessage", chat_id=sari.id, from_chat_id=rina.id, message_id=999) == (
        400,
        "Bad Request: message to copy not found",
    )


async def test_markup_as_text_is_markup(api: Api, rina: Person) -> None:
    """Structures may come as JSON within JSON, as libraries send them."""
    markup = json.dumps({"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]})
    await api.ok("sendMessage", chat_id=str(rina.id), text="a", reply_markup=markup)
    assert buttons(await rina.last()) == ["Ya"]
