"""What is asked while a product is made or one of its parts is changed: name, pictures, texts, variants (product 2).

Fields: rupiah as int, weights in grams, names unescaped (the templates escape). Worded in
`messages/<language>/products.j2`.
"""

from __future__ import annotations

from typing import Literal

from messages.catalog.base import Message
from messages.catalog.products import VariantLine
from preorder.values import dataclass


@dataclass(frozen=True)
class AskProductName(Message):
    pass


@dataclass(frozen=True)
class AskPictures(Message):
    """`photos` so far; while an album comes in (`is_album`) nobody knows yet how many it has."""

    name: str
    photos: int
    has_video: bool
    is_album: bool
    most: int


@dataclass(frozen=True)
class PhotoUnusable(Message):
    """`document`: it came as a file; `typed`: words came."""

    reason: Literal["document", "typed"]


@dataclass(frozen=True)
class PicturesFull(Message):
    """A product has at most so many photos; `surplus` of an album found no place."""

    most: int
    surplus: int


@dataclass(frozen=True)
class VideoInstead(Message):
    """A video stands alone: it took the place of the photos."""


@dataclass(frozen=True)
class PhotosInstead(Message):
    """The photo took the place of the video."""


@dataclass(frozen=True)
class AskProductDescription(Message):
    name: str


@dataclass(frozen=True)
class AskDetail(Message):
    name: str
    field: Literal["materials", "sizes", "care"]


@dataclass(frozen=True)
class AskVariantName(Message):
    """`number` counts from 1; 0 for one more of a product that is in the catalogue."""

    product: str
    number: int


@dataclass(frozen=True)
class VariantExists(Message):
    name: str


@dataclass(frozen=True)
class AskVariantPrice(Message):
    product: str
    variant: str


@dataclass(frozen=True)
class AskVariantWeight(Message):
    variant: str


@dataclass(frozen=True)
class AskVariantQuota(Message):
    variant: str


@dataclass(frozen=True)
class AskVariantMore(Message):
    product: str
    variants: tuple[VariantLine, ...]


@dataclass(frozen=True)
class VariantsFull(Message):
    most: int


@dataclass(frozen=True)
class ProductSaved(Message):
    name: str
