"""Methods by which the bot says something: send, copy, forward, and "typing…".

In: a call. Out: the Message object that Telegram would return, and the message in the world. Order of refusals as in
Telegram: what is wrong with the content first, then rights, then limits.
"""

from __future__ import annotations

from typing import Any

from sandbox.botapi.access import message_at, readable, target, writable
from sandbox.botapi.call import Call
from sandbox.botapi.media import attached
from sandbox.errors import bad_request
from sandbox.html import Entity
from sandbox.keyboards import read_markup
from sandbox.shelf import FileKind
from sandbox.text import caption_text, message_text
from sandbox.world import Chat, Json, Message, World

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
ALBUM_KINDS: dict[str, FileKind] = {"photo": "photo", "video": "video", "document": "document", "audio": "audio"}
_ORIGINAL = ("message_id", "from", "sender_chat", "chat", "date", "edit_date", "reply_markup", "reply_to_message")


def send_message(world: World, call: Call) -> Json:
    """sendMessage."""
    chat = target(world, call)
    text = read_text(world, call)
    return say(world, call, chat, [text])[0].body


def send_photo(world: World, call: Call) -> Json:
    """sendPhoto."""
    return _send_file(world, call, "photo")


def send_document(world: World, call: Call) -> Json:
    """sendDocument."""
    return _send_file(world, call, "document")


def send_video(world: World, call: Call) -> Json:
    """sendVideo."""
    return _send_file(world, call, "video")


def _send_file(world: World, call: Call, kind: FileKind) -> Json:
    chat = target(world, call)
    content = attached(world, call, kind, call.text(kind), kind)
    caption = read_caption(world, call.text("caption"), call.text("parse_mode"), call.entities("caption_entities"))
    return say(world, call, chat, [content | caption])[0].body


def send_media_group(world: World, call: Call) -> list[Json]:
    """sendMediaGroup: 2 to 10 of one sort."""
    chat = target(world, call)
    items = call.json("media", "media")
    if not isinstance(items, list) or not items:
        raise bad_request("there are no messages to send")
    if not 2 <= len(items) <= 10:
        raise bad_request(f"too {'few' if len(items) < 2 else 'many'} messages to send as an album")
    kinds = {item.get("type") if isinstance(item, dict) else None for item in items}
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [input_media(world, call, item) for item in items]
    album = {"media_group_id": str(13_000_000_000_000_000 + world.change)}
    return [message.body for message in say(world, call, chat, [album | content for content in contents])]


def input_media(world: World, call: Call, item: Any) -> Json:
    """One InputMedia object as content of a message, caption included."""
    if not isinstance(item, dict) or item.get("type") not in ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: type must be one of photo, video, document, audio")
    content = attached(world, call, ALBUM_KINDS[item["type"]], str(item.get("media", "")))
    caption = read_caption(
        world, str(item.get("caption") or ""), str(item.get("parse_mode") or ""), item.get("caption_entities")
    )
    return content | caption


def copy_message(world: World, call: Call) -> Json:
    """copyMessage: the same content without a trace of where it came from."""
    chat = target(world, call)
    source = message_at(readable(world, target(world, call, "from_chat_id")), call, "copy")
    content = {name: value for name, value in source.body.items() if name not in (*_ORIGINAL, "forward_origin")}
    if not content.keys() & {"text", "photo", "document", "video", "sticker", "voice", "contact", "location"}:
        raise bad_request("message can't be copied")
    if "caption" in call.args and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= read_caption(world, call.text("caption"), call.text("parse_mode"), call.entities("caption_entities"))
    content.pop("media_group_id", None)
    return {"message_id": say(world, call, chat, [content])[0].id}


def forward_message(world: World, call: Call) -> Json:
    """forwardMessage: the same content, and who said it first."""
    chat = target(world, call)
    source = message_at(readable(world, target(world, call, "from_chat_id")), call, "forward")
    body = source.body
    date = body["date"]
    if "from" in body:
        origin: Json = {"type": "user", "sender_user": body["from"], "date": date}
    else:
        origin = {"type": "channel", "chat": body["chat"], "message_id": source.id, "date": date}
    content = {name: value for name, value in body.items() if name not in (*_ORIGINAL, "media_group_id")}
    return say(world, call, chat, [{"forward_origin": origin, **content}])[0].body


def send_chat_action(world: World, call: Call) -> bool:
    """sendChatAction: shown for five seconds, or until something is sent."""
    chat = writable(world, target(world, call))
    action = call.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.action = (action, world.clock.seconds() + 5)
    world.touch(chat)
    return True


def read_text(world: World, call: Call) -> Json:
    """The text of the request and its entities, as fields of a message."""
    text, entities = message_text(call.text("text"), call.text("parse_mode"), call.entities("entities"))
    return {"text": text} | _marks("entities", world, entities)


def read_caption(world: World, source: str, parse_mode: str, given: list[Entity] | None) -> Json:
    """A caption and its entities, as fields of a message."""
    text, entities = caption_text(source, parse_mode, given)
    return ({"caption": text} if text else {}) | _marks("caption_entities", world, entities)


def _marks(name: str, world: World, entities: list[Entity]) -> Json:
    kept = []
    for entity in entities:
        mentioned = entity.get("mentioned")
        if mentioned is None:
            kept.append(entity)
        elif mentioned in world.people:
            rest = {part: value for part, value in entity.items() if part != "mentioned"}
            kept.append({**rest, "user": world.people[mentioned].user()})
    return {name: kept} if kept else {}


def say(world: World, call: Call, chat: Chat, contents: list[Json]) -> list[Message]:
    """Put what the bot says into the chat, with reply and keyboard. Raises ApiError for rights and limits."""
    markup = read_markup(call.json("reply_markup", "reply keyboard markup"))
    if markup and chat.kind == "channel" and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    writable(world, chat)
    reply = _replied(chat, call)
    world.limits.spend(chat.id, chat.is_private, len(contents))
    sent = []
    for content in contents:
        if call.flag("protect_content"):
            content = {**content, "has_protected_content": True}
        if markup and "inline_keyboard" in markup:
            content = {**content, "reply_markup": markup}
        message = world.post(chat, bot_sender(world, chat), {**reply, **content}, by_bot=True)
        message.has_reply_keyboard = bool(markup and "inline_keyboard" not in markup)
        sent.append(message)
    if markup and "keyboard" in markup:
        chat.keyboard = markup
    elif markup and "remove_keyboard" in markup:
        chat.keyboard = None
    return sent


def bot_sender(world: World, chat: Chat) -> Json:
    """Who a message of the bot is from: in a channel the channel itself speaks."""
    return {"sender_chat": world.chat_json(chat)} if chat.kind == "channel" else {"from": world.bot}


def _replied(chat: Chat, call: Call) -> Json:
    parameters = call.json("reply_parameters", "reply parameters") or {}
    message_id = parameters.get("message_id") or call.integer("reply_to_message_id")
    if not message_id:
        return {}
    message = chat.message(int(message_id))
    if message is None:
        if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {name: value for name, value in message.body.items() if name != "reply_to_message"}}
