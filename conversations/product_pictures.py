"""A product's pictures, while it is added and later: up to ten photos or one video, one by one or as an album. Pure.

In: what was sent. Out: the same step with one more picture. Photos of one album arrive one after the other; only the
first is answered, so that ten of them are not ten screens, and what found no place is said when the seller is done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.product_effects import ChangePictures
from conversations.product_steps import EditPictures, ProductDescription, ProductEdit, ProductName, ProductPhoto
from conversations.said import Back, Picked, SentFile, SentVideo, Typed
from conversations.seller_reading import quoted
from conversations.shop import Shop
from conversations.table import Go, Stay
from messages.catalog import Message
from messages.catalog.product_making import PhotosInstead, PhotoUnusable, PicturesFull, VideoInstead
from messages.catalog.products import ProductChanged
from messages.catalog.selling_unclear import ChoiceUnclear
from preorder.picture import MOST_PHOTOS, Shot

SKIP: Final = "skip"
DONE: Final = "done"
REMOVE: Final = "remove"

Pictures = tuple[Shot, ...]


def _with_photo(before: Pictures, file_id: str) -> Pictures | None:
    """One photo more; None when there is no place. A photo takes the place of a video."""
    photos = tuple(shot for shot in before if shot.kind == "photo")
    return (*photos, Shot("photo", file_id)) if len(photos) < MOST_PHOTOS else None


def _has_video(pictures: Pictures) -> bool:
    return any(shot.kind == "video" for shot in pictures)


def _lost(surplus: int) -> tuple[Message, ...]:
    return (PicturesFull(MOST_PHOTOS, surplus),) if surplus else ()


# --- of a new product -------------------------------------------------------------------------------------------


def send_photo(at: ProductPhoto, said: SentFile, _shop: Shop) -> Go[ProductPhoto] | Stay:
    # A file sent as a document has no small sizes and cannot be shown above a text.
    if said.kind != "photo":
        return Stay(PhotoUnusable("document"))
    goes_on = bool(said.album) and said.album == at.album
    after = _with_photo(at.draft.pictures, said.file_id)
    if after is None:
        if not said.album:
            return Stay(PicturesFull(MOST_PHOTOS, 0))
        return Go(ProductPhoto(at.draft, said.album, at.surplus + 1), is_quiet=goes_on)
    say = (PhotosInstead(),) if _has_video(at.draft.pictures) else ()
    return Go(ProductPhoto(replace(at.draft, pictures=after), said.album, at.surplus), say=say, is_quiet=goes_on)


def send_video(at: ProductPhoto, said: SentVideo, _shop: Shop) -> Go[ProductPhoto]:
    say = (VideoInstead(),) if at.draft.pictures and not _has_video(at.draft.pictures) else ()
    return Go(ProductPhoto(replace(at.draft, pictures=(Shot("video", said.file_id),))), say=say)


def pick_pictures(at: ProductPhoto, said: Picked, _shop: Shop) -> Go[ProductDescription] | Go[ProductPhoto] | Stay:
    match said.value:
        case "done" | "skip":
            return Go(ProductDescription(at.draft), say=_lost(at.surplus))
        case "remove":
            return Go(ProductPhoto(replace(at.draft, pictures=())))
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def want_photo(_at: ProductPhoto | EditPictures, _said: Typed, _shop: Shop) -> Stay:
    return Stay(PhotoUnusable("typed"))


def photo_to_name(at: ProductPhoto, _said: Back, _shop: Shop) -> Go[ProductName]:
    return Go(ProductName(at.draft))


# --- of a known one ---------------------------------------------------------------------------------------------


def add_photo(at: EditPictures, said: SentFile, _shop: Shop) -> Go[EditPictures] | Stay:
    if said.kind != "photo":
        return Stay(PhotoUnusable("document"))
    goes_on = bool(said.album) and said.album == at.album
    after = _with_photo(at.pictures, said.file_id)
    if after is None:
        if not said.album:
            return Stay(PicturesFull(MOST_PHOTOS, 0))
        return Go(replace(at, album=said.album, surplus=at.surplus + 1), is_quiet=goes_on)
    say = (PhotosInstead(),) if _has_video(at.pictures) else ()
    return Go(replace(at, pictures=after, album=said.album), say=say, is_quiet=goes_on)


def add_video(at: EditPictures, said: SentVideo, _shop: Shop) -> Go[EditPictures]:
    say = (VideoInstead(),) if at.pictures and not _has_video(at.pictures) else ()
    return Go(EditPictures(at.product_id, (Shot("video", said.file_id),)), say=say)


def decide_pictures(at: EditPictures, said: Picked, _shop: Shop) -> Go[ProductEdit] | Go[EditPictures] | Stay:
    """Nothing is changed before Done."""
    match said.value:
        case "done":
            change = ChangePictures(at.product_id, at.pictures)
            return Go(ProductEdit(at.product_id), do=(change,), say=(ProductChanged("pictures"), *_lost(at.surplus)))
        case "remove":
            return Go(EditPictures(at.product_id, ()))
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))
