"""What a message carries besides words: pictures of ours, uploaded once, and sheets, made when they leave.

In: a row's params, in which `{"media": id}` stands for a picture of the catalogue and `{"sheet": {...}}` for a sheet to
be made. Out: params and files as the Bot API takes them, and afterwards what Telegram calls each picture, so that the
next message names it instead of uploading it. It sends nothing itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from bot.api import File
from storage import catalogue
from storage.catalogue import Picture
from storage.database import Database, Tx

Sheets = Callable[[dict[str, Any]], Awaitable[File]]
_KINDS: Final = ("photo", "document", "video", "animation")
_CARRYING: Final = frozenset({*_KINDS, "media"})  # parameters that can hold a file (Bot API)


class MissingPicture(LookupError):
    """A message names a picture that we do not have."""


class UploadGoesOn(Exception):
    """The same picture is just being uploaded by another message: once that is done, its name will do."""


@dataclass
class Packed:
    """A call ready to leave. `pictures` are media ids in the order they appear; of these `uploads` go along as files
    for the first time, and `named` go by Telegram's name although we could upload them."""

    params: dict[str, Any]
    files: dict[str, File] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    uploads: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)


def media_of(params: Mapping[str, Any]) -> Iterator[str]:
    """Ids of the pictures of ours that a message carries."""
    for name in _CARRYING & params.keys():
        value = params[name]
        yield from filter(None, (_ours(value), *(_ours(item["media"]) for item in _items(value))))


def _ours(value: object) -> str:
    """The id in `{"media": id}`; empty for anything else."""
    inside = value.get("media") if isinstance(value, dict) and len(value) == 1 else None
    return inside if isinstance(inside, str) else ""


def _items(value: object) -> list[dict[str, Any]]:
    """The InputMedia objects of a parameter (one, or an album) that hold a picture of ours."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict) and _ours(item.get("media"))]


class Attachments:
    """Packs messages. `uploading` holds the media ids whose first upload is on its way."""

    def __init__(self, database: Database, sheets: Sheets) -> None:
        self._database = database
        self._sheets = sheets
        self.uploading: set[str] = set()

    async def pack(self, params: Mapping[str, Any]) -> Packed:
        """Params and files of a message; from here on until `unpack` its uploads count as on their way.

        Raises `MissingPicture`, or `UploadGoesOn` when another message uploads one of its pictures.
        """
        packed = Packed(dict(params))
        wanted = list(dict.fromkeys(media_of(params)))
        if wanted:
            packed.params = deepcopy(packed.params)  # names are put in, and the row may have to be packed again
            pictures = await self._database.read(lambda tx: [_picture(tx, one) for one in wanted])
            if not self.uploading.isdisjoint(picture.id for picture in pictures if not picture.file_id):
                raise UploadGoesOn
            self._put_pictures(packed, {picture.id: picture for picture in pictures})
        for name, value in params.items():
            if isinstance(value, dict) and isinstance(value.get("sheet"), dict):
                packed.files[name] = await self._sheets(value["sheet"])
                del packed.params[name]
        return packed

    def _put_pictures(self, packed: Packed, pictures: Mapping[str, Picture]) -> None:
        for name, value in list(packed.params.items()):
            if media := _ours(value):
                packed.params[name] = self._put(pictures[media], packed, part=name)
            elif ours := _items(value):
                for number, item in enumerate(ours):
                    part = f"{name}{number}"
                    known = self._put(pictures[_ours(item["media"])], packed, part)
                    item["media"] = known or f"attach://{part}"

    def _put(self, picture: Picture, packed: Packed, part: str) -> str | None:
        """Telegram's name of a picture; None when it goes along as this part of the form."""
        packed.pictures.append(picture.id)
        if picture.file_id:
            if picture.content:
                packed.named.add(picture.id)
            return picture.file_id
        packed.files[part] = (picture.id + _suffix(picture.content or b""), picture.content or b"")
        packed.uploads.add(picture.id)
        self.uploading.add(picture.id)
        return None

    def learned(self, packed: Packed, result: Any) -> list[tuple[str, str]]:
        """(media id, Telegram's file id) of the pictures that this result says were uploaded."""
        messages: Sequence[Any] = result if isinstance(result, list) else [result]
        pairs = zip(packed.pictures, messages, strict=False)
        return [(media, name) for media, message in pairs if media in packed.uploads and (name := _file_id(message))]

    def unpack(self, packed: Packed) -> None:
        """The message has left or not, and what it taught is written down: its uploads are no longer on their way."""
        self.uploading -= packed.uploads


def _picture(tx: Tx, media_id: str) -> Picture:
    picture = catalogue.picture(tx, media_id)
    if picture is None:
        raise MissingPicture(media_id)
    return picture


def _suffix(content: bytes) -> str:
    """Programs go by a file's name."""
    if content[:4] == b"RIFF":
        return ".webp"
    return ".png" if content[:4] == b"\x89PNG" else ".jpg"


def _file_id(message: Any) -> str:
    """The largest photo's id, or the file's."""
    if not isinstance(message, dict):
        return ""
    for kind in _KINDS:
        found = message.get(kind)
        largest = found[-1] if isinstance(found, list) and found else found
        if isinstance(largest, dict):
            return str(largest.get("file_id", ""))
    return ""
