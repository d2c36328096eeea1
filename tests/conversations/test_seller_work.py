"""/close, /stage, /ship and the proofs that are not simply confirmed (product 3, 5, 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.effects import CancelPlan, CloseBatch, ConfirmOtherAmount, MoveStage, RejectProof, ShipOrder
from conversations.prompt import Prompt
from conversations.said import Picked
from conversations.seller_flow import (
    SELLER_FLOW,
    begin_close,
    begin_other_amount,
    begin_reject,
    begin_ship,
    begin_stage,
)
from conversations.seller_prompts import SELLER_HINTS, seller_prompt
from conversations.seller_steps import (
    CancelPlanConfirm,
    CloseChoose,
    CloseConfirm,
    OtherAmount,
    ShipChoose,
    ShipConfirm,
    ShipCourier,
    ShipOrderPick,
    ShipTracking,
    StageChoose,
    StageConfirm,
    StagePick,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Step
from messages.catalog.selling_unclear import ChoiceUnclear, MoneyUnclear, SellerLeft, TextUnclear, TrackingUnclear
from messages.catalog.selling_work import (
    AllParcelsSent,
    AskShipOrder,
    BatchGone,
    CloseDone,
    NothingToClose,
    NothingToMake,
    NothingToShip,
    OrderGone,
    OrderUnknown,
    OtherAmountTaken,
    ParcelSent,
    PlanCancelled,
    RejectionSent,
    StageMoved,
)
from preorder.batch import BatchId, BatchState
from preorder.money import Rupiah
from preorder.order import OrderId
from tests.conversations.seller_chat import Seller, batch, order, shop, worded

B1 = BatchId("b1")


def closing(*states: BatchState) -> Seller:
    snapshot = shop(*(batch(f"b{n}", state) for n, state in enumerate(states, start=1)))
    return Seller(begin_close(snapshot), snapshot)


def staging(*states: BatchState) -> Seller:
    snapshot = shop(*(batch(f"b{n}", state) for n, state in enumerate(states, start=1)))
    return Seller(begin_stage(snapshot), snapshot)


def shipping(snapshot: Shop | None = None) -> Seller:
    snapshot = snapshot or shop(batch("b1", "ready"), orders=(order("PO-7K3F"), order("PO-2345", paid=60_000)))
    return Seller(begin_ship(snapshot), snapshot)


# --- /close -----------------------------------------------------------------------------------------------------


def test_the_only_open_batch_is_closed_after_its_totals_and_one_question() -> None:
    """The totals are on the screen that asks; yes closes it."""
    seller = closing("open", "closed")
    assert seller.where() == CloseConfirm(B1)
    for figure in ("Pesanan: 11", "9 sudah bayar", "2 masih di-keep", "12 dari 40", "Rp 900.000", "Rp 450.000"):
        assert figure in worded(seller.screen.message)
    seller.say("ya")
    assert (seller.done, seller.where(), seller.heard) == ([CloseBatch(B1)], Home(), (CloseDone("PO b1"),))


def test_no_closes_nothing() -> None:
    """No, back and cancel leave the batch open."""
    for seller in (closing("open").say("tidak"), closing("open").back(), closing("open").cancel()):
        assert (seller.where(), seller.done, seller.heard) == (Home(), [], (SellerLeft(),))


def test_one_of_several_batches_is_chosen_by_number_or_title() -> None:
    """Back from the question leads to the choice again, back from there out."""
    seller = closing("open", "open")
    assert seller.where() == CloseChoose()
    assert seller.say("2").where() == CloseConfirm(BatchId("b2"))
    assert seller.back().where() == CloseChoose()
    assert seller.say("po b1").where() == CloseConfirm(B1)
    assert seller.back().back().heard == (SellerLeft(),)


def test_a_planned_batch_can_be_cancelled_before_it_opens() -> None:
    """/close also takes back what has not opened yet."""
    seller = closing("scheduled")
    assert seller.where() == CancelPlanConfirm(B1)
    seller.say("ya")
    assert (seller.done, seller.heard) == ([CancelPlan(B1)], (PlanCancelled("PO b1"),))
    kept = closing("scheduled").say("tidak")
    assert (kept.done, kept.heard) == ([], (SellerLeft(),))


def test_nothing_open_says_how_to_open() -> None:
    """Closing without a batch names the next command."""
    seller = closing("closed", "producing")
    assert (seller.where(), seller.heard) == (Home(), (NothingToClose(),))
    assert "/open" in worded(NothingToClose())


def test_a_batch_that_closed_meanwhile_is_not_closed_again() -> None:
    """A late yes does nothing and says why (product 3)."""
    for seller in (closing("open"), closing("scheduled")):
        seller.shop = shop(batch("b1", "closed"))
        seller.press("yes")
        assert (seller.where(), seller.done, seller.heard) == (Home(), [], (BatchGone(),))
    assert closing("open", "open").hear(Picked("b9")).why == BatchGone()


# --- /stage -----------------------------------------------------------------------------------------------------


def test_a_batch_moves_to_a_stage_after_saying_how_many_are_told() -> None:
    """The number of confirmed orders is on the screen that asks."""
    seller = staging("closed", "open")
    assert seller.where() == StagePick(B1)
    seller.say("pengemasan")
    assert seller.where() == StageConfirm(B1, "packing")
    assert "9 pesanan" in worded(seller.screen.message)
    seller.say("ya")
    assert seller.done == [MoveStage(B1, "packing")]
    assert (seller.where(), seller.heard) == (Home(), (StageMoved("PO b1", "packing", 9),))


def test_no_and_back_pick_another_stage() -> None:
    """Nobody is told before the yes."""
    seller = staging("producing").say("1")
    assert seller.where() == StageConfirm(B1, "materials")
    assert seller.say("tidak").where() == StagePick(B1)
    assert seller.say("5").where() == StageConfirm(B1, "ready")
    assert seller.back().where() == StagePick(B1)
    assert seller.back().heard == (SellerLeft(),)
    assert seller.done == []


def test_only_batches_that_can_be_made_are_offered() -> None:
    """Open batches take orders still, shipped ones are made."""
    seller = staging("open", "closed", "ready", "shipping")
    assert seller.where() == StageChoose()
    assert [button.value for button in seller.screen.buttons][:2] == ["b2", "b3"]
    assert seller.say("2").where() == StagePick(BatchId("b3"))
    assert seller.back().where() == StageChoose()
    assert seller.hear(Picked("b1")).why == BatchGone()
    assert seller.back().heard == (SellerLeft(),)
    assert staging("open").heard == (NothingToMake(),)


def test_a_batch_cancelled_meanwhile_moves_nowhere() -> None:
    """A late yes does nothing and says why."""
    seller = staging("closed").say("1")
    seller.shop = shop()
    seller.hear(Picked("yes"))
    assert (seller.where(), seller.done, seller.heard) == (Home(), [], (BatchGone(),))
    assert staging("closed").hear(Picked("apa")).why == ChoiceUnclear("apa")


# --- /ship ------------------------------------------------------------------------------------------------------


def test_parcels_are_sent_one_after_the_other() -> None:
    """After the first the list comes back, after the last the seller is told that all are sent."""
    seller = shipping()
    assert seller.where() == ShipOrderPick(B1)
    seller.say("1", "jne", "jp 1234 567 890")
    assert seller.where() == ShipConfirm(B1, OrderId("id-PO-7K3F"), "JNE", "JP1234567890")
    seller.say("ya")
    assert seller.done == [ShipOrder(OrderId("id-PO-7K3F"), "JNE", "JP1234567890")]
    assert (seller.where(), seller.heard) == (ShipOrderPick(B1), (ParcelSent("PO-7K3F", "JNE", "JP1234567890"),))
    seller.shop = replace(seller.shop, orders=seller.shop.orders[1:])
    seller.say("po-2345", "Ekspedisi Rosalia", "ros-55-12", "ya")
    assert seller.done[1:] == [ShipOrder(OrderId("id-PO-2345"), "Ekspedisi Rosalia", "ROS-55-12")]
    assert seller.heard == (ParcelSent("PO-2345", "Ekspedisi Rosalia", "ROS-55-12"), AllParcelsSent("PO b1"))
    assert seller.where() == Home()


@pytest.mark.parametrize("typed", ["PO-7K3F", "po-7k3f", "7k3f", "po7k3f", " PO 7K3F "])
def test_a_code_is_known_in_any_spelling(typed: str) -> None:
    """With or without `PO-`, in capitals or not."""
    assert shipping().say(typed).where() == ShipCourier(B1, OrderId("id-PO-7K3F"))


def test_an_order_not_paid_in_full_is_marked_on_every_screen() -> None:
    """The seller sees the balance in the list, at the courier and before sending."""
    seller = shipping()
    assert "PO-2345</b>, Siti &lt;Aminah&gt;, 0 pcs ⚠️ kurang Rp 40.000" in worded(seller.screen.message)
    seller.say("2345")
    assert "kurang Rp 40.000" in worded(seller.screen.message)
    seller.say("pos", "PX123456")
    assert "kurang Rp 40.000" in worded(seller.screen.message)


def test_only_confirmed_orders_are_sent() -> None:
    """An order without a down payment is not a parcel."""
    snapshot = shop(batch("b1", "closed"), orders=(order("PO-AAAA", state="held"), order("PO-BBBB", state="shipped")))
    seller = shipping(snapshot)
    assert seller.screen.message == AskShipOrder("PO b1", (), 0)
    assert seller.say("PO-AAAA").why == OrderUnknown("PO-AAAA")


def test_eight_parcels_are_listed_and_the_others_found_by_code() -> None:
    """A phone's screen shows eight; any other is typed."""
    codes = [f"PO-AA{n:02}" for n in range(10, 22)]
    seller = shipping(shop(batch("b1", "ready"), orders=tuple(order(code) for code in codes)))
    assert isinstance(seller.screen.message, AskShipOrder)
    assert (len(seller.screen.message.lines), seller.screen.message.more) == (8, 4)
    assert seller.say("aa21").where() == ShipCourier(B1, OrderId("id-PO-AA21"))


