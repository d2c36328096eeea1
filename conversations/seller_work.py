"""Closing a batch, moving it through its stages, sending its parcels, and proofs that are not simply confirmed.

In: the step, what was said, the snapshot. Out: the next step with its effect, or a sentence why not (product 3, 5, 6).
Each change is asked once before it happens; the commit checks again that it is still possible.
"""

from __future__ import annotations

from typing import Final

from conversations.effects import CancelPlan, CloseBatch, ConfirmOtherAmount, MoveStage, RejectProof, ShipOrder
from conversations.said import Back, Picked, Typed
from conversations.seller_reading import quoted, read_rupiah, read_text, read_tracking
from conversations.seller_steps import (
    CancelPlanConfirm,
    CloseChoose,
    CloseConfirm,
    JudgingProof,
    OtherAmount,
    RejectReason,
    ShipChoose,
    ShipConfirm,
    ShipCourier,
    ShipOrderPick,
    Shipping,
    ShipTracking,
    StageChoose,
    StageConfirm,
    StagePick,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft
from messages.catalog.selling_work import (
    REJECT_REASONS,
    AllParcelsSent,
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
from preorder.batch import STAGES, Batch, BatchId, BatchState
from preorder.order import Order
from preorder.order_code import code_of

YES: Final = "yes"
COURIERS: Final = ("JNE", "J&T", "SiCepat", "AnterAja", "POS", "Ninja", "GoSend")
LONGEST_COURIER: Final = 30
LONGEST_REASON: Final = 200

# product 3: what is sent or done is not made any more; what is still open is not made yet.
MAKING: Final[frozenset[BatchState]] = frozenset({"closed", "producing", "ready"})
SENDING: Final[frozenset[BatchState]] = frozenset({"closed", "producing", "ready", "shipping"})


def leave_work(_at: Step, _said: Back, _shop: Shop) -> Go[Home]:
    """Back from a first screen."""
    return Go(Home(), say=(SellerLeft(),))


def in_states(shop: Shop, states: frozenset[BatchState]) -> tuple[Batch, ...]:
    return tuple(b for b in shop.batches if b.state in states)


# --- /close -----------------------------------------------------------------------------------------------------

CLOSABLE: Final[frozenset[BatchState]] = frozenset({"open", "scheduled"})


def begin_close(shop: Shop) -> Go[CloseChoose] | Go[CloseConfirm] | Go[CancelPlanConfirm] | Go[Home]:
    """/close. With one batch there is nothing to choose; a batch that has not opened can be cancelled."""
    batches = in_states(shop, CLOSABLE)
    if not batches:
        return Go(Home(), say=(NothingToClose(),))
    return Go(CloseChoose()) if len(batches) > 1 else _ask_close(batches[0])


def _ask_close(batch: Batch) -> Go[CloseConfirm] | Go[CancelPlanConfirm]:
    return Go(CloseConfirm(batch.id)) if batch.state == "open" else Go(CancelPlanConfirm(batch.id))


def choose_to_close(_at: CloseChoose, said: Picked, shop: Shop) -> Go[CloseConfirm] | Go[CancelPlanConfirm] | Stay:
    batch = shop.batch(BatchId(said.value))
    return _ask_close(batch) if batch and batch.state in CLOSABLE else Stay(BatchGone())


def decide_close(at: CloseConfirm, said: Picked, shop: Shop) -> Go[Home]:
    batch = shop.batch(at.batch_id)
    if batch is None or batch.state != "open":
        return Go(Home(), say=(BatchGone(),))
    if said.value != YES:
        return Go(Home(), say=(SellerLeft(),))
    return Go(Home(), do=(CloseBatch(batch.id),), say=(CloseDone(batch.title),))


def decide_cancel_plan(at: CancelPlanConfirm, said: Picked, shop: Shop) -> Go[Home]:
    batch = shop.batch(at.batch_id)
    if batch is None or batch.state != "scheduled":
        return Go(Home(), say=(BatchGone(),))
    if said.value != YES:
        return Go(Home(), say=(SellerLeft(),))
    return Go(Home(), do=(CancelPlan(batch.id),), say=(PlanCancelled(batch.title),))


def confirm_to_close(_at: Step, _said: Back, shop: Shop) -> Go[CloseChoose] | Go[Home]:
    """Back from the question: to the choice, when there was one."""
    if len(in_states(shop, CLOSABLE)) > 1:
        return Go(CloseChoose())
    return Go(Home(), say=(SellerLeft(),))


# --- /stage -----------------------------------------------------------------------------------------------------


def begin_stage(shop: Shop) -> Go[StageChoose] | Go[StagePick] | Go[Home]:
    """/stage. Only a batch that takes no more orders is made."""
    batches = in_states(shop, MAKING)
    if not batches:
        return Go(Home(), say=(NothingToMake(),))
    return Go(StageChoose()) if len(batches) > 1 else Go(StagePick(batches[0].id))


def choose_to_make(_at: StageChoose, said: Picked, shop: Shop) -> Go[StagePick] | Stay:
    batch = shop.batch(BatchId(said.value))
    return Go(StagePick(batch.id)) if batch and batch.state in MAKING else Stay(BatchGone())


def pick_stage(at: StagePick, said: Picked, _shop: Shop) -> Go[StageConfirm] | Stay:
    stage = next((s for s in STAGES if s == said.value), None)
    return Go(StageConfirm(at.batch_id, stage)) if stage else Stay(ChoiceUnclear(quoted(said.value)))


def stage_to_choice(_at: StagePick, _said: Back, shop: Shop) -> Go[StageChoose] | Go[Home]:
    if len(in_states(shop, MAKING)) > 1:
        return Go(StageChoose())
    return Go(Home(), say=(SellerLeft(),))


def decide_stage(at: StageConfirm, said: Picked, shop: Shop) -> Go[Home] | Go[StagePick]:
    batch = shop.batch(at.batch_id)
    if batch is None or batch.state not in MAKING:
        return Go(Home(), say=(BatchGone(),))
    if said.value != YES:
        return Go(StagePick(at.batch_id))
    moved = StageMoved(batch.title, at.stage, orders_told(batch, shop))
    return Go(Home(), do=(MoveStage(batch.id, at.stage),), say=(moved,))


def orders_told(batch: Batch, shop: Shop) -> int:
    """Confirmed orders of a batch: their buyers hear of a stage, those who have not paid do not."""
    totals = shop.totals(batch.id)
    return totals.confirmed if totals else 0


def stage_confirm_to_pick(at: StageConfirm, _said: Back, _shop: Shop) -> Go[StagePick]:
    return Go(StagePick(at.batch_id))


# --- /ship ------------------------------------------------------------------------------------------------------


def begin_ship(shop: Shop) -> Go[ShipChoose] | Go[ShipOrderPick] | Go[Home]:
    """/ship. A batch is sent once it is closed."""
    batches = in_states(shop, SENDING)
    if not batches:
        return Go(Home(), say=(NothingToShip(),))
    return Go(ShipChoose()) if len(batches) > 1 else Go(ShipOrderPick(batches[0].id))


def choose_to_ship(_at: ShipChoose, said: Picked, shop: Shop) -> Go[ShipOrderPick] | Stay:
    batch = shop.batch(BatchId(said.value))
    return Go(ShipOrderPick(batch.id)) if batch and batch.state in SENDING else Stay(BatchGone())


def waiting_parcels(shop: Shop, batch_id: BatchId) -> tuple[Order, ...]:
    """Orders of a batch that can be sent now: confirmed and not sent yet."""
    return tuple(o for o in shop.orders if o.batch_id == batch_id and o.state == "confirmed")


def parcel(at: Shipping, shop: Shop) -> Order | None:
    return next((o for o in waiting_parcels(shop, at.batch_id) if o.id == at.order_id), None)


def pick_parcel(at: ShipOrderPick, said: Picked, shop: Shop) -> Go[ShipCourier] | Stay:
    return type_parcel(at, Typed(said.value), shop)


def type_parcel(at: ShipOrderPick, said: Typed, shop: Shop) -> Go[ShipCourier] | Stay:
    """An order by its code, in any case, with or without `PO-`."""
    code = code_of("".join(letter for letter in said.text if letter.isalnum()))
    order = next((order for order in waiting_parcels(shop, at.batch_id) if order.code == code), None)
    return Go(ShipCourier(at.batch_id, order.id)) if order else Stay(OrderUnknown(quoted(said.text)))


def parcel_to_choice(_at: ShipOrderPick, _said: Back, shop: Shop) -> Go[ShipChoose] | Go[Home]:
    if len(in_states(shop, SENDING)) > 1:
        return Go(ShipChoose())
    return Go(Home(), say=(SellerLeft(),))


def pick_courier(at: ShipCourier, said: Picked, shop: Shop) -> Go[ShipTracking] | Stay:
    return enter_courier(at, Typed(said.value), shop)


def enter_courier(at: ShipCourier, said: Typed, _shop: Shop) -> Go[ShipTracking] | Stay:
    courier = read_text(said.text, LONGEST_COURIER)
    if isinstance(courier, Stay):
        return courier
    known = next((c for c in COURIERS if c.casefold() == courier.casefold()), courier)
    return Go(ShipTracking(at.batch_id, at.order_id, known))


def courier_to_parcel(at: ShipCourier, _said: Back, _shop: Shop) -> Go[ShipOrderPick]:
    return Go(ShipOrderPick(at.batch_id))


def enter_tracking(at: ShipTracking, said: Typed, _shop: Shop) -> Go[ShipConfirm] | Stay:
    tracking = read_tracking(said.text)
    if isinstance(tracking, Stay):
        return tracking
    return Go(ShipConfirm(at.batch_id, at.order_id, at.courier, tracking))


def tracking_to_courier(at: ShipTracking, _said: Back, _shop: Shop) -> Go[ShipCourier]:
    return Go(ShipCourier(at.batch_id, at.order_id))


def decide_ship(at: ShipConfirm, said: Picked, shop: Shop) -> Go[ShipOrderPick] | Go[ShipTracking] | Go[Home]:
    """Yes sends it and goes on with the next parcel while one is left."""
    order = parcel(at, shop)
    if order is None:
        return Go(ShipOrderPick(at.batch_id), say=(OrderGone(),))
    if said.value != YES:
        return Go(ShipTracking(at.batch_id, at.order_id, at.courier))
    send = (ShipOrder(order.id, at.courier, at.tracking),)
    sent = ParcelSent(order.code, at.courier, at.tracking)
    if len(waiting_parcels(shop, at.batch_id)) > 1:
        return Go(ShipOrderPick(at.batch_id), do=send, say=(sent,))
    return Go(Home(), do=send, say=(sent, AllParcelsSent(order.batch)))


def ship_confirm_to_tracking(at: ShipConfirm, _said: Back, _shop: Shop) -> Go[ShipTracking]:
    return Go(ShipTracking(at.batch_id, at.order_id, at.courier))


# --- proofs -----------------------------------------------------------------------------------------------------


def begin_reject(payment_id: str, code: str) -> Go[RejectReason]:
    """The reject button of a proof; `code` is its order's."""
    return Go(RejectReason(payment_id, code))


def begin_other_amount(payment_id: str, code: str) -> Go[OtherAmount]:
    """The other-amount button of a proof; `code` is its order's."""
    return Go(OtherAmount(payment_id, code))


def pick_reason(at: RejectReason, said: Picked, _shop: Shop) -> Go[Home] | Stay:
    if said.value not in REJECT_REASONS:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return _reject(at, said.value)


def type_reason(at: RejectReason, said: Typed, _shop: Shop) -> Go[Home] | Stay:
    reason = read_text(said.text, LONGEST_REASON)
    return reason if isinstance(reason, Stay) else _reject(at, reason)


def _reject(at: RejectReason, reason: str) -> Go[Home]:
    return Go(Home(), do=(RejectProof(at.payment_id, reason),), say=(RejectionSent(at.code),))


def enter_amount(at: OtherAmount, said: Typed, _shop: Shop) -> Go[Home] | Stay:
    amount = read_rupiah(said.text)
    if isinstance(amount, Stay):
        return amount
    confirm = ConfirmOtherAmount(at.payment_id, amount)
    return Go(Home(), do=(confirm,), say=(OtherAmountTaken(at.code, amount),))


def proof_to_home(_at: JudgingProof, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))
