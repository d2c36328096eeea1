"""Slots on the disk: taken by conditional update only, never more than there are, and given back (product 3, 4)."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from preorder.errors import BatchNotOpen, OverMaximum, SlotsGone
from preorder.order import PersonId
from storage import batches
from storage.database import Tx
from storage.statements import STATEMENTS
from tests.storage.shelves import (
    BAG,
    BATCH,
    JAR,
    NOW,
    new_shelf,
    now_of,
    open_batch,
    opened,
    side_by_side,
    taken,
    wanted,
)

pytestmark = pytest.mark.usefixtures("engine")

BUYERS = 12
QUOTA = 5
# What the guards forbid, for the twins that must fail.
TAKES_ALWAYS = "UPDATE batches SET taken = taken + :n WHERE id = :batch AND :now = :now"


def take(tx: Tx, buyer: int = 7, jars: int = 1, bags: int = 0) -> None:
    batches.take_slots(tx, now_of(tx), PersonId(buyer), wanted(jars, bags), NOW)


def rush(shelf: str, changed: dict[str, str], *, checks: bool) -> int:
    """All buyers look, and only when all have seen free slots do they take one; how many took."""

    def one(number: int, barrier: threading.Barrier) -> bool:
        with opened(shelf, changed, checks=checks) as tx:
            assert now_of(tx).left > 0
            barrier.wait()
            try:
                take(tx, buyer=number)
            except SlotsGone:
                return False
            return True

    return sum(side_by_side(BUYERS, one))


def test_a_rush_sells_exactly_the_quota(tmp_path: Path) -> None:
    """Twelve connections that all saw free slots take five."""
    shelf = new_shelf(tmp_path)
    with opened(shelf) as tx:
        open_batch(tx, quota=QUOTA)
        assert rush(shelf, {}, checks=True) == QUOTA
        assert taken(tx) == (QUOTA, QUOTA, 0)


def test_reading_first_and_writing_then_would_oversell(tmp_path: Path) -> None:
    """The twin without the condition: who saw a free slot takes it, and twelve are sold for a quota of five."""
    shelf = new_shelf(tmp_path)
    with opened(shelf) as tx:
        open_batch(tx, quota=QUOTA)
        assert rush(shelf, {"take_batch_slots": TAKES_ALWAYS}, checks=False) == BUYERS
        assert taken(tx)[0] == BUYERS > QUOTA


def test_the_table_refuses_what_a_wrong_statement_would_sell(tmp_path: Path) -> None:
    """Behind the condition stands a CHECK: even without the condition no row says more taken than the quota."""
    with opened(new_shelf(tmp_path), {"take_batch_slots": TAKES_ALWAYS}) as tx:
        open_batch(tx, quota=1)
        take(tx)
        with pytest.raises(sqlite3.IntegrityError):
            take(tx, buyer=8)
        assert taken(tx)[0] == 1


def test_the_table_refuses_more_of_a_variant_than_its_quota(tmp_path: Path) -> None:
    """The same for a variant's own quota."""
    always = "UPDATE offers SET taken = taken + :n WHERE batch_id = :batch AND variant_id = :variant"
    with opened(new_shelf(tmp_path), {"take_offer_slots": always}) as tx:
        open_batch(tx, jars=1)
        with pytest.raises(sqlite3.IntegrityError):
            take(tx, jars=2)


def test_slots_given_back_twice_are_refused(tmp_path: Path) -> None:
    """Fewer than none taken is no state of a batch."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx)
        take(tx)
        batches.return_slots(tx, BATCH, PersonId(7), wanted())
        assert taken(tx) == (0, 0, 0)
        with pytest.raises(sqlite3.IntegrityError):
            batches.return_slots(tx, BATCH, PersonId(7), wanted())


def test_an_order_takes_all_its_slots_or_none(tmp_path: Path) -> None:
    """With one jar left, two bags and two jars take nothing; how many jars are left is told."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, jars=1)
        with pytest.raises(SlotsGone) as gone, tx.attempt():
            take(tx, jars=2, bags=2)
        assert gone.value.left == 1
        assert taken(tx) == (0, 0, 0)


