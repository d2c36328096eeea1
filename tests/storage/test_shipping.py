"""Shipping costs on the disk: told once, corrected only from what was seen, never after the parcel left (product 4).

A cost that was told is part of the order's total from then on, and what is paid first is never more than that.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from preorder.money import Full, Rupiah
from preorder.order import Order, OrderId, PersonId
from preorder.shipping import LATER, Shipping
from storage import orders, shipping
from storage.database import Tx
from tests.storage.shelves import ADDRESS, NOW, new_shelf, now_of, open_batch, opened, wanted

pytestmark = pytest.mark.usefixtures("engine")

GOODS = 110_000


def waits_for_its_cost(tx: Tx, draft: str = "draft", *, pays_all: bool = False) -> OrderId:
    """A jar whose shipping cost is told later; half of it is paid first, or all of it."""
    batch = now_of(tx)
    batch = replace(batch, down_payment=Full()) if pays_all else batch
    return orders.place(tx, batch, PersonId(7), draft, wanted(), ADDRESS, NOW, LATER).id


def sums(tx: Tx, order_id: OrderId) -> tuple[Shipping, int, int]:
    """(shipping, total, what is paid first)."""
    order: Order = orders.get(tx, order_id)
    return order.shipping, order.total, order.first_due


def test_a_cost_is_told_once(tmp_path: Path) -> None:
    """It becomes part of the total; the second seller changes nothing; what was settled outside stays so."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = waits_for_its_cost(tx)
        assert shipping.tell(tx, order, Rupiah(18_000))
        assert not shipping.tell(tx, order, Rupiah(20_000))
        assert sums(tx, order) == (Shipping("told", Rupiah(18_000)), GOODS + 18_000, GOODS // 2)
        outside = orders.place(tx, now_of(tx), PersonId(7), "other", wanted(), ADDRESS, NOW)
        assert not shipping.tell(tx, outside.id, Rupiah(18_000))
        assert not shipping.correct(tx, outside.id, Rupiah(18_000), Rupiah(0))


def test_a_cost_is_corrected_from_what_was_seen(tmp_path: Path) -> None:
    """Of two sellers who saw the same cost the first corrects it; whoever saw an older one changes nothing."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = waits_for_its_cost(tx)
        assert not shipping.correct(tx, order, Rupiah(18_000), Rupiah(0)), "it was never told"
        assert shipping.tell(tx, order, Rupiah(81_000))
        assert shipping.correct(tx, order, Rupiah(18_000), Rupiah(81_000))
        assert not shipping.correct(tx, order, Rupiah(20_000), Rupiah(81_000))
        assert sums(tx, order) == (Shipping("told", Rupiah(18_000)), GOODS + 18_000, GOODS // 2)


def test_what_is_paid_first_is_never_more_than_a_corrected_total(tmp_path: Path) -> None:
    """Somebody who changed the order after the cost was told pays all of it first: a lower cost lowers both sums, a
    higher one is paid with the rest."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order_id = waits_for_its_cost(tx, pays_all=True)
        assert shipping.tell(tx, order_id, Rupiah(81_000))
        order = orders.get(tx, order_id)
        orders.rewrite(tx, order, replace(order, first_due=order.total), NOW)
        assert shipping.correct(tx, order_id, Rupiah(18_000), Rupiah(81_000))
        assert sums(tx, order_id)[1:] == (GOODS + 18_000, GOODS + 18_000)
        assert shipping.correct(tx, order_id, Rupiah(20_000), Rupiah(18_000))
        assert sums(tx, order_id)[1:] == (GOODS + 20_000, GOODS + 18_000)


@pytest.mark.parametrize("end", ["shipped", "cancelled"])
def test_the_cost_of_an_order_that_is_over_or_sent_stays(tmp_path: Path, end: str) -> None:
    """Neither told nor corrected any more, and no longer on the list of either."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        told, untold = waits_for_its_cost(tx), waits_for_its_cost(tx, "other")
        assert shipping.tell(tx, told, Rupiah(18_000))
        assert (shipping.count_told(tx), shipping.count_untold(tx)) == (1, 1)
        for order_id in (told, untold):
            if end == "shipped":
                assert orders.move(tx, order_id, ("held",), "confirmed", NOW)
                assert orders.ship(tx, order_id, "JNE", "JP1", NOW)
            else:
                assert orders.release(tx, orders.get(tx, order_id), "cancelled", NOW)
        assert not shipping.correct(tx, told, Rupiah(15_000), Rupiah(18_000))
        assert not shipping.tell(tx, untold, Rupiah(15_000))
        assert (shipping.count_told(tx), shipping.count_untold(tx)) == (0, 0)
        assert (shipping.told(tx, 5), shipping.untold(tx, 5)) == ([], [])
