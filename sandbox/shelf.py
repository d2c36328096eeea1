"""Files that people and bots have sent, and the ids by which Telegram names them.

In: bytes. Out: stored files. `file_id` belongs to one bot and one kind of file (a photo's id cannot be sent as a
document); `file_unique_id` is the same whenever the same content is sent in the same way. A photo has several sizes,
each with its own ids; all of them hold the original bytes, since nothing here can scale a picture.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Literal

from sandbox.pictures import dimensions

FileKind = Literal["photo", "document", "video", "sticker", "voice", "audio", "animation"]

_PREFIX: dict[FileKind, str] = {
    "photo": "AgACAgUAAxk",
    "document": "BQACAgUAAxk",
    "video": "BAACAgUAAxk",
    "sticker": "CAACAgUAAxk",
    "voice": "AwACAgUAAxk",
    "audio": "CQACAgUAAxk",
    "animation": "CgACAgUAAxk",
}
_FOLDER: dict[FileKind, str] = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "sticker": "stickers",
    "voice": "voice",
    "audio": "music",
    "animation": "animations",
}
_SIZES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280), ("w", 2560))


@dataclass(frozen=True)
class StoredFile:
    """One file. `size` is in bytes and may be more than is kept (a test need not carry 25 MB to speak of them)."""

    file_id: str
    unique_id: str
    kind: FileKind
    content: bytes
    size: int
    name: str
    mime: str
    width: int = 0
    height: int = 0

    def ids(self) -> dict[str, Any]:
        """The three fields that every file has in a message."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class Shelf:
    """All files of one bot's world."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id
        self._by_id: dict[str, StoredFile] = {}
        self._by_unique: dict[str, StoredFile] = {}
        self._paths: dict[str, str] = {}
        self._albums: dict[str, list[StoredFile]] = {}

    def keep(self, kind: FileKind, content: bytes, name: str, mime: str = "", size: int | None = None) -> StoredFile:
        """Store one file that is not a photo; the same content under the same name gives the same ids."""
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._put(kind, content, name, mime, len(content) if size is None else size, "", (0, 0))

    def keep_photo(self, content: bytes, size: int | None = None) -> list[StoredFile]:
        """Store a photo and return its sizes, smallest first; the last has the real width and height."""
        width, height = dimensions(content) or (1, 1)
        whole = len(content) if size is None else size
        longest = max(width, height)
        steps = [(letter, side) for letter, side in _SIZES if side < longest]
        letter = _SIZES[min(len(steps), len(_SIZES) - 1)][0]
        shapes = [(name, max(1, width * side // longest), max(1, height * side // longest)) for name, side in steps]
        shapes = [shape for shape in shapes if shape[0] != letter] + [(letter, width, height)]
        sizes = []
        for name, wide, high in shapes:
            share = max(1, whole * wide * high // (width * height))
            sizes.append(self._put("photo", content, "photo.jpg", "image/jpeg", share, name, (wide, high)))
        for one in sizes:
            self._albums[one.file_id] = sizes
        return sizes

    def _put(
        self, kind: FileKind, content: bytes, name: str, mime: str, size: int, step: str, shape: tuple[int, int]
    ) -> StoredFile:
        mark = hashlib.sha256(content + f"|{size if size != len(content) and not step else ''}|{step}".encode())
        unique = ("AQAD" if kind == "photo" else "AgAD") + _short(mark.digest(), 12)
        secret = hashlib.sha256(f"{self._bot_id}|{kind}|{unique}|{name}".encode()).digest()
        file_id = _PREFIX[kind] + _short(secret, 48)
        width, height = shape
        stored = StoredFile(file_id, unique, kind, content, size, name, mime, width, height)
        self._by_id.setdefault(file_id, stored)
        self._by_unique[unique] = stored
        return self._by_id[file_id]

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file that this bot knows by this id."""
        return self._by_id.get(file_id)

    def by_unique(self, unique_id: str) -> StoredFile | None:
        """The file with this `file_unique_id`, with its true type for a browser."""
        stored = self._by_unique.get(unique_id)
        return replace(stored, mime=_seen_as(stored)) if stored else None

    def sizes(self, file_id: str) -> list[StoredFile]:
        """All sizes of the photo of which this is one."""
        return self._albums[file_id]

    def path(self, stored: StoredFile) -> str:
        """Where getFile says that the file can be fetched; stable for one file."""
        suffix = ".jpg" if stored.kind == "photo" else PurePosixPath(stored.name).suffix
        return self._paths.setdefault(stored.file_id, f"{_FOLDER[stored.kind]}/file_{len(self._paths)}{suffix}")

    def at_path(self, path: str) -> StoredFile | None:
        """The file that getFile has put at this path."""
        return next((self._by_id[file_id] for file_id, known in self._paths.items() if known == path), None)


def _short(digest: bytes, length: int) -> str:
    return base64.urlsafe_b64encode(digest + digest)[:length].decode().rstrip("=")


def _seen_as(stored: StoredFile) -> str:
    """A photo keeps the bytes it came with; a browser must hear what they are."""
    for magic, mime in ((b"\x89PNG", "image/png"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp")):
        if stored.kind == "photo" and stored.content.startswith(magic):
            return mime
    return stored.mime
