"""What a sheet would change: the order of a product's variants is a part of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from preorder.catalogue import Catalogue, CatalogueProduct, CatalogueVariant
from preorder.catalogue_change import difference
from preorder.money import Rupiah

BLACK, SAGE, MOCCA = (CatalogueVariant(name, Rupiah(75_000), 120) for name in ("Hitam", "Sage", "Mocca"))
PASHMINA = CatalogueProduct("pashmina", "Pashmina Ceruty", "", None, (BLACK, SAGE), order=1)


def sheet(*variants: CatalogueVariant) -> Catalogue:
    return Catalogue((replace(PASHMINA, variants=variants),))


def test_the_order_of_variants_alone_is_a_change() -> None:
    """Rows that changed places are shown as the new order, and as nothing else."""
    (change,) = difference(sheet(SAGE, BLACK), sheet(BLACK, SAGE)).products
    assert (change.news, change.variants, change.order) == ("changed", (), ("Sage", "Hitam"))


@pytest.mark.parametrize("after", [(BLACK, SAGE), (BLACK, MOCCA, SAGE), (MOCCA, BLACK, SAGE), (SAGE,), (SAGE, MOCCA)])
def test_who_comes_or_goes_moves_nobody(after: tuple[CatalogueVariant, ...]) -> None:
    """A new variant between the others, or one that goes off show, is told as such and not as a new order."""
    assert not any(change.order for change in difference(sheet(*after), sheet(BLACK, SAGE)).products)
