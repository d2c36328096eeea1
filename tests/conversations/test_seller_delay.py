"""/delay at the table: which date, to when, why, and the confirm (product 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.effects import DelayBatch
from conversations.seller_delay import (
    DelayChoose,
    DelayDate,
    DelayDoubt,
    DelayReason,
    DelayReview,
    DelayWhich,
    begin_delay,
)
from conversations.shop import BatchDelay, Shop
from conversations.steps import Home
from messages.catalog.delaying import DatesMovedMeanwhile, DelayDone, DelayNotLater, NothingToDelay
from messages.catalog.selling_unclear import MomentUnclear, SellerLeft, TextUnclear
from preorder.batch import Batch, BatchId
from preorder.delay import Answers, Dates, dates_of
from tests.conversations.seller_chat import NOW, Seller, batch, order, shop, worded

ORDERS = (order("PO-7K3F"), order("PO-8M2A"))


def late(state: str = "producing", **changes: object) -> Batch:
    """A batch that closes in four days, is made in ten and travels for three."""
    return replace(batch("b1", state), shipping_days=3, **changes)  # type: ignore[arg-type]  # any of its fields


def delaying(one: Batch | None = None) -> Seller:
    snapshot = shop(one or late(), orders=ORDERS)
    return Seller(begin_delay(snapshot), snapshot)


def at_review(what: str = "sending", to: str = "+1 minggu", why: str = "Bahan telat") -> Seller:
    return delaying(late("open")).press(what).say(to, why)


def done(seller: Seller) -> DelayBatch:
    (effect,) = seller.done
    assert isinstance(effect, DelayBatch)
    return effect


def test_what_is_on_its_way_or_not_planned_cannot_be_delayed() -> None:
    """A draft has promised nothing, and what was sent has left."""
    snapshot = shop(batch("b1", "draft"), batch("b2", "shipping"))
    assert Seller(begin_delay(snapshot), snapshot).heard == (NothingToDelay(),)


def test_of_several_batches_one_is_chosen() -> None:
    """By its number; back leads to the choice, and from there home."""
    snapshot = shop(batch("b1", "open"), batch("b2", "ready"), batch("b3", "scheduled"))
    seller = Seller(begin_delay(snapshot), snapshot)
    assert type(seller.step) is DelayChoose
    assert seller.say("2").where() == DelayWhich(BatchId("b2"))
    assert type(seller.back().where()) is DelayChoose
    assert seller.back().heard == (SellerLeft(),)


@pytest.mark.parametrize(
    ("state", "days", "dates"),
    [
        ("scheduled", 3, ["closing", "sending", "arrival"]),
        ("open", 0, ["closing", "sending"]),
        ("closed", 3, ["sending", "arrival"]),
        ("producing", 0, ["sending"]),
        ("ready", 3, ["sending", "arrival"]),
    ],
)
def test_the_dates_that_can_still_move_are_offered(state: str, days: int, dates: list[str]) -> None:
    """The closing while it is to come, the arrival where one was promised."""
    seller = delaying(replace(late(state), shipping_days=days))
    assert [button.value for button in seller.screen.buttons][:-2] == dates


def test_a_closing_that_has_passed_does_not_move() -> None:
    """Its batch is about to close: only what comes after can move."""
    seller = delaying(late("open", closes_at=NOW - timedelta(minutes=1)))
    assert [button.value for button in seller.screen.buttons][:-2] == ["sending", "arrival"]


def test_a_later_closing_moves_everything_behind_it() -> None:
    """By button, with a ready reason: the days of making and travelling stay, the effect has old and new."""
    seller = at_review("closing", "+3 hari", "Antrean produksi penuh").say("Ya")
    effect = done(seller)
    before = dates_of(late("open"))
    assert effect == DelayBatch(
        BatchId("b1"), before, replace(before, closes_at=before.closes_at + timedelta(days=3)), "queue_full"
    )
    (said,) = seller.heard
    assert isinstance(said, DelayDone)
    assert [shift.what for shift in said.shifts] == ["closing", "sending", "arrival"]
    assert type(seller.step) is Home


def test_a_typed_day_moves_the_sending_and_the_arrival_with_it() -> None:
    """The closing stays; the days of making are counted anew; the reason is the seller's own."""
    seller = delaying().press("sending").say("20 des", "Oven rusak, menunggu suku cadang")
    assert type(seller.step) is DelayReview
    effect = done(seller.say("ya"))
    # Closes on 26 November: to 20 December are 24 days.
    assert effect.after == Dates(effect.before.closes_at, 24, 3)
    assert effect.reason == "Oven rusak, menunggu suku cadang"


