"""What somebody sees on the screen: a chat's messages, the chat list, answers to presses.

In: the world and a person or chat. Out: JSON for the page and the tests, in which each message is Telegram's own
Message object with a `sandbox` field beside it (change number, whose it is, where its file can be fetched).
"""

from __future__ import annotations

from typing import Any

from sandbox.botapi.profile import visible_commands, visible_text
from sandbox.world import Chat, Json, Message, Person, World

_FILES = ("document", "video", "voice", "sticker", "audio", "animation")


def seen_message(message: Message, person: Person | None) -> Json:
    """A message as this person sees it."""
    body = message.body
    own = not message.by_bot and person is not None and body.get("from", {}).get("id") == person.id
    extra: Json = {"change": message.change, "by_bot": message.by_bot, "own": own}
    stored = body["photo"][-1] if "photo" in body else next((body[kind] for kind in _FILES if kind in body), None)
    if stored:
        extra["url"] = f"/sandbox/file/{stored['file_unique_id']}"
    return {**body, "sandbox": extra}


def seen_chat(world: World, chat: Chat, person: Person | None, after: int) -> Json:
    """A chat: its messages changed after a change number, ids of those that went, and what surrounds them."""
    language = person.language_code[:2] if person else ""
    changed = [one for one in chat.messages.values() if one.change > after]
    now = world.clock.seconds()
    return {
        "change": world.change,
        "chat": world.chat_json(chat),
        "messages": [seen_message(one, person) for one in changed if not one.deleted],
        "deleted": [one.id for one in changed if one.deleted],
        "pinned": list(chat.pinned),
        "keyboard": chat.keyboard,
        "typing": chat.action[0] if chat.action and chat.action[1] > now else None,
        "started": chat.is_private and world.people[chat.id].started,
        "blocked": chat.is_private and world.people[chat.id].blocked,
        "can_write": person is not None and may_write(chat, person),
        "commands": visible_commands(world, person, chat) if person else [],
        "bot_name": visible_text(world, "name", language),
        "bot_description": visible_text(world, "description", language),
    }


def may_write(chat: Chat, person: Person) -> bool:
    """Whether this person could write here."""
    if chat.kind == "channel":
        return person.id in chat.admins
    return chat.is_private or person.id in chat.members


def seen_answers(world: World, person: Person, after: int) -> list[Json]:
    """What the bot answered to this person's presses, oldest first."""
    return [
        {"query_id": q.id, "chat_id": q.chat_id, "message_id": q.message_id, "change": q.change, **q.answer}
        for q in world.queries.values()
        if q.person == person.id and q.answer is not None and q.change > after
    ]


def seen_state(world: World, limits: bool) -> Json:
    """The whole world in a few lines: who and what is there."""
    private = [_in_list(world, world.chats[person.id]) for person in world.people.values()]
    people = [
        {
            **person.user(),
            "note": person.note,
            "started": person.started,
            "blocked": person.blocked,
            "deactivated": person.deactivated,
        }
        for person in world.people.values()
    ]
    groups = [
        {
            **_in_list(world, chat),
            "members": sorted(chat.members | chat.admins),
            "admins": sorted(chat.admins),
            "bot": chat.bot,
        }
        for chat in world.chats.values()
        if not chat.is_private
    ]
    return {
        "change": world.change,
        "bot": world.bot,
        "people": [{**one, **chat} for one, chat in zip(people, private, strict=True)],
        "chats": groups,
        "limits": limits,
        "clock": seen_clock(world),
    }


def seen_clock(world: World) -> Json:
    """The sandbox's time: version, offset from real time in seconds, and the moment in UTC."""
    clock = world.clock
    return {"version": clock.version, "offset": clock.offset.total_seconds(), "now": clock.now().isoformat()}


def _in_list(world: World, chat: Chat) -> dict[str, Any]:
    shown = [message for message in chat.messages.values() if not message.deleted]
    by_bot = [message for message in shown if message.by_bot]
    last = shown[-1].body if shown else {}
    return {
        **world.chat_json(chat),
        "last_text": str(last.get("text") or last.get("caption") or ("Foto" if "photo" in last else ""))[:80],
        "last_date": last.get("date"),
        "bot_messages": len(by_bot),
        "bot_change": max((message.change for message in by_bot), default=0),
    }
