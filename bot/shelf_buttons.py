"""What a product's button says: order it, stand in line for it, or want it before it opens (product 2). Pure values."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.buttons import ActionButton
from messages.catalog import Label
from preorder.batch import Batch, ProductId


def batch_with(product_id: ProductId, open_batches: Sequence[Batch]) -> Batch | None:
    """Of several open batches with this product the one that has slots left, and of those the one that closes first."""
    offering = [batch for batch in open_batches if product_id in batch.products()]
    return min(offering, key=lambda batch: (not _has_slots(batch, product_id), batch.closes_at), default=None)


def order_button(product_id: ProductId, name: str, batch: Batch) -> ActionButton:
    """Sold out, the same button leads to the line for slots that come back."""
    key = "order_this" if _has_slots(batch, product_id) else "queue_for"
    return ActionButton(Label(key, (name,)), "order_product", (batch.id, product_id))


def _has_slots(batch: Batch, product_id: ProductId) -> bool:
    return any(batch.left_of(offer) for offer in batch.variants_of(product_id))
