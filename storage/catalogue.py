"""The catalogue: products, variants and their pictures (product 2)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from preorder.batch import ProductId, VariantId
from preorder.money import Rupiah
from storage.database import Tx
from storage.ids import short_id


@dataclass(frozen=True)
class Variant:
    """Price in rupiah, weight in grams, own quota or None."""

    id: VariantId
    name: str
    price: Rupiah
    weight: int
    quota: int | None


@dataclass(frozen=True)
class Product:
    """`photo` is a media id or empty."""

    id: ProductId
    name: str
    description: str
    photo: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Picture:
    """A picture of ours: its bytes, or only Telegram's file_id when it came through the chat."""

    id: str
    content: bytes | None
    file_id: str


def products(tx: Tx) -> tuple[Product, ...]:
    """What is on show, in the shop's order."""
    variants: dict[str, list[Variant]] = {}
    for row in tx.all("variants"):
        variant = Variant(VariantId(row["id"]), row["name"], Rupiah(row["price"]), row["weight"], row["quota"])
        variants.setdefault(row["product_id"], []).append(variant)
    return tuple(
        Product(
            ProductId(row["id"]),
            row["name"],
            row["description"],
            row["media_id"],
            tuple(variants.get(row["id"], ())),
        )
        for row in tx.all("products")
    )


def photo_of(tx: Tx, product_id: ProductId) -> tuple[str, str]:
    """(media id, description) of a product, also an archived one; empty texts when unknown."""
    row = tx.one("product", id=product_id)
    return ("", "") if row is None else (row["media_id"], row["description"])


def save(tx: Tx, product_id: ProductId, name: str, description: str, photo: str, variants: tuple[Variant, ...]) -> None:
    """Add a product or change it. Variants are recognised by name; those no longer named go off show."""
    position = int(tx.value("last_position")) + 1
    tx.run("put_product", id=product_id, name=name, description=description, media=photo, position=position)
    known = {row["name"].casefold(): row["id"] for row in tx.all("variants_ever", product=product_id)}
    tx.run("archive_variants", product=product_id)
    for place, variant in enumerate(variants):
        tx.run(
            "put_variant",
            id=known.get(variant.name.casefold(), variant.id),
            product=product_id,
            name=variant.name,
            price=variant.price,
            weight=variant.weight,
            quota=variant.quota,
            position=place,
        )


def new_variant(name: str, price: Rupiah, weight: int, quota: int | None) -> Variant:
    return Variant(VariantId(short_id()), name, price, weight, quota)


def archive(tx: Tx, product_id: ProductId) -> bool:
    """Take a product off show; False when it is not on show."""
    return tx.run("archive_product", id=product_id) == 1


def keep_picture(tx: Tx, content: bytes) -> str:
    """Keep a picture's bytes; returns its media id. The same bytes are kept once."""
    media_id = hashlib.sha256(content).hexdigest()[:24]
    tx.run("put_media", id=media_id, content=content, file_id="")
    return media_id


def keep_file(tx: Tx, file_id: str) -> str:
    """Keep a picture that Telegram already has; returns its media id."""
    media_id = hashlib.sha256(file_id.encode()).hexdigest()[:24]
    tx.run("put_media", id=media_id, content=None, file_id=file_id)
    return media_id


def picture(tx: Tx, media_id: str) -> Picture | None:
    row = tx.one("media", id=media_id)
    return None if row is None else Picture(row["id"], row["content"], row["file_id"])


def remember_file(tx: Tx, media_id: str, file_id: str) -> None:
    """Telegram has the picture now."""
    tx.run("set_media_file", id=media_id, file_id=file_id)


def forget_files(tx: Tx) -> None:
    """Another bot: Telegram's file ids mean nothing there, our bytes do."""
    tx.run("forget_media_files")
