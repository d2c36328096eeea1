"""The catalogue: products, variants and their pictures (product 2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

from preorder.batch import ProductId, VariantId
from preorder.money import Rupiah
from preorder.picture import Shot, ShotKind, cover
from preorder.values import dataclass
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
    """A product with its words and pictures; `pictures` are media ids, up to ten photos or one video."""

    id: ProductId
    name: str
    description: str
    materials: str
    sizes: str
    care: str
    pictures: tuple[Shot, ...]
    variants: tuple[Variant, ...]
    archived: bool = False

    @property
    def photo(self) -> str:
        """The media id of its cover, or empty."""
        return cover(self.pictures)


@dataclass(frozen=True)
class Picture:
    """A picture of ours: its bytes, or only Telegram's file_id when it came through the chat."""

    id: str
    content: bytes | None
    file_id: str
    kind: ShotKind | Literal["document"] = "photo"


def products(tx: Tx, *, archived: bool = False) -> tuple[Product, ...]:
    """What is on show (or was archived), in the shop's order."""
    variants: dict[str, list[Variant]] = {}
    for row in tx.all("variants", archived=int(archived)):
        variant = Variant(VariantId(row["id"]), row["name"], Rupiah(row["price"]), row["weight"], row["quota"])
        variants.setdefault(row["product_id"], []).append(variant)
    pictures: dict[str, list[Shot]] = {}
    for row in tx.all("galleries", archived=int(archived)):
        pictures.setdefault(row["product_id"], []).append(Shot(row["kind"], row["id"]))
    return tuple(
        Product(
            ProductId(row["id"]),
            row["name"],
            row["description"],
            row["materials"],
            row["sizes"],
            row["care"],
            tuple(pictures.get(row["id"], ())),
            tuple(variants.get(row["id"], ())),
            bool(row["archived"]),
        )
        for row in tx.all("products", archived=int(archived))
    )


def pictures_of(tx: Tx, product_id: ProductId) -> tuple[Shot, ...]:
    """The pictures of a product, also of an archived one."""
    return tuple(Shot(row["kind"], row["id"]) for row in tx.all("gallery", product=product_id))


def save(
    tx: Tx,
    product_id: ProductId,
    name: str,
    description: str,
    photo: str,
    variants: tuple[Variant, ...],
    *,
    materials: str = "",
    sizes: str = "",
    care: str = "",
) -> None:
    """Add a product or change it. Variants are recognised by name; those no longer named go off show. A `photo` (media
    id) becomes the only picture; without one the pictures stay."""
    words = {"name": name, "description": description, "materials": materials, "sizes": sizes, "care": care}
    tx.run("put_product", id=product_id, position=int(tx.value("last_position")) + 1, **words)
    if photo:
        put_pictures(tx, product_id, (photo,))
    known = {row["name"].casefold(): row["id"] for row in tx.all("variants_ever", product=product_id)}
    tx.run("archive_variants", product=product_id)
    for place, variant in enumerate(variants):
        _put_variant(tx, product_id, known, variant, place)


def _put_variant(tx: Tx, product_id: ProductId, known: dict[str, str], variant: Variant, place: int) -> None:
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


def add_variant(tx: Tx, product: Product, variant: Variant) -> None:
    """One more variant, behind the others; one that was archived under this name comes back."""
    known = {row["name"].casefold(): row["id"] for row in tx.all("variants_ever", product=product.id)}
    arrange_variants(tx, tuple(v.id for v in product.variants))
    _put_variant(tx, product.id, known, variant, len(product.variants))


def change_words(tx: Tx, product: Product) -> bool:
    """Name, description and details; False when the product is not on show."""
    return (
        tx.run(
            "change_product",
            id=product.id,
            name=product.name,
            description=product.description,
            materials=product.materials,
            sizes=product.sizes,
            care=product.care,
        )
        == 1
    )


def change_variant(tx: Tx, variant: Variant) -> bool:
    """Name, price, weight, quota; False when the variant is not on show."""
    return (
        tx.run(
            "change_variant",
            id=variant.id,
            name=variant.name,
            price=variant.price,
            weight=variant.weight,
            quota=variant.quota,
        )
        == 1
    )


def put_pictures(tx: Tx, product_id: ProductId, media: Iterable[str]) -> None:
    """These pictures, in this order, instead of those it had."""
    tx.run("clear_gallery", product=product_id)
    for position, media_id in enumerate(dict.fromkeys(media)):
        tx.run("put_in_gallery", product=product_id, position=position, media=media_id)


def arrange(tx: Tx, product_ids: Iterable[ProductId]) -> None:
    """The shop's order from now on."""
    for position, product_id in enumerate(product_ids, start=1):
        tx.run("place_product", id=product_id, position=position)


def arrange_variants(tx: Tx, variant_ids: Iterable[VariantId]) -> None:
    """The order of a product's variants from now on."""
    for position, variant_id in enumerate(variant_ids):
        tx.run("place_variant", id=variant_id, position=position)


def new_variant(name: str, price: Rupiah, weight: int, quota: int | None) -> Variant:
    return Variant(VariantId(short_id()), name, price, weight, quota)


def archive(tx: Tx, product_id: ProductId) -> bool:
    """Take a product off show; False when it is not on show."""
    return tx.run("archive_product", id=product_id) == 1


def restore(tx: Tx, product_id: ProductId) -> bool:
    """Put an archived product on show again; False when it is not archived."""
    return tx.run("restore_product", id=product_id) == 1


def archive_variant(tx: Tx, variant_id: VariantId) -> bool:
    """Take a variant off show; False when it is not on show, or the last of its product."""
    return tx.run("archive_variant", id=variant_id) == 1


def keep_picture(tx: Tx, content: bytes) -> str:
    """Keep a picture's bytes; returns its media id. The same bytes are kept once."""
    media_id = hashlib.sha256(content).hexdigest()[:24]
    tx.run("put_media", id=media_id, content=content, file_id="", kind="photo")
    return media_id


def keep_file(tx: Tx, file_id: str, kind: ShotKind = "photo") -> str:
    """Keep a picture that Telegram already has; returns its media id."""
    media_id = hashlib.sha256(file_id.encode()).hexdigest()[:24]
    tx.run("put_media", id=media_id, content=None, file_id=file_id, kind=kind)
    return media_id


def picture(tx: Tx, media_id: str) -> Picture | None:
    row = tx.one("media", id=media_id)
    return None if row is None else Picture(row["id"], row["content"], row["file_id"], row["kind"])


def has_picture(tx: Tx, media_id: str) -> bool:
    """Is there a picture of ours under this id?"""
    return bool(tx.value("count_media", id=media_id))


def remember_file(tx: Tx, media_id: str, file_id: str) -> None:
    """Telegram has the picture now. Of a proof's file it then has the only copy."""
    tx.run("set_media_file", id=media_id, file_id=file_id)


def forget_files(tx: Tx) -> None:
    """Another bot: Telegram's file ids mean nothing there, our bytes do."""
    tx.run("forget_media_files")
