"""Orders on the disk: placed once a draft, left by guarded moves, reopened while slots remain (product 4, 5)."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from preorder.errors import SlotsGone
from preorder.order import PersonId
from preorder.order_code import LETTERS, TRIES
from storage import orders
from storage.databases import database_at
from tests.storage.shelves import NOW, new_shelf, open_batch, opened, place, side_by_side, taken

pytestmark = pytest.mark.usefixtures("engine")


def test_the_same_draft_is_one_order(tmp_path: Path) -> None:
    """Placed again, the draft gives the order it became, and takes no slots again."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        first = place(tx, "a", jars=2, bags=1)
        assert place(tx, "a", jars=2, bags=1) == first
        assert taken(tx) == (3, 2, 1)
        assert place(tx, "b").id != first.id


def test_a_draft_placed_after_closing_is_still_the_order_it_became(tmp_path: Path) -> None:
    """The repeat of a confirmation arrives late: the answer is the order, not that the batch is closed."""
    with opened(new_shelf(tmp_path)) as tx:
        batch = open_batch(tx)
        first = place(tx, "a")
        assert place(tx, "a", at=batch.closes_at + timedelta(days=1)).id == first.id


def test_an_order_is_read_as_it_was_placed(tmp_path: Path) -> None:
    """Lines, prices, sums, the end of the hold, and a code of letters nobody confuses."""
    with opened(new_shelf(tmp_path)) as tx:
        batch = open_batch(tx)
        order = place(tx, jars=2, bags=1)
        assert (order.total, order.first_due, order.paid, order.due_now) == (310_000, 155_000, 0, 155_000)
        assert [(line.product, line.quantity) for line in order.lines] == [("Nastar", 2), ("Tote", 1)]
        assert order.hold_until == NOW + batch.hold
        assert order.code.startswith("PO-")
        assert set(order.code.removeprefix("PO-")) <= set(LETTERS)


@pytest.mark.parametrize("form", ["{}", "{} ", "po{}", "PO {}", "po-{}", "Po - {}"])
def test_an_order_is_found_by_its_code_as_people_write_it(tmp_path: Path, form: str) -> None:
    """With or without PO, hyphen, spaces, in any case."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        bare = order.code.removeprefix("PO-")
        for written in (bare, bare.lower()):
            found = orders.by_code(tx, form.format(written))
            assert found is not None
            assert found.id == order.id
        assert orders.by_code(tx, "PO-0000") is None


def test_a_shop_that_used_its_short_codes_up_goes_on_with_longer_ones(tmp_path: Path) -> None:
    """When every short code that is drawn is in use, the order gets five letters, and is found by them."""
    asked: list[int] = []

    def luckless(letters: str, count: int) -> str:
        asked.append(count)
        return letters[0] * count

    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        assert place(tx, "a", draw=luckless).code == "PO-2222"
        assert asked == [4]
        second = place(tx, "b", draw=luckless)
        assert second.code == "PO-22222"
        assert asked == [4, *[4] * TRIES, 5]
        found = orders.by_code(tx, "po 22222")
        assert found is not None
        assert found.id == second.id


def test_an_order_that_gets_no_slots_leaves_no_trace(tmp_path: Path) -> None:
    """Neither an order, nor lines, nor slots."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, quota=2)
        place(tx, "a")
        with pytest.raises(SlotsGone), tx.attempt():
            place(tx, "b", buyer=8, jars=2)
        assert taken(tx) == (1, 1, 0)
        assert orders.of_person(tx, PersonId(8)) == []


async def test_a_failed_order_undoes_itself_alone_among_those_committed_together(tmp_path: Path) -> None:
    """Orders that share one COMMIT: who gets no slots is undone, the others stay."""
    shelf = new_shelf(tmp_path)
    database = database_at(shelf)
    await database.open()
    try:
        await database.run(lambda tx: open_batch(tx, quota=5))

        works = [partial(place, draft=f"d{number}", buyer=number, jars=2) for number in range(6)]
        results = await asyncio.gather(*(database.run(work) for work in works), return_exceptions=True)
    finally:
        await database.close()
    assert sum(isinstance(result, SlotsGone) for result in results) == 4
    with opened(shelf) as tx:
        assert taken(tx) == (4, 4, 0)


def test_a_hold_ends_once(tmp_path: Path) -> None:
    """Expiry and cancellation in the same instant: one of them gives the slots back, the other does nothing."""
    shelf = new_shelf(tmp_path)
    with opened(shelf) as tx:
        open_batch(tx)
        order = place(tx, jars=3)

        def end(number: int, barrier: threading.Barrier) -> bool:
            with opened(shelf) as own:
                barrier.wait()
                return orders.release(own, order, "expired" if number else "cancelled", NOW)

        assert sorted(side_by_side(2, end)) == [False, True]
        assert taken(tx) == (0, 0, 0)


def test_without_its_guard_a_hold_would_end_twice(tmp_path: Path) -> None:
    """The twin that does not ask for the state: both give slots back, and somebody else's slots are gone."""
    careless = {"move_order": "UPDATE orders SET state = :after, state_at = :now WHERE id = :id AND :before = :before"}
    with opened(new_shelf(tmp_path), careless) as tx:
        open_batch(tx)
        order = place(tx, "a", jars=2)
        place(tx, "b", buyer=7, jars=3)
        assert orders.release(tx, order, "expired", NOW)
        assert orders.release(tx, order, "cancelled", NOW)
        assert taken(tx) == (1, 1, 0), "three are ordered"


def test_a_confirmed_order_does_not_expire(tmp_path: Path) -> None:
    """Only what is held is released."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        assert orders.move(tx, order.id, ("held",), "confirmed", NOW)
        assert not orders.release(tx, order, "expired", NOW)
        assert taken(tx) == (1, 1, 0)


def test_an_expired_order_is_reopened_once_while_slots_remain(tmp_path: Path) -> None:
    """Its slots are taken again; a second time there is nothing to reopen."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, quota=2)
        order = place(tx, jars=2)
        orders.release(tx, order, "expired", NOW)
        assert orders.reopen(tx, order, NOW)
        assert not orders.reopen(tx, order, NOW)
        assert orders.get(tx, order.id).state == "held"
        assert taken(tx) == (2, 2, 0)


def test_an_expired_order_stays_expired_when_its_slots_are_gone(tmp_path: Path) -> None:
    """Not even a part of its slots is taken."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, quota=3)
        order = place(tx, "a", jars=2, bags=1)
        orders.release(tx, order, "expired", NOW)
        place(tx, "b", buyer=8)
        assert not orders.reopen(tx, order, NOW)
        assert orders.get(tx, order.id).state == "expired"
        assert taken(tx) == (1, 1, 0)


def test_the_same_tracking_number_is_written_once(tmp_path: Path) -> None:
    """Again the same changes nothing; another one corrects it; an unpaid order is not sent."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        assert not orders.ship(tx, order.id, "JNE", "JP1", NOW)
        orders.move(tx, order.id, ("held",), "confirmed", NOW)
        assert orders.ship(tx, order.id, "JNE", "JP1", NOW)
        assert not orders.ship(tx, order.id, "JNE", "JP1", NOW)
        assert orders.ship(tx, order.id, "JNE", "JP2", NOW)
        assert orders.get(tx, order.id).tracking == "JP2"
