"""An update of Telegram's becomes who said what, where. Pure; what is not for us becomes `Unheard`.

Only what the bot uses is read. A press on a button, a message, an edited message, a block or unblock are heard;
channel posts, other bots and service messages are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import telegram

from conversations.said import Other, OtherKind, SentFile, SentVideo, SharedContact, Typed, Word
from preorder.order import PersonId

# facts: anonymous admin, channel posts linked to a group: none of them is a person.
NOBODY: Final = frozenset({1087968824, 777000, 136817688})


@dataclass(frozen=True)
class Sender:
    """Who wrote; `language` is Telegram's code of their app."""

    id: PersonId
    first_name: str
    username: str
    language: str


@dataclass(frozen=True)
class Command:
    """`/open@shopbot now` → name `open`, argument `now`, meant for the bot called `to` (empty: for any)."""

    name: str
    argument: str
    to: str = ""


@dataclass(frozen=True)
class Press:
    """A pressed button: its data, and the message it hangs on (0 when too old to be known)."""

    query_id: str
    data: str
    message_id: int
    is_text: bool


@dataclass(frozen=True)
class Edited:
    """Somebody changed an earlier message."""


@dataclass(frozen=True)
class Reachable:
    """The person blocked the bot (False) or took it back (True)."""

    is_reachable: bool


@dataclass(frozen=True)
class Heard:
    """Something a person did. `is_private` is False in a group; `about` is the text of the message it answers."""

    sender: Sender
    chat_id: int
    is_private: bool
    what: Word | Command | Press | Edited | Reachable
    about: str = ""
    album: str = ""


@dataclass(frozen=True)
class Unheard:
    """Nothing to answer; `faceless` is the command that an anonymous admin gave in this chat."""

    chat_id: int = 0
    faceless: Command | None = None


def hear(raw: dict[str, Any]) -> Heard | Unheard:
    """Read a raw update. Raises what the library raises for one it cannot parse."""
    update = telegram.Update.de_json(_trimmed(raw), None)
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.message is not None:
        return _message(update.message, _kind(raw["message"]))
    if update.edited_message is not None:
        heard = _message(update.edited_message, _kind(raw["edited_message"]))
        if isinstance(heard, Heard):
            return Heard(heard.sender, heard.chat_id, heard.is_private, Edited())
        return Unheard()
    if update.my_chat_member is not None:
        change = update.my_chat_member
        if change.chat.type == "private":
            reachable = change.new_chat_member.status not in ("kicked", "left")
            return Heard(_sender(change.from_user), change.chat.id, True, Reachable(reachable))
    return Unheard()


# What is read of a message. The rest is not even parsed: it costs time, and a poll of a server that is older or newer
# than the library must not make a person's message unreadable.
_READ: Final = frozenset(
    {
        *("message_id", "date", "chat", "from", "sender_chat", "text", "caption"),
        *("photo", "document", "video", "contact", "media_group_id", "reply_to_message"),
    }
)
_READ_OF_ANSWERED: Final = frozenset({"message_id", "date", "chat", "text", "caption"})


def _trimmed(raw: dict[str, Any]) -> dict[str, Any]:
    kept = {name: _only(_READ, inside) if name.endswith("message") else inside for name, inside in raw.items()}
    query = raw.get("callback_query")
    if isinstance(query, dict) and isinstance(query.get("message"), dict):
        kept["callback_query"] = {**query, "message": _only(_READ_OF_ANSWERED, query["message"])}
    return kept


def _only(names: frozenset[str], message: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in message.items() if name in names}
    if isinstance(answered := kept.get("reply_to_message"), dict):
        kept["reply_to_message"] = _only(_READ_OF_ANSWERED, answered)
    if "animation" in message:
        kept.pop("document", None)  # Telegram sends it as both; it is no document that anybody can read
    return kept


def _sender(user: telegram.User) -> Sender:
    return Sender(PersonId(user.id), user.first_name, user.username or "", user.language_code or "")


def _press(query: telegram.CallbackQuery) -> Heard | Unheard:
    if query.from_user.is_bot or query.data is None:
        return Unheard()
    message = query.message
    chat_id = message.chat.id if message is not None else query.from_user.id
    is_private = message is None or message.chat.type == "private"
    is_text = isinstance(message, telegram.Message) and message.text is not None
    press = Press(query.id, query.data, message.message_id if message is not None else 0, is_text)
    return Heard(_sender(query.from_user), chat_id, is_private, press)


def _message(message: telegram.Message, kind: OtherKind | None) -> Heard | Unheard:
    """`kind` is what it is when it is nothing that a step could use; None when nobody said anything."""
    user = message.from_user
    command = _command(message)
    if user is None or message.chat.type == "channel":
        return Unheard()
    if user.id in NOBODY or message.sender_chat is not None:
        return Unheard(message.chat.id, faceless=command)
    if user.is_bot:
        return Unheard()
    word = command or _word(message) or (Other(kind) if kind is not None else None)
    if word is None:
        return Unheard()
    answered = message.reply_to_message
    about = (answered.text or answered.caption or "") if answered is not None else ""
    is_private = message.chat.type == "private"
    return Heard(_sender(user), message.chat.id, is_private, word, about, message.media_group_id or "")


def _command(message: telegram.Message) -> Command | None:
    text = message.text
    if text is None or not text.startswith("/") or len(text) < 2:
        return None
    said, *argument = text[1:].split(maxsplit=1) or [""]
    name, _, to = said.casefold().partition("@")
    return Command(name, "".join(argument).strip(), to)


def _word(message: telegram.Message) -> Word | None:
    if message.text is not None:
        return Typed(message.text)
    if message.photo:
        largest = message.photo[-1]
        size, caption = largest.file_size or 1, message.caption or ""
        album = message.media_group_id or ""
        return SentFile("photo", largest.file_id, largest.file_unique_id, size, caption=caption, album=album)
    if message.document is not None:
        document = message.document
        # A document without a size is as large as it is; one of 0 bytes is empty.
        size = 1 if document.file_size is None else document.file_size
        return SentFile(
            "document",
            document.file_id,
            document.file_unique_id,
            size,
            name=document.file_name or "",
            caption=message.caption or "",
        )
    if message.video is not None:
        return SentVideo(message.video.file_id, message.video.file_size or 1)
    if message.contact is not None:
        return SharedContact(message.contact.phone_number, message.contact.first_name)
    return None


def _kind(raw: dict[str, Any]) -> OtherKind | None:
    if not _SERVICE.isdisjoint(raw):
        return None
    return next((kind for name, kind in _KINDS.items() if name in raw), "other")


_KINDS: Final[dict[str, OtherKind]] = {
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "location": "location",
    "venue": "location",
    "poll": "poll",
    "dice": "dice",
    "game": "dice",
}
# Members joining, pins, titles: nobody said anything.
_SERVICE: Final = frozenset(
    {
        *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo"),
        *("pinned_message", "migrate_to_chat_id", "migrate_from_chat_id", "group_chat_created"),
        *("supergroup_chat_created", "message_auto_delete_timer_changed", "chat_background_set"),
        *("write_access_allowed", "connected_website", "video_chat_started", "video_chat_ended"),
    }
)
