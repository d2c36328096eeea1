"""What a sheet would change in a shop's catalogue, before anybody says yes (product 2). Pure.

In: a sheet, and the catalogue as it is (archived products too, each with its place). Out: a `Difference` to be shown,
and the products as they would be. What the sheet has no column for stays; a product that is not in the sheet stays; a
variant that is not named any more goes off show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from preorder.catalogue import Catalogue, CatalogueProduct, CatalogueVariant
from preorder.typed_text import plain
from preorder.values import dataclass

TextField = Literal["name", "description", "materials", "sizes", "care"]
ProductNews = Literal["added", "changed", "archived", "restored"]
VariantNews = Literal["added", "changed", "archived"]


@dataclass(frozen=True)
class TextChange:
    """One of a product's texts."""

    field: TextField
    old: str
    new: str


@dataclass(frozen=True)
class VariantChange:
    """A variant that comes, changes or goes. Price in rupiah, weight in grams, quota None without a limit; `old_…` is
    what it has now (the same for one that comes or goes)."""

    name: str
    news: VariantNews
    new_name: str
    old_price: int
    price: int
    old_weight: int
    weight: int
    old_quota: int | None
    quota: int | None


@dataclass(frozen=True)
class ProductChange:
    """A product that comes, changes, goes or comes back. `order` names its variants as they would stand, empty when
    none of those that stay moves."""

    id: str
    name: str
    news: ProductNews
    texts: tuple[TextChange, ...] = ()
    variants: tuple[VariantChange, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """All that would change. `order` names the products on show as they would stand, empty when nobody moves; `same`
    counts products of the sheet that are so already, `beside` those that are not in it."""

    products: tuple[ProductChange, ...]
    order: tuple[str, ...]
    same: int
    beside: int

    @property
    def is_empty(self) -> bool:
        return not self.products and not self.order

    @property
    def fingerprint(self) -> str:
        """Equal for equal differences: what was shown is what is applied."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def merged(sheet: Catalogue, now: Catalogue) -> tuple[CatalogueProduct, ...]:
    """The sheet's products as they would be, in the sheet's order."""
    known = {product.id: product for product in now.products}
    return tuple(_merged(product, known.get(product.id), sheet) for product in sheet.products)


def _merged(product: CatalogueProduct, before: CatalogueProduct | None, sheet: Catalogue) -> CatalogueProduct:
    if before is None:
        return product
    has = sheet.columns
    variants = product.variants
    if "kuota" not in has:
        quotas = {plain(v.name): v.quota for v in before.variants}
        variants = tuple(replace(v, quota=quotas.get(plain(v.name))) for v in variants)
    return replace(
        product,
        description=product.description if "deskripsi" in has else before.description,
        materials=product.materials if "bahan" in has else before.materials,
        sizes=product.sizes if "ukuran" in has else before.sizes,
        care=product.care if "perawatan" in has else before.care,
        variants=variants,
    )


def new_order(sheet: Catalogue, now: Catalogue) -> tuple[str, ...]:
    """Ids of all products as they would stand. Of two with one number, who moved up from where its row stands goes
    before and who moved down behind; so a sheet means the same however often it is sent. New products without a number
    stand last, in the sheet's order."""
    rows = {product.id: row for row, product in enumerate(sheet.products, start=1)}
    wanted = {product.id: product.order for product in sheet.products}
    places = {product.id: place for place, product in enumerate(now.products, start=1)}

    def rank(item: tuple[int, str]) -> tuple[int, int, int]:
        number, product_id = item
        asked = wanted.get(product_id)
        if asked is None:
            return places.get(product_id, len(places) + 1), 0, number
        return asked, (asked > rows[product_id]) - (asked < rows[product_id]), number

    everybody = [*places, *(product_id for product_id in wanted if product_id not in places)]
    return tuple(product_id for _, product_id in sorted(enumerate(everybody), key=rank))


def difference(sheet: Catalogue, now: Catalogue) -> Difference:
    """Everything that applying the sheet would change."""
    known = {product.id: product for product in now.products}
    after = merged(sheet, now)
    changes = tuple(change for product in after if (change := _change(product, known.get(product.id))) is not None)
    named = {product.id for product in after}
    return Difference(changes, _moved(sheet, now), len(after) - len(changes), len(known.keys() - named))


def _change(after: CatalogueProduct, before: CatalogueProduct | None) -> ProductChange | None:
    if before is None:
        added = tuple(_variant("added", variant, variant) for variant in after.variants)
        return None if after.archived else ProductChange(after.id, after.name, "added", (), added)
    texts = tuple(_texts(before, after))
    variants = tuple(_variants(before.variants, after.variants))
    order = _moved_variants(before.variants, after.variants)
    news: ProductNews = "changed"
    if before.archived != after.archived:
        news = "archived" if after.archived else "restored"
    elif not texts and not variants and not order:
        return None
    return ProductChange(after.id, before.name, news, texts, variants, order)


def _texts(before: CatalogueProduct, after: CatalogueProduct) -> Iterator[TextChange]:
    pairs: tuple[tuple[TextField, str, str], ...] = (
        ("name", before.name, after.name),
        ("description", before.description, after.description),
        ("materials", before.materials, after.materials),
        ("sizes", before.sizes, after.sizes),
        ("care", before.care, after.care),
    )
    yield from (TextChange(field, old, new) for field, old, new in pairs if old != new)


def _variants(before: Sequence[CatalogueVariant], after: Sequence[CatalogueVariant]) -> Iterator[VariantChange]:
    known = {plain(variant.name): variant for variant in before}
    for variant in after:
        old = known.pop(plain(variant.name), None)
        if old is None:
            yield _variant("added", variant, variant)
        elif old != variant:
            yield _variant("changed", old, variant)
    yield from (_variant("archived", variant, variant) for variant in known.values())


def _moved_variants(before: Sequence[CatalogueVariant], after: Sequence[CatalogueVariant]) -> tuple[str, ...]:
    """Buyers see variants in this order; a new one between the others does not move them."""
    old, new = [plain(variant.name) for variant in before], [plain(variant.name) for variant in after]
    stay = set(old).intersection(new)
    is_same = [name for name in old if name in stay] == [name for name in new if name in stay]
    return () if is_same else tuple(variant.name for variant in after)


def _variant(news: VariantNews, old: CatalogueVariant, new: CatalogueVariant) -> VariantChange:
    prices, weights, quotas = (old.price, new.price), (old.weight, new.weight), (old.quota, new.quota)
    return VariantChange(old.name, news, new.name, *prices, *weights, *quotas)


def _moved(sheet: Catalogue, now: Catalogue) -> tuple[str, ...]:
    """The products that are and stay on show in their new order, or nothing when that is the old one."""
    after = {product.id: product for product in merged(sheet, now)}
    stay = {p.id: after.get(p.id, p).name for p in now.products if not p.archived and not after.get(p.id, p).archived}
    order = [product_id for product_id in new_order(sheet, now) if product_id in stay]
    return () if order == list(stay) else tuple(stay[product_id] for product_id in order)
