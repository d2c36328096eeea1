"""What a change of a placed order does to its money (product 4: until closing it can be changed). Pure; whole rupiah.

The price of a line is the batch's and never moves while the batch is open, so a change is new lines against old ones.
The shipping cost follows the parcel; what else the total holds (a discount) stays as it is.
"""

from __future__ import annotations

from preorder.money import DownPayment, Rupiah
from preorder.order import Line, Order, first_due, total_of
from preorder.shipping import Shipping
from preorder.values import dataclass


@dataclass(frozen=True)
class Change:
    """`total` and `first_due` afterwards; `paid` is what counts for the order then, `back` goes to the refund list."""

    total: Rupiah
    first_due: Rupiah
    paid: Rupiah
    back: Rupiah
    leaves_goods: bool = True  # is more left of the goods than the discount takes off?

    @property
    def is_covered(self) -> bool:
        """Is the down payment still paid? A confirmed order has to stay so."""
        return self.paid >= self.first_due


def change_of(order: Order, lines: tuple[Line, ...], rule: DownPayment, owed: Rupiah, shipping: Shipping) -> Change:
    """The money of `order` with other lines, sent for `shipping`.

    `owed` is what was to go back from it before and has not been sent: it counts for the order again, and what is too
    much now goes back in its place.

    Money that was too much for other reasons (a transfer above the total) stays with the order.
    """
    goods, sending = total_of(lines) - total_of(order.lines), shipping.cost - order.shipping.cost
    total = Rupiah(order.total + goods + sending)
    available = order.paid + owed
    less = max(0, order.total - total)
    back = max(0, min(available - total, owed + less))
    return Change(
        total,
        Rupiah(min(total, first_due(rule, lines, shipping, order.discount))),
        Rupiah(available - back),
        Rupiah(back),
        total_of(lines) > order.discount,
    )
