"""What a batch is announced with: one function for buyers, channel and the seller's preview. Pure."""

from __future__ import annotations

from datetime import timedelta

from conversations.seller_steps import BatchDraft
from conversations.shop import Shop
from messages.catalog.selling import Announcement, ProductLine
from preorder.batch import Batch, Offer
from preorder.wording import Wording


def announcement(batch: Batch, own: tuple[Wording, ...] = (), link: str = "") -> Announcement:
    """The opening post of a batch (product 3), in the shop's `own` words where it has them."""
    lines = tuple(
        ProductLine(batch.product_name(p), min(o.price for o in batch.variants_of(p))) for p in batch.products()
    )
    return Announcement(
        batch.title,
        lines,
        batch.quota,
        batch.minimum,
        batch.maximum,
        batch.down_payment,
        batch.closes_at,
        batch.production_days,
        batch.shipping_days,
        batch.minimum_total,
        batch.tiers,
        own,
        link,
    )


def batch_of(draft: BatchDraft, shop: Shop) -> Batch:
    """The batch as it would be planned now, with today's products and prices."""
    opens_at = draft.opens_at or shop.now
    return Batch(
        id=draft.id,
        title=draft.title,
        state="draft",
        quota=draft.quota,
        taken=0,
        minimum=draft.minimum,
        maximum=draft.maximum,
        down_payment=draft.down_payment,
        hold=draft.hold,
        opens_at=opens_at,
        closes_at=draft.closes_at or opens_at + timedelta(days=3),
        production_days=draft.production_days,
        offers=tuple(
            Offer(v.id, p.id, p.name, v.name, v.price, v.weight, v.quota, 0)
            for p in shop.products
            if p.id in draft.products
            for v in p.variants
        ),
        minimum_total=draft.minimum_total,
        target=draft.target,
        shipping_days=draft.shipping_days,
        audience=draft.audience,
        tiers=draft.tiers,
    )


def cover(draft: BatchDraft, shop: Shop) -> str:
    """The picture that the announcement will have: the first product's that has one."""
    return next((p.photo for p in shop.products if p.id in draft.products and p.photo), "")
