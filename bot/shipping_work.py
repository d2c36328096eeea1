"""What sending costs: found at the commit, told later by the seller (product 4). Inside a turn's transaction."""

from __future__ import annotations

from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from messages.catalog import Label
from messages.catalog.shipping import ShippingNews
from preorder.address import Address
from preorder.batch import Batch
from preorder.errors import AlreadyDone
from preorder.money import Rupiah
from preorder.order import Line, Order, OrderId, total_of
from preorder.shipping import Shipping, weigh
from storage import orders, shipping


def now(turn: Turn, batch: Batch, lines: tuple[Line, ...], address: Address) -> Shipping:
    """By the shop's rule as it is in this transaction."""
    weights = {offer.variant_id: offer.weight for offer in batch.offers}
    grams = weigh((weights.get(line.variant_id, 0), line.quantity) for line in lines)
    return shipping.rule(turn.tx, address).shipping(address, grams, total_of(lines))


def tell(turn: Turn, order_id: OrderId, cost: Rupiah) -> None:
    """The seller has found out what sending costs: total and due follow, and the buyer is told, once.

    Slots were promised for the down payment alone, so it does not rise; the cost is paid with the balance. Raises
    `AlreadyDone` when it was told before or the order is over.
    """
    orders.hold_still(turn.tx, order_id)
    if not shipping.tell(turn.tx, order_id, cost):
        raise AlreadyDone
    order = orders.get(turn.tx, order_id)
    turn.tell(order.person_id, ShippingNews(order), how_to_pay(order), key=f"shipping:{order.id}")


def how_to_pay(order: Order) -> Keyboard:
    """Below the news of a cost, as long as there is something to pay."""
    if not order.due_now:
        return ()
    return ((ActionButton(Label("pay_how_for", (order.code,)), "pay", (order.id,)),),)
