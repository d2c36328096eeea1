"""A picture of a product: a photo or a video, up to ten photos or one video a product (product 2).

Pure values. `ref` is our own media id, or Telegram's file_id of a picture that is only in the chat so far.
"""

from __future__ import annotations

from typing import Final, Literal

from preorder.values import dataclass

ShotKind = Literal["photo", "video"]
MOST_PHOTOS: Final = 10  # an album holds 2 to 10 (Telegram)


@dataclass(frozen=True)
class Shot:
    """One photo or one video."""

    kind: ShotKind
    ref: str


def cover(shots: tuple[Shot, ...]) -> str:
    """The first photo's `ref`; empty when there is none."""
    return next((shot.ref for shot in shots if shot.kind == "photo"), "")
