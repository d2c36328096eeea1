"""Step → screen for closing, making, sending and doubtful proofs. Pure.

A step whose batch, product or order is gone still has a screen: it says so and shows the way out.
"""

from __future__ import annotations

from typing import Final, Literal

from conversations.buttons import Button, Keyboard
from conversations.product_prompts import YES_NO
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.seller_steps import (
    CancelPlanConfirm,
    CloseChoose,
    CloseConfirm,
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
from conversations.seller_work import (
    CLOSABLE,
    COURIERS,
    MAKING,
    SENDING,
    in_states,
    orders_told,
    parcel,
    waiting_parcels,
)
from conversations.shop import Shop, ShopProduct
from conversations.table import Step
from messages.catalog import Label, Message, Plain
from messages.catalog.selling import ProductLine
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.selling_work import (
    REJECT_REASONS,
    AskCancelPlan,
    AskClose,
    AskCourier,
    AskOtherAmount,
    AskRejectReason,
    AskShipOrder,
    AskShipSure,
    AskStage,
    AskStageSure,
    AskTracking,
    AskWhichBatch,
    BatchGone,
    BatchLine,
    OrderGone,
    ParcelLine,
)
from preorder.batch import STAGES, Batch, BatchState, ProductId

MOST_PARCELS: Final = 8  # orders on one screen; the others are found by typing their code


def product_lines(products: tuple[ShopProduct, ...], chosen: tuple[ProductId, ...] = ()) -> tuple[ProductLine, ...]:
    """Products as lines of a list: name, cheapest price, and whether each is chosen."""
    return tuple(ProductLine(p.name, min((v.price for v in p.variants), default=0), p.id in chosen) for p in products)


def _typed(message: Message, *buttons: Button) -> Prompt:
    """A question that is answered by typing; a typed number is the answer, not a button's."""
    rows: Keyboard = (buttons,) if buttons else ()
    return Prompt(message, (*rows, *WAY_OUT), numbers_are_answers=True)


def _gone(message: Message) -> Prompt:
    return Prompt(message, WAY_OUT)


# --- closing, making, sending, judging --------------------------------------------------------------------------


def work_prompt(step: Step, shop: Shop) -> Prompt | None:
    match step:
        case CloseChoose():
            return _which("close", CLOSABLE, shop)
        case CloseConfirm():
            return _close(shop.batch(step.batch_id), shop)
        case CancelPlanConfirm():
            batch = shop.batch(step.batch_id)
            if batch is None:
                return _gone(BatchGone())
            return Prompt(AskCancelPlan(batch.title, batch.opens_at), (YES_NO, *WAY_OUT))
        case StageChoose():
            return _which("stage", MAKING, shop)
        case StagePick():
            return _stages(shop.batch(step.batch_id))
        case StageConfirm():
            return _stage_sure(step, shop)
        case ShipChoose():
            return _which("ship", SENDING, shop)
        case ShipOrderPick():
            return _parcels(step, shop)
        case Shipping():
            return _shipping(step, shop)
        case RejectReason():
            reasons = [Button(Label(f"reason_{reason}"), reason, choice=True) for reason in REJECT_REASONS]
            return Prompt(AskRejectReason(step.code), (*one_a_row(reasons), *WAY_OUT))
        case OtherAmount():
            return _typed(AskOtherAmount(step.code))
        case _:
            return None


def _which(purpose: Literal["close", "stage", "ship"], states: frozenset[BatchState], shop: Shop) -> Prompt:
    batches = in_states(shop, states)
    if not batches:
        return _gone(BatchGone())
    lines = tuple(BatchLine(b.title, b.state, b.opens_at if b.state == "scheduled" else b.closes_at) for b in batches)
    buttons = [Button(Plain(b.title), b.id, choice=True) for b in batches]
    return Prompt(AskWhichBatch(purpose, lines), (*one_a_row(buttons), *WAY_OUT))


def _close(batch: Batch | None, shop: Shop) -> Prompt:
    totals = shop.totals(batch.id) if batch else None
    if batch is None or totals is None:
        return _gone(BatchGone())
    message = AskClose(
        title=batch.title,
        orders=totals.orders,
        held=totals.held,
        confirmed=totals.confirmed,
        pieces=totals.pieces,
        quota=batch.quota,
        total=totals.total,
        paid=totals.paid,
        proofs=totals.proofs,
        closes_at=batch.closes_at,
    )
    return Prompt(message, (YES_NO, *WAY_OUT))


def _stages(batch: Batch | None) -> Prompt:
    if batch is None:
        return _gone(BatchGone())
    buttons = [Button(Label(f"stage_{stage}"), stage, choice=True) for stage in STAGES]
    return Prompt(AskStage(batch.title), (*in_rows(buttons, 2), *WAY_OUT))


def _stage_sure(step: StageConfirm, shop: Shop) -> Prompt:
    batch = shop.batch(step.batch_id)
    if batch is None:
        return _gone(BatchGone())
    return Prompt(AskStageSure(batch.title, step.stage, orders_told(batch, shop)), (YES_NO, *WAY_OUT))


def _parcels(step: ShipOrderPick, shop: Shop) -> Prompt:
    batch, orders = shop.batch(step.batch_id), waiting_parcels(shop, step.batch_id)
    shown = orders[:MOST_PARCELS]
    lines = tuple(ParcelLine(o.code, o.address.recipient, o.pieces, o.due) for o in shown)
    buttons = [Button(Plain(o.code), o.code, choice=True) for o in shown]
    message = AskShipOrder(batch.title if batch else "", lines, len(orders) - len(shown))
    # A code has four characters or more, so a short typed number can only be a line's.
    return Prompt(message, (*in_rows(buttons, 2), *WAY_OUT))


def _shipping(step: Shipping, shop: Shop) -> Prompt | None:
    order = parcel(step, shop)
    if order is None:
        return _gone(OrderGone())
    match step:
        case ShipCourier():
            couriers = [Button(Plain(courier), courier) for courier in COURIERS]
            message = AskCourier(order.code, order.address.recipient, order.due)
            return Prompt(message, (*in_rows(couriers, 3), *WAY_OUT), numbers_are_answers=True)
        case ShipTracking():
            return _typed(AskTracking(order.code, step.courier))
        case ShipConfirm():
            recipient = order.address.recipient
            sure = AskShipSure(order.code, recipient, step.courier, step.tracking, order.due)
            return Prompt(sure, (YES_NO, *WAY_OUT))
        case _:
            return None


WORK_HINTS: Final[dict[type[Step], Message]] = {
    CloseChoose: SellerHint("button"),
    CloseConfirm: SellerHint("button"),
    CancelPlanConfirm: SellerHint("button"),
    StageChoose: SellerHint("button"),
    StagePick: SellerHint("button"),
    StageConfirm: SellerHint("button"),
    ShipChoose: SellerHint("button"),
    ShipOrderPick: SellerHint("code"),
    ShipCourier: SellerHint("text"),
    ShipTracking: SellerHint("tracking"),
    ShipConfirm: SellerHint("button"),
    RejectReason: SellerHint("text"),
    OtherAmount: SellerHint("money"),
}
