"""What people send besides text: photos, documents, voice, stickers, places, contacts, dice and polls.

In: the kind, bytes, name and caption. Out: the content of a message as Telegram shapes it. It reads no more of a file
than a picture's size and never opens a document.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ImpossibleError
from sandbox.pictures import dimensions
from sandbox.shelf import Shelf, StoredFile
from sandbox.text import caption_text
from sandbox.world import Json, Person

NAMES = {"document": "berkas.bin", "video": "video.mp4", "voice": "voice.ogg", "sticker": "sticker.webp"}


@dataclass
class Sent:
    """One thing that somebody sends. `size` in bytes may be declared larger than the content."""

    kind: str
    content: bytes = b""
    filename: str = ""
    mime: str = ""
    caption: str = ""
    album: str = ""
    size: int | None = None
    phone: str = ""


def content_of(shelf: Shelf, person: Person, sent: Sent) -> Json:
    """The part of the message that holds it. Raises ImpossibleError for what a client would not send."""
    maker = _MAKERS.get(sent.kind)
    if maker is None:
        raise ImpossibleError(f"kind is one of {', '.join(_MAKERS)}")
    return maker(shelf, person, sent)


def photo_field(sizes: list[StoredFile]) -> list[Json]:
    """The PhotoSize objects, smallest first."""
    return [{**one.ids(), "width": one.width, "height": one.height} for one in sizes]


def file_field(stored: StoredFile) -> Json:
    """The object of a file that is not a photo."""
    named = {"file_name": stored.name, "mime_type": stored.mime}
    match stored.kind:
        case "video" | "animation":
            return {"duration": 5, "width": 640, "height": 360, **named, **stored.ids()}
        case "voice" | "audio":
            return {"duration": 3, "mime_type": stored.mime, **stored.ids()}
        case "sticker":
            shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {**shape, "emoji": "👍", **stored.ids()}
    return {**named, **stored.ids()}


def _caption(sent: Sent) -> Json:
    text, entities = caption_text(sent.caption)
    album = {"media_group_id": sent.album} if sent.album else {}
    return album | ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def _photo(shelf: Shelf, _: Person, sent: Sent) -> Json:
    if dimensions(sent.content) is None:
        raise ImpossibleError("a photo is a PNG, JPEG, GIF or WebP picture; send other files as documents")
    return {"photo": photo_field(shelf.keep_photo(sent.content, sent.size)), **_caption(sent)}


def _file(shelf: Shelf, _: Person, sent: Sent) -> Json:
    name = sent.filename or NAMES[sent.kind]
    match sent.kind:
        case "video":
            stored = shelf.keep("video", sent.content, name, sent.mime, sent.size)
        case "voice":
            stored = shelf.keep("voice", sent.content, name, sent.mime or "audio/ogg", sent.size)
        case "sticker":
            return {"sticker": file_field(shelf.keep("sticker", sent.content, name, "image/webp", sent.size))}
        case _:
            stored = shelf.keep("document", sent.content, name, sent.mime, sent.size)
    return {sent.kind: file_field(stored), **_caption(sent)}


def _contact(_: Shelf, person: Person, sent: Sent) -> Json:
    phone = sent.phone or f"628{person.id:09d}"[:14]
    contact: dict[str, Any] = {"phone_number": phone, "first_name": person.first_name, "user_id": person.id}
    return {"contact": contact | ({"last_name": person.last_name} if person.last_name else {})}


def _location(_: Shelf, __: Person, ___: Sent) -> Json:
    return {"location": {"latitude": -6.9175, "longitude": 107.6191}}


def _dice(_: Shelf, __: Person, ___: Sent) -> Json:
    return {"dice": {"emoji": "🎲", "value": 1 + secrets.randbelow(6)}}


def _poll(_: Shelf, __: Person, sent: Sent) -> Json:
    options = [{"text": word, "voter_count": 0, "persistent_id": word} for word in ("Ya", "Tidak")]
    poll = {
        "id": str(secrets.randbelow(10**15)),
        "question": sent.caption or "Jadi?",
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    return {"poll": poll}


_MAKERS = {
    "photo": _photo,
    "document": _file,
    "video": _file,
    "voice": _file,
    "sticker": _file,
    "contact": _contact,
    "location": _location,
    "dice": _dice,
    "poll": _poll,
}
