"""Batches are written with their terms, written anew before they open, and holidays are given other days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from preorder.batch import Batch, BatchId
from preorder.money import Rupiah
from preorder.order import PersonId
from preorder.tiers import Tier
from storage import batches, planning
from storage.database import Tx
from tests.storage.shelves import NOW, new_shelf, open_batch, opened

SARI = PersonId(1)
TIERS = (Tier(5, "gift", "scrunchie"), Tier(10, "discount", discount=Rupiah(10_000)))


@pytest.fixture
def tx(engine: None, tmp_path: Path) -> Iterator[Tx]:
    """A shelf on each engine."""
    with opened(new_shelf(tmp_path)) as tx:
        yield tx


def _planned(tx: Tx) -> Batch:
    """A batch like the open one of the shelf, not open yet and not written."""
    return replace(open_batch(tx), id=BatchId("lebaran"), state="scheduled")


def _found(tx: Tx, batch: Batch) -> Batch:
    found = batches.find(tx, batch.id)
    assert found is not None
    return found


def test_a_batch_comes_back_with_its_terms_and_tiers(tx: Tx) -> None:
    """Minimum total, target, shipping days, audience and tiers are read as they were planned."""
    batch = replace(
        _planned(tx),
        minimum_total=Rupiah(5_000_000),
        target=Rupiah(12_000_000),
        shipping_days=4,
        audience="interested",
        tiers=TIERS,
    )
    assert planning.plan(tx, batch, SARI, NOW)
    assert not planning.plan(tx, batch, SARI, NOW)
    assert _found(tx, batch) == batch


def test_a_batch_that_has_not_opened_is_written_anew(tx: Tx) -> None:
    """Other answers replace the old ones with their offers and tiers; once it is open nothing is replaced."""
    planned = _planned(tx)
    other = replace(planned, title="PO lain", quota=7, tiers=TIERS[:1], offers=planned.offers[:1])
    planning.plan(tx, replace(planned, tiers=TIERS), SARI, NOW)
    assert not planning.replan(tx, other, "draft", NOW)
    assert planning.replan(tx, other, "scheduled", NOW)
    assert _found(tx, planned) == other
    assert batches.move(tx, planned.id, ("scheduled",), "open", NOW)
    assert not planning.replan(tx, planned, "scheduled", NOW)
    assert _found(tx, planned) == replace(other, state="open")


def test_a_holiday_is_moved_and_put_back(tx: Tx) -> None:
    """The shop's day for a holiday replaces an earlier one, and goes again."""
    planning.move_holiday(tx, "eid", 2027, date(2027, 3, 11), SARI, NOW)
    planning.move_holiday(tx, "eid", 2027, date(2027, 3, 9), SARI, NOW)
    assert planning.moved_holidays(tx) == {("eid", 2027): date(2027, 3, 9)}
    assert planning.unmove_holiday(tx, "eid", 2027)
    assert not planning.unmove_holiday(tx, "eid", 2027)
    assert planning.moved_holidays(tx) == {}