@pytest.mark.parametrize("text", ["abc", "x" * 41, "JP 123 é45", "resi: 12345678"])
def test_an_impossible_tracking_number_is_explained(text: str) -> None:
    """5 to 40 letters, digits and hyphens; what was entered before stays."""
    seller = shipping().say("1", "sicepat")
    assert seller.where() == ShipTracking(B1, OrderId("id-PO-7K3F"), "SiCepat")
    assert seller.say(text).why == TrackingUnclear(text)


def test_a_courier_has_a_name() -> None:
    """Emoji alone or a letter instead of a name are not written on a parcel."""
    assert shipping().say("1", "🚚").why == TextUnclear("🚚", "empty")
    assert shipping().say("1", "x" * 31).why == TextUnclear("x" * 31, "too_long", 31, 30)


def test_back_walks_from_the_confirmation_to_the_batches() -> None:
    """Every screen of shipping leads to the one before; no at the end asks for the number again."""
    orders = (order("PO-7K3F"),)
    seller = shipping(shop(batch("b1", "ready"), batch("b2", "closed"), orders=orders)).say("1", "1", "JNE", "JP12345")
    assert type(seller.where()) is ShipConfirm
    assert type(seller.say("tidak").where()) is ShipTracking
    assert type(seller.say("JP12345").back().where()) is ShipTracking
    assert type(seller.back().where()) is ShipCourier
    assert type(seller.back().where()) is ShipOrderPick
    assert type(seller.back().where()) is ShipChoose
    assert (seller.back().heard, seller.done) == ((SellerLeft(),), [])


