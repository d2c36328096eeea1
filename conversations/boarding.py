"""What the board says: open batches, slots left by variant, time left; one function for channel and preview. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from conversations.buttons import Keyboard, LinkButton
from messages.catalog import Label
from messages.catalog.board import BoardBatch, BoardProduct, BoardVariant, SlotBoard
from preorder.batch import Batch, BatchId, ProductId
from preorder.board import time_left

MOST_BATCHES: Final = 8
# Steps of progress: somebody who looks every hour need not read every order from it.
STEP_OF_PROGRESS: Final = 5


def on_board(batches: Sequence[Batch], now: datetime) -> tuple[Batch, ...]:
    """The batches a channel may know of that take orders now; the one that closes first comes first."""
    public = [batch for batch in batches if batch.is_open_at(now) and batch.audience == "everyone"]
    return tuple(sorted(public, key=lambda batch: (batch.closes_at, batch.id)))


def slot_board(batches: Sequence[Batch], now: datetime, reached: Mapping[BatchId, int], room: int) -> SlotBoard:
    """The board at this moment. `batches` are all at work; `reached` is percent of the target, for those that show it;
    `room` is how many products and variants find room in each batch."""
    shown = on_board(batches, now)
    if not shown:
        public = [batch for batch in batches if batch.audience == "everyone"]
        closed = [b for b in public if b.state not in ("draft", "scheduled")]
        coming = [b.opens_at for b in public if b.state == "scheduled" and b.opens_at > now]
        last = max(closed, key=lambda batch: (batch.opens_at, batch.id), default=None)
        return SlotBoard((), closed=last.title if last else "", next_opening=min(coming, default=None))
    rows = tuple(_batch(batch, now, reached.get(batch.id), room) for batch in shown[:MOST_BATCHES])
    return SlotBoard(rows, max(0, len(shown) - MOST_BATCHES))


def board_keyboard(batches: Sequence[Batch], now: datetime, link: Callable[[str], str]) -> Keyboard:
    """A button for each open batch, into the bot; `link` makes a deep link of a payload."""
    shown = on_board(batches, now)[:MOST_BATCHES]
    if not shown:
        return ((LinkButton(Label("board_follow"), link("hello")),),)
    return tuple((LinkButton(_label(batch, len(shown)), link(f"b_{batch.id}")),) for batch in shown)


def _label(batch: Batch, among: int) -> Label:
    if not batch.left:
        return Label("queue_for", (batch.title,))
    return Label("order_now") if among == 1 else Label("order_this", (batch.title,))


def _batch(batch: Batch, now: datetime, reached: int | None, room: int) -> BoardBatch:
    days, hours = time_left(batch.closes_at, now)
    products, left = [], room
    for product_id in batch.products():
        if not left:
            break
        products.append(_product(batch, product_id, left - 1))
        left = max(0, left - 1 - len(products[-1].variants))
    progress = None if reached is None else min(100, reached // STEP_OF_PROGRESS * STEP_OF_PROGRESS)
    more = len(batch.products()) - len(products)
    return BoardBatch(
        batch.title, batch.closes_at, days, hours, batch.left, batch.quota, tuple(products), more, progress
    )


def _product(batch: Batch, product_id: ProductId, room: int) -> BoardProduct:
    variants = tuple(
        BoardVariant(offer.variant, None if offer.quota is None else batch.left_of(offer))
        for offer in batch.variants_of(product_id)
    )
    if len(variants) == 1 and variants[0].left is None:
        return BoardProduct(batch.product_name(product_id), ())  # a product that has no kinds to choose from
    return BoardProduct(batch.product_name(product_id), variants[:room], max(0, len(variants) - room))