def test_lines_of_the_same_variant_count_together(tmp_path: Path) -> None:
    """Two lines of two jars with different wishes are four jars."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, jars=3)
        with pytest.raises(SlotsGone), tx.attempt():
            batches.take_slots(tx, now_of(tx), PersonId(7), (*wanted(2), *wanted(2)), NOW)
        assert taken(tx) == (0, 0, 0)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=30)])
def test_a_batch_past_its_closing_takes_nothing(tmp_path: Path, late: timedelta) -> None:
    """From the closing moment on, although its state still says open."""
    with opened(new_shelf(tmp_path)) as tx:
        batch = open_batch(tx)
        with pytest.raises(BatchNotOpen):
            batches.take_slots(tx, batch, PersonId(7), wanted(), batch.closes_at + late)
        assert now_of(tx).state == "open"
        batches.take_slots(tx, batch, PersonId(7), wanted(), batch.closes_at - timedelta(seconds=1))


def test_without_its_condition_on_the_moment_a_closed_batch_would_sell(tmp_path: Path) -> None:
    """The twin: the same statement without the closing moment takes slots a month late."""
    guarded = STATEMENTS["take_batch_slots"]
    careless = guarded.replace("closes_at > :now", ":now = :now")
    assert careless != guarded
    with opened(new_shelf(tmp_path), {"take_batch_slots": careless}) as tx:
        batch = open_batch(tx)
        batches.take_slots(tx, batch, PersonId(7), wanted(), batch.closes_at + timedelta(days=30))
        assert taken(tx)[0] == 1


def test_a_closed_batch_takes_nothing_before_its_time(tmp_path: Path) -> None:
    """Closed by hand, the moment does not matter."""
    with opened(new_shelf(tmp_path)) as tx:
        batch = open_batch(tx)
        assert batches.close(tx, BATCH, "seller", NOW)
        assert not batches.close(tx, BATCH, "time", NOW)
        with pytest.raises(BatchNotOpen):
            batches.take_slots(tx, batch, PersonId(7), wanted(), NOW)


def test_the_maximum_counts_over_a_buyers_orders(tmp_path: Path) -> None:
    """Two, then two more of three: refused; another buyer may; what is given back may be taken again."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, maximum=3)
        take(tx, jars=2)
        with pytest.raises(OverMaximum) as over, tx.attempt():
            take(tx, jars=2)
        assert over.value.maximum == 3
        take(tx, buyer=8, jars=3)
        batches.return_slots(tx, BATCH, PersonId(7), wanted(2))
        take(tx, jars=3)
        assert taken(tx) == (6, 6, 0)


def test_late_money_takes_slots_of_a_closed_batch_but_not_of_a_full_one(tmp_path: Path) -> None:
    """The order came in time, so closing does not matter; the quota does."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, quota=2)
        assert batches.close(tx, BATCH, "time", NOW)
        batches.retake_slots(tx, BATCH, PersonId(7), wanted(jars=1, bags=1))
        assert taken(tx) == (2, 1, 1)
        with pytest.raises(SlotsGone), tx.attempt():
            batches.retake_slots(tx, BATCH, PersonId(8), wanted())
        assert taken(tx) == (2, 1, 1)


def test_what_is_left_of_a_variant_is_the_smaller_quota(tmp_path: Path) -> None:
    """A variant never shows more than the batch has."""
    with opened(new_shelf(tmp_path)) as tx:
        open_batch(tx, quota=4, jars=3)
        take(tx, bags=2)
        batch = now_of(tx)
        jars, bags = batch.offer(JAR), batch.offer(BAG)
        assert jars is not None
        assert bags is not None
        assert (batch.left_of(jars), batch.left_of(bags)) == (1, 1)
