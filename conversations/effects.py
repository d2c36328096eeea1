"""What a transition asks to be done, as values. `bot.effects` carries each out in the same transaction as the step."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from preorder.address import Address
from preorder.arriving import CourierRest
from preorder.audience import Segment
from preorder.batch import Audience, BatchId, Decision, ProductId, Stage, VariantId
from preorder.delay import Dates
from preorder.money import NO_MONEY, DownPayment, Rupiah
from preorder.order import OrderId
from preorder.rules import Rule
from preorder.shipping import OUTSIDE, Shipping, ShippingRule
from preorder.staff import Right
from preorder.tiers import Tier
from preorder.values import dataclass


@dataclass(frozen=True)
class Effect:
    """Something to be committed together with the next step. Each names the right it needs (product 1); it is asked for
    where the change is made."""

    right: ClassVar[Right]

    def __init_subclass__(cls, right: Right) -> None:
        cls.right = right


@dataclass(frozen=True)
class LineWanted:
    """A line of a draft: what a buyer asks for before prices are promised."""

    variant_id: VariantId
    quantity: int
    wish: str = ""


@dataclass(frozen=True)
class PlaceOrder(Effect, right=Right.BUY):
    """Place an order and hold its slots, or raise a `Lost` error. `draft_id` makes a repeat harmless; `promised` is the
    tier that the buyer saw."""

    draft_id: str
    batch_id: BatchId
    lines: tuple[LineWanted, ...]
    address: Address
    shipping: Shipping = OUTSIDE  # as it stood on the screen; the shop's rule has to say the same at the commit
    terms: int = 0  # the version of the shop's terms that the buyer accepts, 0 when there are none
    promised: int | None = None


@dataclass(frozen=True)
class ChangeOrder(Effect, right=Right.BUY):
    """Give a placed order other lines or another address, or raise a `Lost` error and leave it as it was. `paid` is
    what the buyer saw as paid (rupiah): what goes back was reckoned from it."""

    order_id: OrderId
    lines: tuple[LineWanted, ...]
    address: Address
    paid: Rupiah
    shipping: Shipping = OUTSIDE


@dataclass(frozen=True)
class JoinLine(Effect, right=Right.BUY):
    """Stand in a batch's line for slots of a variant that come back."""

    batch_id: BatchId
    variant_id: VariantId
    wanted: int


@dataclass(frozen=True)
class SetQuota(Effect, right=Right.SELL):
    """Another quota of a batch, or of a variant that has its own; `AlreadyDone` when more is taken by then."""

    batch_id: BatchId
    variant_id: VariantId | None
    quota: int


@dataclass(frozen=True)
class WriteTerms(Effect, right=Right.SELL):
    """The version of the shop's terms after `after`; `AlreadyDone` when another was written meanwhile."""

    text: str
    after: int


@dataclass(frozen=True)
class SettleRefund(Effect, right=Right.JUDGE):
    """Money was sent back to a buyer, with a picture of the transfer or without (empty)."""

    refund_id: str
    file_kind: str
    file_id: str


@dataclass(frozen=True)
class StartBroadcast(Effect, right=Right.SELL):
    """Send a seller's own words to a segment; `AlreadyDone` when it was started. `photo` is a file_id or empty."""

    broadcast_id: str
    segment: Segment
    words: str
    photo: str


@dataclass(frozen=True)
class SetRule(Effect, right=Right.SELL):
    """From now on the shop does this by itself so, or not at all."""

    rule: Rule


@dataclass(frozen=True)
class SwitchBoard(Effect, right=Right.SELL):
    """Keep the board in the channel from now on, or not; with progress towards the target, or without."""

    is_on: bool
    shows_target: bool


@dataclass(frozen=True)
class RenewBoard(Effect, right=Right.SELL):
    """Put the board up anew, as the newest message."""


@dataclass(frozen=True)
class CancelDue(Effect, right=Right.SELL):
    """Call off something that comes; `AlreadyDone` when it was done or may not be called off."""

    due_id: str


