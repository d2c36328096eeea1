"""/open, the end: the review with the buyers' announcement, one answer changed, the one confirm; and an earlier batch
opened once more or written anew (product 3).

In: the step, what was said, the snapshot. Out: the next step with its effect, or a sentence why not. Nothing exists
before the confirm (or before a draft is kept), and what has gone stale meanwhile is asked again first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.effects import PlanBatch
from conversations.opening_steps import (
    BatchCard,
    OpenMinimumTotal,
    OpenRepeat,
    OpenShippingDays,
    OpenTarget,
    OpenTiers,
)
from conversations.said import Back, Picked, Typed
from conversations.seller_open import suggested_title
from conversations.seller_open_extras import fresh, over_price
from conversations.seller_reading import quoted
from conversations.seller_steps import (
    BatchDraft,
    OpenChange,
    OpenClosing,
    OpenDownPayment,
    OpenHold,
    OpenMaximum,
    OpenMinimum,
    OpenMoment,
    OpenProductionDays,
    OpenProducts,
    OpenQuota,
    OpenReview,
    OpenTitle,
)
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay
from messages.catalog import Message
from messages.catalog.opening import DraftKept, NothingToRepeat, PlanChanged
from messages.catalog.selling import BatchPlanned, MomentPassed, ProductsGone
from messages.catalog.selling_unclear import ChoiceUnclear
from messages.catalog.selling_work import BatchGone
from preorder.batch import Audience, Batch, BatchId

CONFIRM: Final = "confirm"
CHANGE: Final = "change"
KEEP_DRAFT: Final = "draft"
AUDIENCE: Final = "audience"


def interested_in(draft: BatchDraft, shop: Shop) -> int:
    """How many wishes the interest lists of these products hold."""
    return sum(product.interested for product in shop.products if product.id in draft.products)


def decide_opening(
    at: OpenReview, said: Picked, shop: Shop
) -> (
    Go[Home]
    | Go[OpenChange]
    | Go[OpenProducts]
    | Go[OpenMoment]
    | Go[OpenClosing]
    | Go[OpenTiers]
    | Go[OpenReview]
    | Stay
):
    """The one confirm plans the batch. What has gone stale while the review was looked at is asked again first."""
    draft = at.draft
    match said.value:
        case "change":
            return Go(OpenChange(draft))
        case "audience" if draft.audience == "interested" or interested_in(draft, shop):
            audience: Audience = "everyone" if draft.audience == "interested" else "interested"
            return Go(OpenReview(replace(draft, audience=audience)))
        case "draft" if draft.origin != "scheduled":
            pass
        case "confirm":
            pass
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))
    if draft.origin in ("draft", "scheduled") and (kept := shop.batch(draft.id)) and kept.state != draft.origin:
        return Go(Home(), say=(BatchGone(),))  # it has opened, or somebody else planned it, meanwhile
    if not all(shop.product(p) for p in draft.products):
        return Go(OpenProducts(draft, changing=True), say=(ProductsGone(),))
    if draft.closes_at is None:
        return Go(OpenClosing(draft, changing=True))
    if said.value == KEEP_DRAFT:
        return Go(Home(), do=(_plan(draft, as_draft=True),), say=(DraftKept(draft.title),))
    if draft.opens_at is not None and draft.opens_at <= shop.now:
        return Go(OpenMoment(draft, changing=True), say=(MomentPassed("opening", draft.opens_at),))
    if draft.closes_at <= (draft.opens_at or shop.now):
        return Go(OpenClosing(draft, changing=True), say=(MomentPassed("closing", draft.closes_at),))
    if slip := over_price(draft, shop):
        return Go(OpenTiers(draft, changing=True), say=(slip,))
    done: Message = BatchPlanned(draft.title, draft.opens_at, draft.closes_at)
    if draft.origin == "scheduled":
        done = PlanChanged(draft.title, draft.opens_at, draft.closes_at)
    return Go(Home(), do=(_plan(draft),), say=(done,))


def _plan(draft: BatchDraft, as_draft: bool = False) -> PlanBatch:
    assert draft.closes_at is not None  # noqa: S101 - asked for above; this tells the type checker
    return PlanBatch(
        batch_id=draft.id,
        title=draft.title,
        products=draft.products,
        quota=draft.quota,
        minimum=draft.minimum,
        maximum=draft.maximum,
        down_payment=draft.down_payment,
        hold=draft.hold,
        opens_at=draft.opens_at,
        closes_at=draft.closes_at,
        production_days=draft.production_days,
        shipping_days=draft.shipping_days,
        minimum_total=draft.minimum_total,
        target=draft.target,
        tiers=draft.tiers,
        audience=draft.audience,
        replaces=draft.origin if draft.origin in ("draft", "scheduled") else None,
        as_draft=as_draft,
    )


def review_to_tiers(at: OpenReview, _said: Back, _shop: Shop) -> Go[OpenTiers] | Go[OpenClosing] | Go[BatchCard]:
    """Back to the last question that was asked."""
    match at.draft.origin:
        case "draft" | "scheduled":
            return Go(BatchCard(at.draft.id))
        case "repeat":
            return Go(OpenClosing(at.draft))
        case _:
            return Go(OpenTiers(at.draft))


CHANGEABLE: Final = (
    *("products", "title", "quota", "minimum", "maximum", "down_payment", "hold"),
    *("opening", "closing", "production", "shipping", "minimum_total", "target", "tiers"),
)
"""The answers that the review offers to change, by the value of their button."""


def pick_change(
    at: OpenChange, said: Picked, _shop: Shop
) -> (
    Go[OpenProducts]
    | Go[OpenTitle]
    | Go[OpenQuota]
    | Go[OpenMinimum]
    | Go[OpenMaximum]
    | Go[OpenDownPayment]
    | Go[OpenHold]
    | Go[OpenMoment]
    | Go[OpenClosing]
    | Go[OpenProductionDays]
    | Go[OpenShippingDays]
    | Go[OpenMinimumTotal]
    | Go[OpenTarget]
    | Go[OpenTiers]
    | Stay
):
    match said.value:
        case "products":
            return Go(OpenProducts(at.draft, changing=True))
        case "title":
            return Go(OpenTitle(at.draft, changing=True))
        case "quota":
            return Go(OpenQuota(at.draft, changing=True))
        case "minimum":
            return Go(OpenMinimum(at.draft, changing=True))
        case "maximum":
            return Go(OpenMaximum(at.draft, changing=True))
        case "down_payment":
            return Go(OpenDownPayment(at.draft, changing=True))
        case "hold":
            return Go(OpenHold(at.draft, changing=True))
        case "opening":
            return Go(OpenMoment(at.draft, changing=True))
        case "closing":
            return Go(OpenClosing(at.draft, changing=True))
        case "production":
            return Go(OpenProductionDays(at.draft, changing=True))
        case "shipping":
            return Go(OpenShippingDays(at.draft, changing=True))
        case "minimum_total":
            return Go(OpenMinimumTotal(at.draft, changing=True))
        case "target":
            return Go(OpenTarget(at.draft, changing=True))
        case "tiers":
            return Go(OpenTiers(at.draft, changing=True))
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def change_to_review(at: OpenChange, _said: Back, _shop: Shop) -> Go[OpenReview]:
    return Go(OpenReview(at.draft))


# --- an earlier batch -----------------------------------------------------------------------------------------------


def pick_repeat(at: OpenRepeat, said: Picked, shop: Shop) -> Go[OpenMoment] | Go[OpenProducts] | Stay:
    """Everything as it was but the title and the dates; products that are gone are left out."""
    earlier = next((b for b in shop.earlier if b.id == said.value), None)
    return repeat(earlier, at.draft.id, shop) if earlier else Stay(ChoiceUnclear(quoted(said.value)))


def name_repeat(at: OpenRepeat, said: Typed, shop: Shop) -> Go[OpenMoment] | Go[OpenProducts] | Stay:
    """Part of a title is enough when only one has it."""
    wanted = said.text.casefold().strip()
    found = [b for b in shop.earlier if wanted and wanted in b.title.casefold()]
    return repeat(found[0], at.draft.id, shop) if len(found) == 1 else Stay(ChoiceUnclear(quoted(said.text)))


def repeat(batch: Batch, draft_id: BatchId, shop: Shop) -> Go[OpenMoment] | Go[OpenProducts]:
    """A new batch like this one: only its dates are asked."""
    draft = draft_like(batch, draft_id, shop)
    if not draft.products:
        return Go(OpenProducts(BatchDraft(draft_id)), say=(NothingToRepeat(),))
    gone = len(draft.products) < len(batch.products())
    return Go(OpenMoment(draft), say=(ProductsGone(),) if gone else ())


def draft_like(batch: Batch, draft_id: BatchId, shop: Shop) -> BatchDraft:
    """A new batch with everything of this one but its title and dates, as far as the catalogue still has it."""
    return replace(
        draft_of(batch),
        id=draft_id,
        products=tuple(p for p in batch.products() if shop.product(p)),
        title=suggested_title(shop),
        opens_at=None,
        closes_at=None,
        origin="repeat",
    )


def repeat_to_products(at: OpenRepeat, _said: Back, _shop: Shop) -> Go[OpenProducts]:
    return Go(OpenProducts(BatchDraft(at.draft.id)))


def draft_of(batch: Batch) -> BatchDraft:
    """A batch that has not opened, to be written anew."""
    return BatchDraft(
        id=batch.id,
        products=batch.products(),
        title=batch.title,
        quota=batch.quota,
        minimum=batch.minimum,
        maximum=batch.maximum,
        down_payment=batch.down_payment,
        hold=batch.hold,
        opens_at=batch.opens_at,
        closes_at=batch.closes_at,
        production_days=batch.production_days,
        shipping_days=batch.shipping_days,
        minimum_total=batch.minimum_total,
        target=batch.target,
        tiers=fresh(batch.tiers),
        audience=batch.audience,
        origin="draft" if batch.state == "draft" else "scheduled",
    )