def test_a_late_courier_moves_the_arrival_alone() -> None:
    """Sent when it was to be sent, there later."""
    effect = done(delaying(late("ready")).press("arrival").say("+2 minggu", "Libur kurir", "ya"))
    assert effect.after == replace(effect.before, shipping_days=17)
    assert effect.reason == "courier_rest"


def test_an_earlier_date_is_refused() -> None:
    """A delay is later; the sentence names the date that stands."""
    seller = delaying().press("sending").say("1 des")
    assert isinstance(seller.why, DelayNotLater)
    assert "Minggu, 6 Desember 2026" in worded(seller.why)
    closing = delaying(late("open")).press("closing").say("besok jam 20")
    assert isinstance(closing.why, DelayNotLater)
    assert type(closing.step) is DelayDate


def test_a_doubtful_date_is_asked_about() -> None:
    """An hour that may be morning or evening, or a day that has passed: choices, and back to the question."""
    seller = delaying(late("open")).press("closing").say("1 des jam 8")
    assert type(seller.step) is DelayDoubt
    assert type(seller.say("1").where()) is DelayReason
    passed = delaying().press("sending").say("20 nov")
    assert type(passed.step) is DelayDoubt
    assert type(passed.back().where()) is DelayDate


def test_a_date_that_cannot_be_read_keeps_the_seller_there() -> None:
    """One sentence, and the question again."""
    seller = delaying().press("sending").say("30 feb")
    assert isinstance(seller.why, MomentUnclear)
    assert type(seller.step) is DelayDate


def test_a_date_that_has_passed_is_moved_from_today() -> None:
    """+3 days of a sending that was due last week is three days from today."""
    past = late(closes_at=NOW - timedelta(days=20))
    effect = done(delaying(past).press("sending").say("+3 hari", "1", "ya"))
    assert effect.after.production_days == 20 + 3


def test_a_reason_is_needed() -> None:
    """Nothing but an emoji is none; back leads to the date."""
    seller = delaying().press("sending").say("+3 hari").say("😅")
    assert isinstance(seller.why, TextUnclear)
    assert type(seller.back().where()) is DelayDate


def test_the_preview_is_what_buyers_read_and_says_how_many_they_are() -> None:
    """The question by the first of them, with what they paid; two orders of one buyer."""
    screen = at_review().screen
    assert screen.before is not None
    as_read = worded(screen.before.message)
    for words in ("PO-7K3F", "Semula Minggu, 6 Desember 2026", "Jadi <b>Minggu, 13 Desember 2026", "Bahan telat"):
        assert words in as_read
    assert "Rp 100.000</b> dikembalikan" in as_read
    assert "1 pembeli (2 pesanan)" in worded(screen.message)


def test_without_orders_nobody_is_asked() -> None:
    """The dates move all the same."""
    snapshot = shop(late("scheduled"))
    seller = Seller(begin_delay(snapshot), snapshot).press("closing").say("+3 hari", "1")
    assert seller.screen.before is None
    assert "tidak ada pembeli yang ditanya" in worded(seller.screen.message)
    assert done(seller.say("ya")).after != dates_of(late())


def test_no_leaves_everything_as_it_is() -> None:
    """No, back and cancel do nothing."""
    assert at_review().say("Tidak").done == []
    assert at_review().cancel().done == []
    assert type(at_review().back().where()) is DelayReason


def test_dates_that_moved_meanwhile_are_shown_anew() -> None:
    """Somebody else was faster: what was confirmed is not what would happen."""
    seller = at_review()
    seller.shop = shop(late("open", production_days=12), orders=ORDERS)
    seller.say("ya")
    assert seller.done == []
    assert seller.heard == (DatesMovedMeanwhile("PO b1"),)
    assert type(seller.step) is DelayWhich


def test_a_closing_that_came_meanwhile_does_not_move() -> None:
    """The batch has closed while the seller thought: the closing is behind it."""
    seller = at_review("closing")
    seller.shop = shop(late("closed"), orders=ORDERS)
    assert seller.say("ya").heard == (DatesMovedMeanwhile("PO b1"),)
    assert seller.done == []


def test_the_answers_so_far_are_shown() -> None:
    """Who waits, who cancelled, who said nothing; a new question replaces the old one, and that is said."""
    snapshot: Shop = replace(
        shop(late("open"), orders=ORDERS),
        delays=(BatchDelay(BatchId("b1"), NOW, "mishap", Answers(4, 1, 2)),),
    )
    seller = Seller(begin_delay(snapshot), snapshot)
    shown = worded(seller.screen.message)
    for words in ("Kendala produksi", "Menunggu 4", "Batal 1", "Belum menjawab 2"):
        assert words in shown
    assert "ditanya lagi" in worded(seller.press("sending").say("1", "1").screen.message)