@dataclass(frozen=True)
class SaveAddress(Effect, right=Right.BUY):
    """Remember an address for the next order."""

    address: Address


@dataclass(frozen=True)
class SaveShippingRule(Effect, right=Right.SELL):
    """How the shop sends from now on; orders that are placed keep what they were promised."""

    rule: ShippingRule


@dataclass(frozen=True)
class SendZoneSheet(Effect, right=Right.SELL):
    """Send the zone table to who asks."""


@dataclass(frozen=True)
class TellShipping(Effect, right=Right.SELL):
    """Tell what sending an order costs (rupiah), once; `AlreadyDone` when it was told or the order is over."""

    order_id: OrderId
    cost: Rupiah


@dataclass(frozen=True)
class CorrectShipping(Effect, right=Right.SELL):
    """Tell another cost (rupiah) than `before`; `AlreadyDone` when that is not the cost any more or it was sent."""

    order_id: OrderId
    cost: Rupiah
    before: Rupiah


@dataclass(frozen=True)
class LabelAddress(Effect, right=Right.BUY):
    """Name one of one's own addresses; `AlreadyDone` when it is gone."""

    address_id: str
    label: str


@dataclass(frozen=True)
class PlanBatch(Effect, right=Right.SELL):
    """Create a batch and open it at its moment (at once when `opens_at` is None). Moments are UTC. `replaces`: the
    shop has kept it, and it is still in this state; `as_draft`: keep it without a schedule."""

    batch_id: BatchId
    title: str
    products: tuple[ProductId, ...]
    quota: int
    minimum: int
    maximum: int | None
    down_payment: DownPayment
    hold: timedelta
    opens_at: datetime | None
    closes_at: datetime
    production_days: int
    shipping_days: int = 0
    minimum_total: Rupiah = NO_MONEY
    target: Rupiah = NO_MONEY
    tiers: tuple[Tier, ...] = ()
    audience: Audience = "everyone"
    replaces: Literal["draft", "scheduled"] | None = None
    as_draft: bool = False


@dataclass(frozen=True)
class MoveHoliday(Effect, right=Right.SELL):
    """A holiday of a year falls on this day, or (None) where the calendar says again."""

    name: str
    year: int
    day: date | None


@dataclass(frozen=True)
class PauseCourier(Effect, right=Right.SELL):
    """The courier rests so many days around Idul Fitri; None: never."""

    rest: CourierRest | None


@dataclass(frozen=True)
class CloseBatch(Effect, right=Right.SELL):
    """Close a batch for good; `AlreadyDone` when it is not open any more."""

    batch_id: BatchId


@dataclass(frozen=True)
class DelayBatch(Effect, right=Right.SELL):
    """A batch's dates move from `before` to `after` and its buyers are asked; `AlreadyDone` when they are not `before`
    any more."""

    batch_id: BatchId
    before: Dates
    after: Dates
    reason: str


@dataclass(frozen=True)
class DecideBatch(Effect, right=Right.SELL):
    """What becomes of a batch that closed below its minimum; extended it closes at `closes_at` (UTC)."""

    batch_id: BatchId
    decision: Decision
    closes_at: datetime | None = None


@dataclass(frozen=True)
class CancelPlan(Effect, right=Right.SELL):
    """Cancel a batch that has not opened yet."""

    batch_id: BatchId


@dataclass(frozen=True)
class MoveStage(Effect, right=Right.MAKE):
    """Move a batch to a production stage and tell its buyers once."""

    batch_id: BatchId
    stage: Stage


@dataclass(frozen=True)
class ShipOrder(Effect, right=Right.SHIP):
    """Give an order its courier and tracking number and tell its buyer once."""

    order_id: OrderId
    courier: str
    tracking: str


@dataclass(frozen=True)
class RejectProof(Effect, right=Right.JUDGE):
    """Refuse a payment proof with a reason that the buyer is told."""

    payment_id: str
    reason: str


@dataclass(frozen=True)
class ConfirmOtherAmount(Effect, right=Right.JUDGE):
    """Confirm a payment with the amount that really arrived, in rupiah."""

    payment_id: str
    amount: Rupiah
