"""Pictures of a product as calls of the Bot API: one with a caption, several as an album (product 2).

In: shots. Out: methods and params in which `{"media": id}` stands for a picture of ours (see `attachments`), and plain
text for one that only Telegram has so far.
"""

from __future__ import annotations

from typing import Any, Final

from preorder.picture import Shot
from storage import catalogue
from storage.database import Tx

METHODS: Final = {"photo": "sendPhoto", "video": "sendVideo"}


def media(tx: Tx, ref: str) -> object:
    """A picture of ours by its media id, or one that is only in the chat so far by Telegram's file id."""
    return {"media": ref} if catalogue.has_picture(tx, ref) else ref


def alone(tx: Tx, shots: tuple[Shot, ...]) -> tuple[str, dict[str, Any]]:
    """A message of pictures only: an album of 2 to 10, or one of them."""
    if len(shots) > 1:
        return "sendMediaGroup", {"media": [{"type": shot.kind, "media": media(tx, shot.ref)} for shot in shots]}
    return METHODS[shots[0].kind], {shots[0].kind: media(tx, shots[0].ref)}
