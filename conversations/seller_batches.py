"""/batches: every batch that is not done, one of them in figures, and what can be done with it (product 3). Pure.

One that has not opened can be changed or cancelled, an open one closed, and each opened once more with new dates.
"""

from __future__ import annotations

from typing import Final

from conversations.opening_steps import BatchCard, BatchesList
from conversations.said import Back, Picked, Typed
from conversations.seller_delay import DelayWhich
from conversations.seller_open_review import draft_of, repeat
from conversations.seller_reading import quoted
from conversations.seller_steps import CancelPlanConfirm, CloseConfirm, OpenMoment, OpenProducts, OpenReview
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog.selling import ProductsGone
from messages.catalog.selling_unclear import ChoiceUnclear, SellerLeft
from messages.catalog.selling_work import BatchGone
from preorder.batch import BatchId, BatchState
from preorder.delay import movable

EDIT: Final = "edit"
CANCEL_PLAN: Final = "drop"
CLOSE: Final = "close"
DELAY: Final = "delay"
AGAIN: Final = "again"
NOT_OPENED: Final[frozenset[BatchState]] = frozenset({"draft", "scheduled"})


def begin_batches(_shop: Shop) -> Go[BatchesList]:
    """/batches."""
    return Go(BatchesList())


def pick_batch(_at: BatchesList, said: Picked, shop: Shop) -> Go[BatchCard] | Stay:
    batch = shop.batch(BatchId(said.value))
    return Go(BatchCard(batch.id)) if batch else Stay(BatchGone())


def name_batch(_at: BatchesList, said: Typed, shop: Shop) -> Go[BatchCard] | Stay:
    """Part of a title is enough when only one has it."""
    wanted = said.text.casefold().strip()
    found = [b for b in shop.batches if wanted and wanted in b.title.casefold()]
    return Go(BatchCard(found[0].id)) if len(found) == 1 else Stay(ChoiceUnclear(quoted(said.text)))


def batches_to_home(_at: Step, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def pick_on_batch(
    at: BatchCard, said: Picked, shop: Shop
) -> (
    Go[OpenReview]
    | Go[OpenProducts]
    | Go[OpenMoment]
    | Go[CancelPlanConfirm]
    | Go[CloseConfirm]
    | Go[DelayWhich]
    | Go[BatchesList]
    | Stay
):
    batch = shop.batch(at.batch_id)
    if batch is None:
        return Go(BatchesList(), say=(BatchGone(),))
    match said.value:
        case "edit" if batch.state in NOT_OPENED:
            draft = draft_of(batch)
            if all(shop.product(p) for p in draft.products):
                return Go(OpenReview(draft))
            return Go(OpenProducts(draft, changing=True), say=(ProductsGone(),))
        case "drop" if batch.state in NOT_OPENED:
            return Go(CancelPlanConfirm(batch.id))
        case "close" if batch.state == "open":
            return Go(CloseConfirm(batch.id))
        case "delay" if batch.state not in NOT_OPENED and movable(batch, shop.now):
            return Go(DelayWhich(batch.id))
        case "again":
            return repeat(batch, BatchId(shop.fresh), shop)
        case "edit" | "drop" | "close" | "delay":
            return Stay(BatchGone())
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def batch_to_list(_at: BatchCard, _said: Back, _shop: Shop) -> Go[BatchesList]:
    return Go(BatchesList())
