"""Standing buttons that begin a conversation, where the subject's work sees something to begin. In a turn."""

from __future__ import annotations

from collections.abc import Callable

from bot import (
    change_work,
    conversation,
    front,
    minimum_work,
    order_work,
    refund_work,
    terms_work,
    waiting_work,
)
from bot.turn import Turn
from conversations import lines_flow, seller_minimum
from conversations.change_flow import begin_change
from conversations.seller_refunds import begin_settling
from conversations.seller_terms import begin_terms
from conversations.shop import Shop
from conversations.table import Outcome
from conversations.waiting_flow import begin_offered
from messages.catalog.changing import OrderNotChangeable
from messages.catalog.waiting import OfferGone
from preorder.batch import BatchId
from storage import batches, terms
from storage.ids import short_id


def change_order(turn: Turn, order_id: str) -> None:
    """Beside an order in /orders: its review, to be changed from there."""
    order = order_work.own_order(turn, order_id)
    if order is None:
        return
    if not change_work.is_changeable(turn, order):
        turn.say(OrderNotChangeable(order.code))
        return
    conversation.start(turn, begin_change(order, short_id()))


def take_offer(turn: Turn, place_id: str) -> None:
    """Beside slots that are kept for somebody from the line: an order of them begins, or goes on with them."""
    found = waiting_work.own(turn, place_id)
    if found is None:
        return
    place, batch, offer = found
    if place.state != "offered":
        turn.toast(OfferGone())
        return

    def begin(shop: Shop) -> Outcome:
        step, _ = conversation.where(turn)
        draft = lines_flow.draft_in(step, batch.id) or lines_flow.new_draft(shop, batch.id)
        return begin_offered(draft, offer.variant_id, place.offered)

    front.begin_in(turn, batch.id, offer.product_id, begin)


def edit_terms(turn: Turn) -> None:
    """Under /terms, for whoever sells: the next version."""
    found = terms.now_valid(turn.tx)
    conversation.start(turn, begin_terms(found.version if found else 0, found.text if found else ""))


def privacy(turn: Turn) -> None:
    """/privacy, and the unfinished screen again."""
    terms_work.show_privacy(turn)
    conversation.go_on(turn)


def shop_terms(turn: Turn) -> None:
    """/terms, and the unfinished screen again: whoever reads them at the review goes on there."""
    terms_work.show_terms(turn)
    conversation.go_on(turn)


def stay_open(turn: Turn, batch_id: str) -> None:
    """Below its minimum: until when is it to be open?"""
    _about_minimum(turn, BatchId(batch_id), seller_minimum.begin_longer)


def cancel_batch(turn: Turn, batch_id: str) -> None:
    """Below its minimum: cancel it, once it was asked whether that is sure."""
    _about_minimum(turn, BatchId(batch_id), seller_minimum.begin_cancel)


def _about_minimum(turn: Turn, batch_id: BatchId, begin: Callable[[BatchId, Shop], Outcome]) -> None:
    batch = batches.find(turn.tx, batch_id)
    if batch is None or not batch.is_undecided:
        turn.toast(minimum_work.decided(turn, batch_id))
        return
    conversation.enter(turn, lambda shop: begin(batch_id, shop))


def settle_refund(turn: Turn, refund_id: str) -> None:
    """Beside a refund in /refunds: it was sent; is there a photo?"""
    refund = refund_work.owed(turn, refund_id)
    if refund is not None:
        conversation.start(turn, begin_settling(refund.id, refund.code, refund.amount))