def test_a_batch_that_cannot_be_sent_is_not_offered() -> None:
    """Nothing closed yet: the seller is told what comes first."""
    assert shipping(shop(batch("b1", "open"))).heard == (NothingToShip(),)
    seller = shipping(shop(batch("b1", "ready"), batch("b2", "shipping"), batch("b3", "open")))
    assert seller.hear(Picked("b3")).why == BatchGone()
    assert shipping(shop(batch("b1", "ready"))).back().heard == (SellerLeft(),)


def test_an_order_sent_by_somebody_else_meanwhile_is_not_sent_again() -> None:
    """The late yes leads back to the list and says why."""
    seller = shipping().say("1", "JNE", "JP12345")
    seller.shop = shop(batch("b1", "ready"), orders=(order("PO-2345"),))
    assert isinstance(seller.screen.message, OrderGone)
    seller.hear(Picked("yes"))
    assert (seller.where(), seller.done, seller.heard) == (ShipOrderPick(B1), [], (OrderGone(),))


# --- proofs -----------------------------------------------------------------------------------------------------


def rejecting() -> Seller:
    return Seller(begin_reject("pay1", "PO-7K3F"), shop())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("1", "amount_differs"),
        ("tidak terbaca", "unreadable"),
        ("Money has not arrived", "not_arrived"),
        ("Ini bukti  kemarin, Kak", "Ini bukti kemarin, Kak"),
    ],
)
def test_a_proof_is_rejected_with_a_reason(said: str, reason: str) -> None:
    """By button, number, label in either language, or in the seller's own words."""
    seller = rejecting().say(said)
    assert seller.done == [RejectProof("pay1", reason)]
    assert (seller.where(), seller.heard) == (Home(), (RejectionSent("PO-7K3F"),))


