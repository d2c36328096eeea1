"""An update of Telegram's, as it arrived, becomes who said what, where. Pure; what is not for us becomes `Unheard`.

Only what the bot uses is read. A press on a button, a message, an edited message, a block or unblock are heard;
channel posts, other bots and service messages are not.
"""

from __future__ import annotations

from typing import Any, Final

from conversations.said import Other, OtherKind, SentFile, SentVideo, SharedContact, Typed, Word
from preorder.order import PersonId
from preorder.values import dataclass

# facts: anonymous admin, channel posts linked to a group: none of them is a person.
NOBODY: Final = frozenset({1087968824, 777000, 136817688})
_ID_END: Final = 2**63  # what either database can hold


class Unreadable(ValueError):
    """An update whose parts are not as the Bot API has them."""


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
    """Read a raw update. Raises `Unreadable` for one whose parts that we need are not what they should be."""
    if (query := raw.get("callback_query")) is not None:
        return _press(_part(query))
    if (message := raw.get("message")) is not None:
        return _message(_part(message), _kind(_part(message)))
    if (edited := raw.get("edited_message")) is not None:
        heard = _message(_part(edited), _kind(_part(edited)))
        if isinstance(heard, Heard):
            return Heard(heard.sender, heard.chat_id, heard.is_private, Edited())
        return Unheard()
    if (change := raw.get("my_chat_member")) is not None:
        return _change(_part(change))
    return Unheard()


# --- parts of the Bot API's objects ------------------------------------------------------------------------------
# Read as they are: building the library's objects, of which hardly anything is looked at, was a sixth of what an
# update costs. Whatever is used has the type that the Bot API promises, or the update is refused.


def _part(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("not an object")
    return value


def _whole(of: dict[str, Any], name: str) -> int:
    value = of.get(name)
    if type(value) is not int or abs(value) >= _ID_END:
        raise Unreadable(f"{name} is no number")
    return value


def _text(of: dict[str, Any], name: str) -> str:
    """A text; empty when there is none."""
    value = of.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"{name} is no text")
    return value


def _needed(of: dict[str, Any], name: str) -> str:
    if of.get(name) is None:
        raise Unreadable(f"{name} is missing")
    return _text(of, name)


def _sender(user: dict[str, Any]) -> Sender:
    first_name = _needed(user, "first_name")
    return Sender(PersonId(_whole(user, "id")), first_name, _text(user, "username"), _text(user, "language_code"))


def _press(query: dict[str, Any]) -> Heard | Unheard:
    user = _part(query.get("from"))
    if user.get("is_bot") or query.get("data") is None:
        return Unheard()
    sender = _sender(user)
    query_id, data = _needed(query, "id"), _text(query, "data")
    if query.get("message") is None:
        return Heard(sender, sender.id, True, Press(query_id, data, 0, is_text=False))
    message = _part(query["message"])
    chat = _part(message.get("chat"))
    press = Press(query_id, data, _whole(message, "message_id"), isinstance(message.get("text"), str))
    return Heard(sender, _whole(chat, "id"), chat.get("type") == "private", press)


def _message(message: dict[str, Any], kind: OtherKind | None) -> Heard | Unheard:
    """`kind` is what it is when it is nothing that a step could use; None when nobody said anything."""
    chat = _part(message.get("chat"))
    if message.get("from") is None or chat.get("type") == "channel":
        return Unheard()
    user = _part(message["from"])
    chat_id = _whole(chat, "id")
    command = _command(_text(message, "text"))
    if _whole(user, "id") in NOBODY or message.get("sender_chat") is not None:
        return Unheard(chat_id, faceless=command)
    if user.get("is_bot"):
        return Unheard()
    word = command or _word(message) or (Other(kind) if kind is not None else None)
    if word is None:
        return Unheard()
    answered = _part(message.get("reply_to_message") or {})
    about = _text(answered, "text") or _text(answered, "caption")
    album = _text(message, "media_group_id")
    return Heard(_sender(user), chat_id, chat.get("type") == "private", word, about, album)


def _change(change: dict[str, Any]) -> Heard | Unheard:
    """The bot's own place in a chat changed: a person blocked it, or took it back."""
    chat = _part(change.get("chat"))
    if chat.get("type") != "private":
        return Unheard()
    reachable = _needed(_part(change.get("new_chat_member")), "status") not in ("kicked", "left")
    return Heard(_sender(_part(change.get("from"))), _whole(chat, "id"), True, Reachable(reachable))


def _command(text: str) -> Command | None:
    if not text.startswith("/") or len(text) < 2:
        return None
    said, *argument = text[1:].split(maxsplit=1) or [""]
    name, _, to = said.casefold().partition("@")
    return Command(name, "".join(argument).strip(), to)


def _word(message: dict[str, Any]) -> Word | None:
    if message.get("text") is not None:
        return Typed(_text(message, "text"))
    if sizes := message.get("photo"):
        if not isinstance(sizes, list):
            raise Unreadable("photo is no list")
        largest = _part(sizes[-1])
        caption, album = _text(message, "caption"), _text(message, "media_group_id")
        return SentFile("photo", *_ids(largest), _size(largest) or 1, caption=caption, album=album)
    # Telegram sends an animation as a document too; it is none that anybody can read.
    if message.get("document") is not None and "animation" not in message:
        document = _part(message["document"])
        name, caption = _text(document, "file_name"), _text(message, "caption")
        return SentFile("document", *_ids(document), _size(document), name=name, caption=caption)
    if message.get("contact") is not None:
        contact = _part(message["contact"])
        return SharedContact(_needed(contact, "phone_number"), _needed(contact, "first_name"))
    if message.get("video") is not None:
        video = _part(message["video"])
        return SentVideo(_needed(video, "file_id"), _size(video) or 1)
    return None


def _ids(file: dict[str, Any]) -> tuple[str, str]:
    return _needed(file, "file_id"), _needed(file, "file_unique_id")


def _size(file: dict[str, Any]) -> int:
    """Bytes; a file without a size is as large as it is, a document of 0 bytes is empty."""
    return 1 if file.get("file_size") is None else _whole(file, "file_size")


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
