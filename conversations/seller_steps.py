"""Where a seller can be (product 3, 5, 6): opening a batch, closing, making, sending, judging proofs. The catalogue's
steps are in `product_steps`.

Frozen and serialisable: texts, numbers, moments (UTC), durations and tuples of them. What was entered so far travels in
`BatchDraft` or in the step itself; nothing is kept anywhere else. A step that is about one batch names
it `batch_id`, so that the snapshot can bring that batch's orders. Every step here names the right it needs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from conversations.table import Step
from preorder.batch import Audience, BatchId, ProductId, Stage
from preorder.money import NO_MONEY, DownPayment, Full, Rupiah
from preorder.order import OrderId
from preorder.staff import Right
from preorder.tiers import Tier
from preorder.values import dataclass

# --- /open ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BatchDraft:
    """A batch being put together. `id` makes planning it twice harmless; `opens_at` None means at once. `origin` says
    whether it is new, an earlier one with new dates, or one that the shop has kept and that is written anew."""

    id: BatchId
    products: tuple[ProductId, ...] = ()
    title: str = ""
    quota: int = 0
    minimum: int = 1
    maximum: int | None = None
    down_payment: DownPayment = Full()
    hold: timedelta = timedelta(hours=24)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    production_days: int = 14
    shipping_days: int = 3
    minimum_total: Rupiah = NO_MONEY
    target: Rupiah = NO_MONEY
    tiers: tuple[Tier, ...] = ()
    audience: Audience = "everyone"
    origin: Literal["new", "repeat", "draft", "scheduled"] = "new"


@dataclass(frozen=True)
class Opening(Step, right=Right.SELL):
    """Every step of /open. `changing` is True when one answer is changed from the review, which then comes next."""

    draft: BatchDraft
    changing: bool = False


@dataclass(frozen=True)
class OpenProducts(Opening):
    pass


@dataclass(frozen=True)
class OpenTitle(Opening):
    pass


@dataclass(frozen=True)
class OpenQuota(Opening):
    pass


@dataclass(frozen=True)
class OpenMinimum(Opening):
    pass


@dataclass(frozen=True)
class OpenMaximum(Opening):
    pass


@dataclass(frozen=True)
class OpenDownPayment(Opening):
    pass


@dataclass(frozen=True)
class OpenFixedPayment(Opening):
    """A down payment of so many rupiah a piece."""


@dataclass(frozen=True)
class OpenHold(Opening):
    pass


@dataclass(frozen=True)
class OpenMoment(Opening):
    pass


@dataclass(frozen=True)
class OpenMomentDoubt(Opening):
    """The typed opening could mean several moments (UTC): which one?"""

    choices: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class OpenPaydayHour(Opening):
    pass


@dataclass(frozen=True)
class OpenClosing(Opening):
    pass


@dataclass(frozen=True)
class OpenClosingDoubt(Opening):
    """The typed closing could mean several moments (UTC): which one?"""

    choices: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class OpenProductionDays(Opening):
    pass


@dataclass(frozen=True)
class OpenReview(Opening):
    """The announcement as buyers will read it, what only the seller sees, and one confirm."""


@dataclass(frozen=True)
class OpenChange(Opening):
    """Which answer is to be changed?"""


# --- /close, /stage, /ship --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CloseChoose(Step, right=Right.SELL):
    """Open batches to close and planned ones to cancel: which?"""


@dataclass(frozen=True)
class CloseConfirm(Step, right=Right.SELL):
    batch_id: BatchId


@dataclass(frozen=True)
class CancelPlanConfirm(Step, right=Right.SELL):
    batch_id: BatchId


@dataclass(frozen=True)
class StageChoose(Step, right=Right.MAKE):
    pass


@dataclass(frozen=True)
class StagePick(Step, right=Right.MAKE):
    batch_id: BatchId


@dataclass(frozen=True)
class StageConfirm(Step, right=Right.MAKE):
    batch_id: BatchId
    stage: Stage


@dataclass(frozen=True)
class ShipChoose(Step, right=Right.SHIP):
    pass


@dataclass(frozen=True)
class ShipOrderPick(Step, right=Right.SHIP):
    batch_id: BatchId


@dataclass(frozen=True)
class Shipping(Step, right=Right.SHIP):
    """Every step about sending one order."""

    batch_id: BatchId
    order_id: OrderId


@dataclass(frozen=True)
class ShipCourier(Shipping):
    pass


@dataclass(frozen=True)
class ShipTracking(Shipping):
    courier: str


@dataclass(frozen=True)
class ShipConfirm(Shipping):
    courier: str
    tracking: str


# --- proofs -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class JudgingProof(Step, right=Right.JUDGE):
    """A proof that is not simply confirmed; `code` is its order's."""

    payment_id: str
    code: str


@dataclass(frozen=True)
class RejectReason(JudgingProof):
    pass


@dataclass(frozen=True)
class OtherAmount(JudgingProof):
    pass
