"""What people do in a chat: open the bot, write, press, send, edit.

In: the world and one action. Out: its traces in the world, and the updates of which the bot is told. It refuses with
ImpossibleError what no client offers (pressing a button that is not there). It knows nothing of HTTP.
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import ImpossibleError
from sandbox.membership import unblock
from sandbox.text import TEXT_LIMIT, caption_text, find_entities, message_text
from sandbox.world import ANONYMOUS_ADMIN, TELEGRAM, Chat, Json, Message, Person, Query, World

_COMMAND = re.compile(r"/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def person_of(world: World, person_id: int) -> Person:
    """Somebody who is there. Raises ImpossibleError."""
    person = world.people.get(person_id)
    if person is None:
        raise ImpossibleError(f"there is no person {person_id}")
    return person


def chat_of(world: World, person: Person, chat_id: int | None) -> Chat:
    """The chat an action happens in: the private one unless another is named. Raises ImpossibleError."""
    chat = world.chats.get(person.id if chat_id is None else chat_id)
    if chat is None or (chat.is_private and chat.id != person.id):
        raise ImpossibleError(f"{person.name()} has no chat {chat_id}")
    if not chat.is_private and person.id not in chat.members:
        raise ImpossibleError(f"{person.name()} is not in {chat.title}")
    return chat


def say(
    world: World,
    person: Person,
    chat: Chat,
    text: str,
    reply_to: int | None = None,
    anonymous: bool = False,
    forwarded_from: int | str | None = None,
) -> list[tuple[Message, int | None]]:
    """Write. A text that is too long goes as several messages, as clients do it. Returns messages and update ids."""
    if not text.strip():
        raise ImpossibleError("a message needs a text")
    extra = _origin(world, forwarded_from)
    sent = []
    for begin in range(0, len(text), TEXT_LIMIT):
        part = text[begin : begin + TEXT_LIMIT]
        if not part.strip():
            continue
        kept, entities = message_text(part)
        content = {"text": kept, **({"entities": entities} if entities else {})}
        sent.append(put(world, person, chat, {**extra, **content}, reply_to, anonymous))
    return sent


def start(world: World, person: Person, payload: str = "") -> tuple[Message, int | None]:
    """Open the bot, perhaps by a deep link: sends /start. Raises ImpossibleError for a payload no link can carry."""
    if payload and not PAYLOAD.fullmatch(payload):
        raise ImpossibleError("a payload is 1 to 64 of A-Z a-z 0-9 _ -")
    chat = world.chats[person.id]
    return say(world, person, chat, f"/start {payload}".strip())[0]


def put(
    world: World, person: Person, chat: Chat, content: Json, reply_to: int | None = None, anonymous: bool = False
) -> tuple[Message, int | None]:
    """Send any content and tell the bot. Returns the message and the update's id, None when the bot is not told."""
    if person.deactivated:
        raise ImpossibleError(f"{person.name()} has no account any more")
    if chat.kind == "channel" and person.id not in chat.admins:
        raise ImpossibleError(f"{person.name()} cannot write in {chat.title}")
    if chat.is_private:
        if person.blocked:
            unblock(world, person)
        person.started = True
    reply = chat.message(reply_to) if reply_to is not None else None
    if reply_to is not None and reply is None:
        raise ImpossibleError(f"there is no message {reply_to} to reply to")
    if reply is not None:
        shown = {name: value for name, value in reply.body.items() if name != "reply_to_message"}
        content = {"reply_to_message": shown, **content}
    message = world.post(chat, _sender(world, person, chat, anonymous), content)
    if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None
    if chat.kind == "channel":
        _to_discussion(world, chat, message)
    return message, tell(world, chat, message, "channel_post" if chat.kind == "channel" else "message")


def tell(world: World, chat: Chat, message: Message, kind: str) -> int | None:
    """Queue the update of a person's message, unless the bot does not get to see it."""
    return world.update(kind, message.body, chat.id) if _is_seen(world, chat, message) else None


def edit(world: World, person: Person, chat: Chat, message_id: int, text: str) -> int | None:
    """Change the words of one's own message. Returns the update's id."""
    message = _own(chat, message_id)
    author = message.body.get("from", {}).get("id")
    if author not in (person.id, None):
        raise ImpossibleError("people edit their own messages")
    in_caption = "text" not in message.body
    kept, entities = caption_text(text) if in_caption else message_text(text)
    part, marks = ("caption", "caption_entities") if in_caption else ("text", "entities")
    message.body[part] = kept
    message.body.pop(marks, None)
    if entities:
        message.body[marks] = entities
    world.edited(message)
    return tell(world, chat, message, "edited_channel_post" if chat.kind == "channel" else "edited_message")


