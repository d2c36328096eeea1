"""Groups, channels, members, commands, and what a library makes of it all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest

from sandbox.server import Sandbox
from tests.people import Person, World, make_png
from tests.sandbox.conftest import CHANNEL, Api


async def test_group_privacy_hides_talk_from_the_bot(api: Api, world: World, rina: Person) -> None:
    """A member bot gets commands for it and replies to it; an administrator gets everything."""
    group = await world.add_chat("supergroup", "Grup PO", members=[rina.id])
    own = await api.ok("sendMessage", chat_id=group, text="Halo semua")
    await api.forget()
    await rina.say("ngobrol saja", chat=group)
    await rina.say("/order", chat=group)
    await rina.say("/order@bukapo_bot 2", chat=group)
    await rina.say("/order@bot_lain", chat=group)
    await rina.say("mau", chat=group, reply_to=own["message_id"])
    assert [one["message"]["text"] for one in await api.updates()] == ["/order", "/order@bukapo_bot 2", "mau"]
    await api.forget()
    await world.post("join", chat=group, person="bot", admin=True)
    await rina.say("sekarang terlihat", chat=group)
    changed, said = await api.updates()
    assert changed["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert said["message"]["text"] == "sekarang terlihat"


async def test_an_anonymous_admin_is_no_person(api: Api, world: World, sari: Person) -> None:
    """The sender is 1087968824, and the group stands beside it."""
    group = await world.add_chat("supergroup", "Staf", admins=[sari.id])
    await sari.say("/recap", chat=group, anonymous=True)
    message = (await api.updates())[-1]["message"]
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == group


async def test_channel_posts_and_their_copies_in_the_group(api: Api, world: World, sari: Person, rina: Person) -> None:
    """A post has no person as sender; its automatic copy in the linked group comes from 777000; readers cannot post."""
    group = await world.add_chat("supergroup", "Diskusi", members=[sari.id], bot="administrator")
    await world.add_chat("channel", "Kanal", id=-100777, admins=[sari.id], linked=group, bot="administrator")
    await api.forget()
    await sari.say("PO dibuka", chat=-100777)
    copy, post = sorted(await api.updates(), key=lambda one: "channel_post" in one)
    assert "from" not in post["channel_post"]
    assert post["channel_post"]["sender_chat"]["id"] == -100777
    assert copy["message"]["from"]["id"] == 777000
    assert copy["message"]["is_automatic_forward"]
    with pytest.raises(AssertionError, match="cannot write in"):
        await rina.say("halo", chat=CHANNEL)


async def test_what_a_client_would_not_do_is_refused(world: World, rina: Person) -> None:
    """Empty texts, odd payloads, strangers and other people's chats are no actions of a person."""
    for path, fields, why in (
        ("say", {"person": rina.id, "text": " "}, "a message needs a text"),
        ("say", {"person": 1, "text": "a"}, "there is no person 1"),
        ("say", {"person": rina.id, "chat": 9001, "text": "a"}, "has no chat"),
        ("start", {"person": rina.id, "payload": "a b"}, "a payload is"),
        ("faults", {"kind": "fire"}, "kind is one of"),
        ("clock", {"set": "2026-11-25T10:00"}, "needs a time zone"),
        ("edit", {"person": rina.id, "message_id": 99, "text": "a"}, "there is no message 99"),
    ):
        with pytest.raises(AssertionError, match=why):
            await world.post(path, **fields)


async def test_five_thousand_signs_arrive_as_two_messages(api: Api, rina: Person) -> None:
    """A client splits what is too long for one message."""
    await api.forget()
    await rina.say("x" * 5000)
    assert [len(one["message"]["text"]) for one in await api.updates()] == [4096, 904]


async def test_a_forward_says_where_it_comes_from(api: Api, rina: Person) -> None:
    """From a person, from a channel, or from somebody who hides."""
    for source in (9001, CHANNEL, "Tante"):
        await rina.say("/recap", forwarded_from=source)
    kinds = [one["message"]["forward_origin"]["type"] for one in (await api.updates())[-3:]]
    assert kinds == ["user", "channel", "hidden_user"]


async def test_each_person_sees_the_commands_meant_for_them(api: Api, rina: Person, sari: Person) -> None:
    """The narrowest scope wins, and within it one's own language."""
    budi = rina.world.person(7002)
    for scope, language, name in (
        ({"type": "default"}, "", "start"),
        ({"type": "all_private_chats"}, "", "order"),
        ({"type": "all_private_chats"}, "en", "buy"),
        ({"type": "chat", "chat_id": sari.id}, "", "recap"),
    ):
        commands = [{"command": name, "description": "x"}]
        await api.ok("setMyCommands", commands=commands, scope=scope, language_code=language)
    assert await rina.commands() == ["order"]
    assert await budi.commands() == ["buy"]
    assert await sari.commands() == ["recap"]
    assert [one["command"] for one in await api.ok("getMyCommands")] == ["start"]
    await api.ok("deleteMyCommands", scope={"type": "chat", "chat_id": sari.id})
    assert await sari.commands() == ["order"]
    assert (await api.refused("setMyCommands", commands=[{"command": "a b", "description": "x"}]))[0] == 400


