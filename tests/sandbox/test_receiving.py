"""How the bot gets its updates by polling: nothing is lost, nothing comes out of order."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sandbox.server import Sandbox
from tests.people import Person, World, until
from tests.sandbox.conftest import CHANNEL, Api


async def test_an_update_comes_again_until_it_is_confirmed(api: Api, rina: Person) -> None:
    """Only an offset above it takes an update away, when the request arrives; ids grow strictly."""
    await rina.say("satu")
    first = await api.updates()
    assert await api.updates() == first
    ids = [one["update_id"] for one in first]
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    assert await api.updates(offset=ids[0]) == first
    assert await api.updates(offset=ids[0] + 1) == first[1:]
    assert await api.updates() == first[1:]


async def test_a_killed_poller_has_confirmed_what_its_offset_says(api: Api, rina: Person) -> None:
    """The confirmation counts on arrival, even when the answer never reaches the bot."""
    last = (await api.updates())[-1]["update_id"]
    polls = (await rina.world.get("pending"))["polls"]
    poll = asyncio.create_task(api.raw("getUpdates", {"offset": last + 1, "timeout": 20}))
    await _waiting(rina.world, polls + 1)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    assert await api.updates() == []


async def test_limit_and_negative_offset(api: Api, rina: Person) -> None:
    """`limit` takes so many from the front, a negative offset keeps so many from the end and forgets the rest."""
    for word in "abcd":
        await rina.say(word)
    assert len(await api.updates(limit=2)) == 2
    assert [one["message"]["text"] for one in await api.updates(offset=-2)] == ["c", "d"]
    assert len(await api.updates()) == 2


async def test_a_long_poll_ends_when_something_happens(api: Api, rina: Person) -> None:
    """A waiting getUpdates is answered by the next message, not at its end."""
    await api.forget()
    polls = (await rina.world.get("pending"))["polls"]
    poll = asyncio.create_task(api.updates(timeout=30))
    await _waiting(rina.world, polls + 1)
    await rina.say("halo")
    assert [one["message"]["text"] for one in await asyncio.wait_for(poll, 5)] == ["halo"]


async def test_the_older_of_two_pollers_is_sent_away(api: Api, rina: Person) -> None:
    """A second getUpdates ends the first with 409 and takes its place."""
    await api.forget()
    polls = (await rina.world.get("pending"))["polls"]
    older = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await _waiting(rina.world, polls + 1)
    newer = asyncio.create_task(api.updates(timeout=30))
    await _waiting(rina.world, polls + 2)
    assert await asyncio.wait_for(older, 5) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await rina.say("halo")
    assert len(await asyncio.wait_for(newer, 5)) == 1


async def test_polling_while_a_webhook_is_set_is_refused(api: Api, rina: Person) -> None:
    """Polling and webhook exclude each other; setting one ends a poll that waits."""
    await api.forget()
    polls = (await rina.world.get("pending"))["polls"]
    poll = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await _waiting(rina.world, polls + 1)
    await api.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await asyncio.wait_for(poll, 5) == (409, "Conflict: terminated by setWebhook request")
    code, why = await api.refused("getUpdates")
    assert code == 409
    assert why.startswith("Conflict: can't use getUpdates method while webhook is active")
    await api.ok("deleteWebhook")
    assert await api.updates() == []


async def test_allowed_updates_count_when_the_update_is_made(api: Api, rina: Person) -> None:
    """The list is remembered; what was made before it stays, what it does not name is never made."""
    await api.updates(allowed_updates=["callback_query"])
    await rina.say("tidak terlihat")
    assert [one["message"]["text"] for one in await api.updates()] == ["/start"]
    await api.updates(allowed_updates=[])
    await rina.say("terlihat")
    assert [one["message"]["text"] for one in await api.updates()] == ["/start", "terlihat"]


async def test_changes_of_members_come_only_when_asked_for(api: Api, world: World, rina: Person) -> None:
    """`chat_member` is not among the default updates."""
    newcomer = await world.add_person(7100, "Tono")
    await api.forget()
    await world.post("join", chat=CHANNEL, person=newcomer.id)
    assert await api.updates() == []
    await api.updates(allowed_updates=["message", "chat_member"])
    await world.post("leave", chat=CHANNEL, person=newcomer.id)
    (update,) = await api.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "left"


async def test_messages_wait_a_day_and_presses_150_seconds(box: Sandbox, api: Api, rina: Person) -> None:
    """After an outage of three minutes a press is gone and the message still there; after a day that is gone, too. What
    went so is known: no bot has lost it."""
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}
    await api.ok("sendMessage", chat_id=rina.id, text="Jadi?", reply_markup=markup)
    await rina.press("Ya")
    message, press = await api.updates()
    assert [set(one) - {"update_id"} for one in (message, press)] == [{"message"}, {"callback_query"}]
    await rina.world.advance(timedelta(seconds=151))
    assert await api.updates() == [message]
    assert box.world.mailbox.expired == {press["update_id"]}
    await rina.world.advance(timedelta(hours=24))
    assert await api.updates() == []
    assert box.world.mailbox.expired == {message["update_id"], press["update_id"]}


async def test_an_update_does_not_change_afterwards(api: Api, rina: Person) -> None:
    """What was said is delivered as it was said, and the correction comes as an update of its own."""
    await api.forget()
    said = await rina.say("2 pcs")
    await rina.edit(said["message_id"], "3 pcs")
    before, after = await api.updates()
    assert before["message"]["text"] == "2 pcs"
    assert after["edited_message"]["text"] == "3 pcs"
    assert after["edited_message"]["edit_date"] >= before["message"]["date"]


async def test_an_unknown_update_can_be_put_in(api: Api, world: World) -> None:
    """A test may send what no Telegram has sent yet."""
    await world.post("raw_update", something_new={"a": 1})
    (update,) = await api.updates()
    assert update["something_new"] == {"a": 1}


async def test_a_message_to_a_stopped_and_started_sandbox(box: Sandbox, api: Api, rina: Person) -> None:
    """Stopping ends a poll that waits within a second and leaves no task behind."""
    await api.forget()
    polls = (await rina.world.get("pending"))["polls"]
    poll = asyncio.create_task(api.raw("getUpdates", {"timeout": 40}))
    await _waiting(rina.world, polls + 1)
    await asyncio.wait_for(box.stop(), 5)
    await asyncio.gather(poll, return_exceptions=True)


async def _waiting(world: World, polls: int) -> None:
    """Until so many requests for updates have arrived."""

    async def arrived() -> bool:
        return bool((await world.get("pending"))["polls"] >= polls)

    await until(arrived, 5, "the poll does not arrive")
