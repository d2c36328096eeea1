"""A delay's answers and reminders where they are made: what was asked a moment ago may be over (product 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import delay_answer_work, delay_work
from bot.turn import Turn
from preorder.delay import dates_of
from preorder.order import Order
from storage import batches, delays, orders, payments
from storage.delays import Delay
from tests.bot.shelf_turns import BUDI, RINA, SARI, shelf_turn
from tests.storage.shelves import BATCH, NOW, now_of, place


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[Turn]:
    """Rina's."""
    with shelf_turn(tmp_path, RINA) as begun:
        yield begun


def asked(turn: Turn) -> tuple[Delay, Order]:
    """Rina has ordered, and is asked about a sending that is a week later."""
    order = place(turn.tx, buyer=RINA)
    before = dates_of(now_of(turn.tx))
    after = replace(before, production_days=before.production_days + 7)
    assert delays.move_dates(turn.tx, BATCH, before, after, NOW)
    delay = delays.put(turn.tx, BATCH, before, after, "material_late", SARI, NOW)
    delays.ask(turn.tx, delay, order.id, NOW)
    return delay, order


def reminders(turn: Turn) -> int:
    """How many reminders were written."""
    return len(turn.tx.all("messages_one_by_one", prefix="delay-again:", beyond="delay-again;", n=10))


def test_a_proof_that_came_after_the_question_is_judged_first(turn: Turn) -> None:
    """She was asked whether she is sure, then sent a proof, then pressed: the order goes on until it is judged."""
    delay, order = asked(turn)
    payments.claim(turn.tx, RINA, order, ("photo", "id", "unique"), 1, NOW)
    delay_answer_work.cancel(turn, delay.id, order.id)
    assert orders.get(turn.tx, order.id).state == "held"
    assert delays.answers(turn.tx, delay).cancelled == 0


def test_with_its_last_parcel_cancelled_a_batch_on_its_way_is_done(turn: Turn) -> None:
    """Budi's parcel is sent; Rina, whose is not, does not wait: there is nothing left to send."""
    delay, order = asked(turn)
    other = place(turn.tx, "other", BUDI)
    assert orders.move(turn.tx, other.id, ("held",), "confirmed", NOW)
    assert orders.ship(turn.tx, other.id, "JNE", "JP1", NOW)
    assert batches.move(turn.tx, BATCH, ("open",), "shipping", NOW)
    delay_answer_work.cancel(turn, delay.id, order.id)
    assert now_of(turn.tx).state == "done"


def test_nobody_is_reminded_once_parcels_are_on_their_way(turn: Turn) -> None:
    """Until then the silent are, once."""
    _, order = asked(turn)
    assert batches.move(turn.tx, BATCH, ("open",), "shipping", NOW)
    delay_work.remind(turn, BATCH)
    assert reminders(turn) == 0
    assert batches.move(turn.tx, BATCH, ("shipping",), "ready", NOW)
    delay_work.remind(turn, BATCH)
    delay_work.remind(turn, BATCH)
    assert reminders(turn) == 1
    assert orders.get(turn.tx, order.id).state == "held"