async def test_time_can_be_moved_and_waited_for(world: World) -> None:
    """The clock jumps for all who watch; its version tells that it did."""
    before = await world.get("clock")
    watch = asyncio.create_task(world.get("clock", after=before["version"], wait=10))
    await world.set_clock(datetime(2026, 12, 25, 3, 0, tzinfo=UTC))
    assert (await asyncio.wait_for(watch, 5))["version"] > before["version"]
    assert timedelta(0) <= await world.now() - datetime(2026, 12, 25, 3, 0, tzinfo=UTC) < timedelta(seconds=30)


async def test_a_watcher_hears_of_changes(base: str, world: World, rina: Person) -> None:
    """The stream gives a new number for each thing that can be seen."""
    async with world.session.get(f"{base}/sandbox/events") as stream:
        first = await stream.content.readline()
        await stream.content.readline()
        await rina.say("halo")
        assert await asyncio.wait_for(stream.content.readline(), 5) != first


async def test_the_page_and_nothing_else_is_served(base: str, world: World) -> None:
    """The page's files come with their types; a path out of its folder leads nowhere."""
    for path, kind in (("/", "text/html"), ("/page/page.js", "text/javascript"), ("/page/page.css", "text/css")):
        async with world.session.get(base + path) as answer:
            assert (answer.status, answer.content_type) == (200, kind)
    for path in ("/page/..%2fserver.py", "/page/server.py", "/sandbox/file/none"):
        async with world.session.get(base + path) as answer:
            assert answer.status == 404


async def test_python_telegram_bot_feels_at_home(box: Sandbox, base: str, rina: Person) -> None:
    """The library's own Bot reads everything it gets here: messages, presses, files, members, errors."""
    async with Bot(box.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot") as bot:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="y")]])
        sent = await bot.send_message(rina.id, "<b>Jadi?</b>", parse_mode="HTML", reply_markup=markup)
        await rina.press("Ya")
        press = (await bot.get_updates())[-1].callback_query
        assert press is not None
        assert await press.answer("ok", show_alert=True)
        await bot.edit_message_text("Jadi", rina.id, sent.message_id)
        photo = await bot.send_photo(rina.id, make_png(), caption="Contoh")
        await bot.send_media_group(rina.id, [InputMediaPhoto(make_png(seed=1)), InputMediaPhoto(photo.photo[0])])
        found = await bot.get_file(photo.photo[-1])
        assert bytes(await found.download_as_bytearray()) == make_png()
        await bot.send_document(CHANNEL, b"a,b", filename="rekap.csv")
        assert (await bot.get_chat(CHANNEL)).title == "Sari Hijab & Kue"
        assert (await bot.get_chat_member(CHANNEL, bot.id)).status == "administrator"
        assert [one.status for one in await bot.get_chat_administrators(CHANNEL)] == ["creator", "administrator"]
        assert await bot.get_chat_member_count(CHANNEL) == 4
        await bot.set_my_commands([BotCommand("order", "Pesan")], scope=BotCommandScopeChat(rina.id))
        await bot.set_my_description("Pre-order jadi rapi", language_code="id")
        assert (await bot.get_my_description("id")).description == "Pre-order jadi rapi"
        await bot.copy_message(rina.id, rina.id, photo.message_id)
        with pytest.raises(BadRequest, match="not modified"):
            await bot.edit_message_text("Jadi", rina.id, sent.message_id)
        await rina.block()
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(rina.id, "a")
    async with HTTPXRequest() as request:
        stranger = Bot("1:x", base_url=f"{base}/bot", request=request, get_updates_request=request)
        with pytest.raises(InvalidToken):
            await stranger.get_me()


# the library warns at every RetryAfter that its type will change in a later version
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_python_telegram_bot_hears_how_long_to_wait(box: Sandbox, base: str, rina: Person) -> None:
    """A 429 becomes the library's RetryAfter with the seconds in it."""
    await rina.world.fault("429", method="sendMessage", times=1, retry_after=3)
    async with Bot(box.token, base_url=f"{base}/bot") as bot:
        with pytest.raises(RetryAfter, match="Retry in 3 seconds"):
            await bot.send_message(rina.id, "a")
