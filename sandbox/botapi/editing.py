"""Methods by which the bot changes what it has said, takes it away, pins it, or answers a button press.

In: a call. Out: the changed Message, or True. Refusals word for word: nothing is edited into what it already is,
nobody else's message is edited, a press is answered within 150 seconds.
"""

from __future__ import annotations

from sandbox.botapi.access import message_at, readable, target, writable
from sandbox.botapi.call import Call
from sandbox.botapi.sending import bot_sender, input_media, read_caption, read_text
from sandbox.errors import ApiError, bad_request
from sandbox.keyboards import read_markup
from sandbox.mailbox import PRESS_KEPT
from sandbox.world import Chat, Json, Message, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
STALE = "query is too old and response timeout expired or query ID is invalid"
DELETABLE = 48 * 3600
_CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "video", "audio")
_CAPTION = ("caption", "caption_entities")
_MEDIA = {"photo", "document", "video", "audio", "voice", "animation"}


def edit_text(world: World, call: Call) -> Json:
    """editMessageText."""
    chat, message = _editable(world, call)
    content = read_text(world, call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _change(world, call, chat, message, ("text", "entities"), content)


def edit_caption(world: World, call: Call) -> Json:
    """editMessageCaption."""
    chat, message = _editable(world, call)
    caption = read_caption(world, call.text("caption"), call.text("parse_mode"), call.entities("caption_entities"))
    if not message.body.keys() & _MEDIA:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, call, chat, message, _CAPTION, caption)


def edit_media(world: World, call: Call) -> Json:
    """editMessageMedia."""
    chat, message = _editable(world, call)
    item = call.json("media", "media")
    if item is None:
        raise bad_request("input media is not specified")
    content = input_media(world, call, item)
    if "text" in message.body or message.body.keys() & _MEDIA:
        return _change(world, call, chat, message, _CONTENT, content)
    raise bad_request("message can't be edited")


def edit_markup(world: World, call: Call) -> Json:
    """editMessageReplyMarkup."""
    chat, message = _editable(world, call)
    return _change(world, call, chat, message, (), {})


def _editable(world: World, call: Call) -> tuple[Chat, Message]:
    chat = target(world, call)
    message = message_at(writable(world, chat), call, "edit")
    if not message.by_bot or message.has_reply_keyboard or "pinned_message" in message.body:
        raise bad_request("message can't be edited")
    return chat, message


def _change(world: World, call: Call, chat: Chat, message: Message, parts: tuple[str, ...], content: Json) -> Json:
    markup = read_markup(call.json("reply_markup", "reply keyboard markup"))
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    after = {name: value for name, value in message.body.items() if name not in (*parts, "reply_markup")}
    after |= content | ({"reply_markup": markup} if markup else {})
    if after == message.body:
        raise bad_request(NOT_MODIFIED)
    world.limits.spend(chat.id, chat.is_private)
    message.body = after
    world.edited(message)
    return message.body


def delete_message(world: World, call: Call) -> bool:
    """deleteMessage: one's own, or anybody's in private or as administrator, within 48 hours."""
    chat = readable(world, target(world, call))
    _delete(world, chat, message_at(chat, call, "delete"))
    return True


def delete_messages(world: World, call: Call) -> bool:
    """deleteMessages: 1 to 100; those that are not there are skipped."""
    chat = readable(world, target(world, call))
    ids = call.json("message_ids", "message identifiers")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        message = chat.message(int(message_id))
        if message is not None:
            _delete(world, chat, message)
    return True


def _delete(world: World, chat: Chat, message: Message) -> None:
    if not chat.is_private and not message.by_bot and chat.bot != "administrator":
        raise bad_request("message can't be deleted")
    if world.clock.seconds() - message.body["date"] > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    world.delete(message)


def pin(world: World, call: Call) -> bool:
    """pinChatMessage; a service message says so, and the bot is told of it as Telegram tells it."""
    chat = target(world, call)
    _may_pin(world, chat)
    message = message_at(chat, call, "pin")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    shown = {name: value for name, value in message.body.items() if name != "reply_to_message"}
    service = world.post(chat, bot_sender(world, chat), {"pinned_message": shown}, by_bot=True)
    world.update("channel_post" if chat.kind == "channel" else "message", service.body, chat.id)
    return True


def unpin(world: World, call: Call) -> bool:
    """unpinChatMessage: the one named, or the newest."""
    chat = target(world, call)
    _may_pin(world, chat)
    message_id = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    world.touch(chat)
    return True


def _may_pin(world: World, chat: Chat) -> None:
    if chat.is_private or chat.bot in ("left", "kicked") or chat.migrated_to is not None:
        writable(world, chat)
    elif chat.bot != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")


def answer_press(world: World, call: Call) -> bool:
    """answerCallbackQuery: up to 200 characters, within 150 seconds of the press."""
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or world.clock.seconds() - query.pressed_at > PRESS_KEPT:
        raise bad_request(STALE)
    text = call.text("text")
    if len(text) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    if query.answer is None:
        query.answer = {"text": text, "show_alert": call.flag("show_alert"), "url": call.text("url")}
        query.change = world.touch(world.chats[query.chat_id])
    return True