def test_a_rejection_needs_words() -> None:
    """The buyer reads the reason, so there must be one."""
    assert rejecting().say("👎").why == TextUnclear("👎", "empty")
    assert rejecting().say("y" * 201).why == TextUnclear("y" * 59 + "…", "too_long", 201, 200)
    assert rejecting().hear(Picked("apa")).why == ChoiceUnclear("apa")
    assert rejecting().back().heard == rejecting().cancel().heard == (SellerLeft(),)


def test_another_amount_is_confirmed() -> None:
    """What really arrived is booked instead of what was expected."""
    seller = Seller(begin_other_amount("pay1", "PO-7K3F"), shop())
    assert seller.where() == OtherAmount("pay1", "PO-7K3F")
    assert seller.say("nol").why == MoneyUnclear("nol", "unreadable")
    seller.say("Rp 75.000")
    assert seller.done == [ConfirmOtherAmount("pay1", Rupiah(75_000))]
    assert (seller.where(), seller.heard) == (Home(), (OtherAmountTaken("PO-7K3F", 75_000),))
    assert Seller(begin_other_amount("pay1", "PO-7K3F"), shop()).back().heard == (SellerLeft(),)


# --- every screen -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        CloseConfirm(B1),
        CancelPlanConfirm(B1),
        CloseChoose(),
        StageChoose(),
        StagePick(B1),
        StageConfirm(B1, "making"),
        ShipOrderPick(B1),
        ShipCourier(B1, OrderId("o")),
        ShipTracking(B1, OrderId("o"), "JNE"),
        ShipConfirm(B1, OrderId("o"), "JNE", "12345"),
    ],
)
def test_a_screen_whose_batch_or_order_is_gone_still_has_a_way_out(step: Step) -> None:
    """A restart weeks later shows something that can be left."""
    screen = seller_prompt(step, shop())
    assert isinstance(screen, Prompt)
    assert {"back", "cancel"} <= {button.value for button in screen.buttons}
    assert worded(screen.message)


def test_every_step_has_a_hint_a_way_back_and_a_way_out() -> None:
    """Whatever arrives, each step knows what it waits for and how to be left (product 1, 11)."""
    assert set(SELLER_HINTS) == set(SELLER_FLOW)
    for step, rows in SELLER_FLOW.items():
        words = {word.__name__ for word in rows}
        assert {"Back", "Cancel"} <= words, step.__name__
        assert words & {"Picked", "Typed"}, step.__name__
        assert worded(SELLER_HINTS[step])


def test_home_and_buyers_steps_are_not_a_sellers() -> None:
    """Their screens are found elsewhere."""
    assert seller_prompt(Home(), shop()) is None


def test_what_a_seller_types_never_becomes_markup() -> None:
    """A wrong answer is said back as text, also when it looks like HTML (product 11)."""
    seller = shipping().say("<b>x</b>")
    assert seller.why is not None
    assert "&lt;b&gt;x&lt;/b&gt;" in worded(seller.why)
