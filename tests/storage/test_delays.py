"""Delays on the disk: dates move once, one question counts, and every answer is recorded once (product 3)."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from preorder.delay import Answers, Dates, dates_of
from preorder.order import Order, PersonId
from storage import batches, delays, orders
from storage.database import Tx
from storage.delays import Delay
from tests.storage.shelves import BATCH, NOW, new_shelf, now_of, open_batch, opened, place, side_by_side

pytestmark = pytest.mark.usefixtures("engine")

SARI = PersonId(1)


def later(dates: Dates, days: int = 7) -> Dates:
    return replace(dates, production_days=dates.production_days + days)


def asked(tx: Tx, *of: Order) -> Delay:
    """The sending moves by a week and these orders are asked about."""
    before = dates_of(now_of(tx))
    assert delays.move_dates(tx, BATCH, before, later(before), NOW)
    delay = delays.put(tx, BATCH, before, later(before), "material_late", SARI, NOW)
    for order in of:
        delays.ask(tx, delay, order.id, NOW)
    return delay


def test_dates_move_only_from_what_was_seen(tmp_path: Path) -> None:
    """Whoever saw older dates moves nothing."""
    with opened(new_shelf(tmp_path)) as tx:
        before = dates_of(open_batch(tx))
        assert delays.move_dates(tx, BATCH, before, later(before), NOW)
        assert not delays.move_dates(tx, BATCH, before, later(before, 14), NOW)
        assert dates_of(now_of(tx)) == later(before)


def test_of_two_sellers_at_once_one_moves_the_dates(tmp_path: Path) -> None:
    """Both saw the same dates; the second finds others."""
    url = new_shelf(tmp_path)
    with opened(url) as tx:
        before = dates_of(open_batch(tx))

    def move(number: int, barrier: threading.Barrier) -> bool:
        with opened(url) as own:
            barrier.wait()
            return delays.move_dates(own, BATCH, before, later(before, number + 1), NOW)

    assert sorted(side_by_side(4, move)) == [False, False, False, True]


def test_a_closing_moves_only_while_it_is_to_come(tmp_path: Path) -> None:
    """Past its moment, or closed, the closing stays; the sending may still move until parcels are on their way."""
    with opened(new_shelf(tmp_path)) as tx:
        before = dates_of(open_batch(tx))
        longer = replace(before, closes_at=before.closes_at + timedelta(days=1))
        assert not delays.move_dates(tx, BATCH, before, longer, before.closes_at)
        assert delays.move_dates(tx, BATCH, before, longer, NOW)
        assert batches.close(tx, BATCH, "seller", NOW)
        assert not delays.move_dates(tx, BATCH, longer, before, NOW)
        assert delays.move_dates(tx, BATCH, longer, later(longer), NOW)
        assert batches.move(tx, BATCH, ("closed",), "shipping", NOW)
        assert not delays.move_dates(tx, BATCH, later(longer), longer, NOW)


def test_every_answer_is_recorded_once(tmp_path: Path) -> None:
    """The first "wait" counts; it may become "cancel"; what was cancelled does not wait."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        one, two, three = (place(tx, f"d{n}", buyer=n) for n in (11, 12, 13))
        delay = asked(tx, one, two, three)
        assert delays.answers(tx, delay) == Answers(0, 0, 3)
        assert delays.wait(tx, delay.id, one.id, NOW)
        assert not delays.wait(tx, delay.id, one.id, NOW)
        assert delays.wait(tx, delay.id, two.id, NOW)
        assert delays.answers(tx, delay) == Answers(2, 0, 1)
        assert orders.release(tx, two, "cancelled", NOW)
        delays.cancel(tx, two.id, NOW)
        assert not delays.wait(tx, delay.id, two.id, NOW)
        assert delays.answers(tx, delay) == Answers(1, 1, 1)
        found = delays.of_order(tx, one.id)
        assert found is not None
        assert (found.delay, found.waits) == (delay, True)


def test_an_order_that_is_over_for_another_reason_is_not_counted(tmp_path: Path) -> None:
    """Its hold ended: it neither waits nor is silent, and cannot answer."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        delay = asked(tx, order)
        assert orders.release(tx, order, "expired", NOW)
        assert delays.answers(tx, delay) == Answers(0, 0, 0)
        assert not delays.wait(tx, delay.id, order.id, NOW)
        assert delays.silent(tx, delay) == []


def test_a_later_delay_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """One question counts for a batch; an answer to the older one is none."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        order = place(tx)
        first = asked(tx, order)
        second = asked(tx, order)
        assert delays.of_batch(tx, BATCH) == second
        assert not delays.wait(tx, first.id, order.id, NOW)
        assert delays.wait(tx, second.id, order.id, NOW)
        assert delays.answers(tx, first) == Answers(0, 0, 1)
        assert delays.answers(tx, second) == Answers(1, 0, 0)


def test_silence_is_reminded_once(tmp_path: Path) -> None:
    """Who answered, by waiting or by cancelling, is not reminded; who did not is reminded one time."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        one, two, three = (place(tx, f"d{n}", buyer=n) for n in (11, 12, 13))
        delay = asked(tx, one, two, three)
        assert delays.wait(tx, delay.id, one.id, NOW)
        assert orders.release(tx, three, "cancelled", NOW)
        delays.cancel(tx, three.id, NOW)
        assert delays.silent(tx, delay) == [two.id]
        assert delays.remind(tx, delay, two.id, NOW)
        assert not delays.remind(tx, delay, two.id, NOW)
        assert not delays.remind(tx, delay, one.id, NOW)
        assert not delays.remind(tx, delay, three.id, NOW)
        assert delays.silent(tx, delay) == []