def delete(world: World, person: Person, chat: Chat, message_id: int) -> None:
    """Take a message away: one's own, anybody's in a private chat or as an administrator. No bot is told of it."""
    message = chat.message(message_id)
    if message is None:
        raise ImpossibleError("there is no such message")
    is_own = not message.by_bot and message.body.get("from", {}).get("id") == person.id
    if not (is_own or chat.is_private or person.id in chat.admins):
        raise ImpossibleError("only administrators delete what others wrote")
    world.delete(message)


def press(
    world: World,
    person: Person,
    chat: Chat,
    message_id: int,
    data: str | None = None,
    label: str | None = None,
    forged: bool = False,
) -> Json:
    """Press a button. Returns `{query_id}`, or `{url}` or `{copied}` for buttons that stay within the client."""
    message = _shown(chat, message_id)
    if forged:
        if data is None:
            raise ImpossibleError("a forged press needs data")
    else:
        button = _button(message, data, label)
        if "url" in button:
            return {"url": button["url"]}
        if "copy_text" in button:
            return {"copied": button["copy_text"]["text"]}
        if "callback_data" not in button:
            raise ImpossibleError(f"the sandbox does not press buttons of this kind: {button}")
        data = button["callback_data"]
    query = Query(str(7_000_000_000_000 + len(world.queries)), person.id, chat.id, message_id, world.clock.seconds())
    world.queries[query.id] = query
    body = {
        "id": query.id,
        "from": person.user(),
        "message": message.body,
        "chat_instance": str(5_000_000_000_000_000 + abs(chat.id)),
        "data": data,
    }
    return {"query_id": query.id, "update_id": world.update("callback_query", body, chat.id)}


def _sender(world: World, person: Person, chat: Chat, anonymous: bool) -> Json:
    if chat.kind == "channel":
        return {"sender_chat": world.chat_json(chat)}
    if anonymous:
        if person.id not in chat.admins:
            raise ImpossibleError("only an administrator of a group is anonymous")
        return {"from": ANONYMOUS_ADMIN, "sender_chat": world.chat_json(chat)}
    return {"from": person.user()}


def _is_seen(world: World, chat: Chat, message: Message) -> bool:
    """Group privacy: in a group a bot sees commands, replies to itself and service messages, unless it is admin."""
    if chat.bot in ("left", "kicked"):
        return False
    if chat.is_private or chat.bot == "administrator":
        return True
    if chat.kind == "channel":
        return False
    replied = message.body.get("reply_to_message", {}).get("from", {}).get("id")
    if replied == world.bot["id"]:
        return True
    if not ({"text", "caption"} & message.body.keys()):
        return bool(_SERVICE & message.body.keys())
    text = str(message.body.get("text", message.body.get("caption", "")))
    command = _COMMAND.match(text)
    if command is None or not any(e["type"] == "bot_command" and not e["offset"] for e in find_entities(text, [])):
        return False
    _, _, name = command[0].partition("@")
    return name.lower() in ("", world.bot["username"].lower())


_SERVICE = {"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"}


def _origin(world: World, source: int | str | None) -> Json:
    if source is None:
        return {}
    date = world.clock.unix()
    if isinstance(source, str):
        return {"forward_origin": {"type": "hidden_user", "sender_user_name": source, "date": date}}
    chat = world.chats.get(source)
    if chat is None:
        raise ImpossibleError(f"there is nobody {source} to forward from")
    if chat.is_private:
        return {"forward_origin": {"type": "user", "sender_user": world.people[source].user(), "date": date}}
    origin = {"type": "channel", "chat": world.chat_json(chat), "message_id": 1, "date": date}
    return {"forward_origin": origin}


def _to_discussion(world: World, channel: Chat, message: Message) -> None:
    """A post in a channel appears by itself in the group that is linked to it."""
    group = world.chats.get(channel.linked or 0)
    if group is None:
        return
    origin = {
        "type": "channel",
        "chat": world.chat_json(channel),
        "message_id": message.id,
        "date": message.body["date"],
    }
    kept = {
        name: value
        for name, value in message.body.items()
        if name not in ("message_id", "chat", "date", "sender_chat", "from", "reply_markup")
    }
    sender = {"from": TELEGRAM, "sender_chat": world.chat_json(channel)}
    copy = world.post(group, sender, {"forward_origin": origin, "is_automatic_forward": True, **kept})
    tell(world, group, copy, "message")


def _shown(chat: Chat, message_id: int) -> Message:
    message = chat.message(message_id)
    if message is None:
        raise ImpossibleError(f"there is no message {message_id} on the screen")
    return message


def _own(chat: Chat, message_id: int) -> Message:
    message = _shown(chat, message_id)
    if message.by_bot:
        raise ImpossibleError("people edit their own messages")
    return message


def _button(message: Message, data: str | None, label: str | None) -> Json:
    rows: list[list[dict[str, Any]]] = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if label is not None and button["text"].casefold() == label.strip().casefold():
            return button
        if data is not None and button.get("callback_data") == data:
            return button
    shown = ", ".join(button["text"] for button in buttons) or "none"
    raise ImpossibleError(f"there is no such button; the message shows: {shown}")
