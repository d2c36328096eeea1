"""/open, what else a batch needs: travelling days, minimum total, target, and what its first orders get (product 3).

In: the step, what was said, the snapshot. Out: the next step, or a sentence why not. Each can be skipped by one press,
and what the last batch had is kept by one press.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.opening_steps import OpenMinimumTotal, OpenShippingDays, OpenTarget, OpenTiers
from conversations.said import Back, Picked, Typed
from conversations.seller_open import SKIP, backward, cheapest_price, forward
from conversations.seller_reading import quoted, read_count_of_days, read_rupiah
from conversations.seller_steps import BatchDraft, OpenProductionDays, OpenReview
from conversations.shop import Shop
from conversations.table import Go, Stay
from messages.catalog.opening import TargetUnderMinimum, TierOverPrice, TiersUnclear
from preorder.errors import NotTiers
from preorder.money import NO_MONEY, Rupiah
from preorder.tiers import Tier, parse_tiers

LONGEST_SHIPPING: Final = 60
LAST: Final = "last"


def pick_shipping(at: OpenShippingDays, said: Picked, shop: Shop) -> Go[OpenMinimumTotal] | Go[OpenReview] | Stay:
    return enter_shipping(at, Typed("0" if said.value == SKIP else said.value), shop)


def enter_shipping(at: OpenShippingDays, said: Typed, _shop: Shop) -> Go[OpenMinimumTotal] | Go[OpenReview] | Stay:
    """0 days: nothing is promised about the way."""
    days = read_count_of_days(said.text, 0, LONGEST_SHIPPING)
    return days if isinstance(days, Stay) else forward(at, replace(at.draft, shipping_days=days), OpenMinimumTotal)


def shipping_to_production(at: OpenShippingDays, _said: Back, _shop: Shop) -> Go[OpenProductionDays] | Go[OpenReview]:
    return backward(at, OpenProductionDays)


def pick_minimum_total(at: OpenMinimumTotal, said: Picked, shop: Shop) -> Go[OpenTarget] | Go[OpenReview] | Stay:
    return _minimum_total(at, NO_MONEY) if said.value == SKIP else enter_minimum_total(at, Typed(said.value), shop)


def enter_minimum_total(at: OpenMinimumTotal, said: Typed, _shop: Shop) -> Go[OpenTarget] | Go[OpenReview] | Stay:
    total = read_rupiah(said.text)
    return total if isinstance(total, Stay) else _minimum_total(at, total)


def _minimum_total(at: OpenMinimumTotal, total: Rupiah) -> Go[OpenTarget] | Go[OpenReview]:
    draft = replace(at.draft, minimum_total=total)
    if at.changing and draft.target and draft.target < total:
        return Go(OpenTarget(draft, changing=True), say=(TargetUnderMinimum(draft.target, total),))
    return forward(at, draft, OpenTarget)


def minimum_total_to_shipping(at: OpenMinimumTotal, _said: Back, _shop: Shop) -> Go[OpenShippingDays] | Go[OpenReview]:
    return backward(at, OpenShippingDays)


def pick_target(at: OpenTarget, said: Picked, shop: Shop) -> Go[OpenTiers] | Go[OpenReview] | Stay:
    if said.value == SKIP:
        return forward(at, replace(at.draft, target=NO_MONEY), OpenTiers)
    return enter_target(at, Typed(said.value), shop)


def enter_target(at: OpenTarget, said: Typed, _shop: Shop) -> Go[OpenTiers] | Go[OpenReview] | Stay:
    target = read_rupiah(said.text)
    if isinstance(target, Stay):
        return target
    if target < at.draft.minimum_total:
        return Stay(TargetUnderMinimum(target, at.draft.minimum_total))
    return forward(at, replace(at.draft, target=target), OpenTiers)


def target_to_minimum_total(at: OpenTarget, _said: Back, _shop: Shop) -> Go[OpenMinimumTotal] | Go[OpenReview]:
    # A target below the minimum must not slip into the review by going back.
    if at.changing and at.draft.target and at.draft.target < at.draft.minimum_total:
        return Go(OpenMinimumTotal(at.draft, changing=True))
    return backward(at, OpenMinimumTotal)


def pick_tiers(at: OpenTiers, said: Picked, shop: Shop) -> Go[OpenReview] | Stay:
    if said.value == SKIP:
        return Go(OpenReview(replace(at.draft, tiers=())))
    if said.value == LAST:
        return _take_tiers(at, last_tiers(shop), shop)
    return enter_tiers(at, Typed(said.value), shop)


def enter_tiers(at: OpenTiers, said: Typed, shop: Shop) -> Go[OpenReview] | Stay:
    try:
        tiers = parse_tiers(said.text)
    except NotTiers as wrong:
        return Stay(TiersUnclear(quoted(wrong.part), wrong.reason, wrong.bound or 0))
    return _take_tiers(at, tiers, shop)


def _take_tiers(at: OpenTiers, tiers: tuple[Tier, ...], shop: Shop) -> Go[OpenReview] | Stay:
    """The review shows them back as buyers will read them. An order that costs nothing is a slip."""
    draft = replace(at.draft, tiers=tiers)
    slip = over_price(draft, shop)
    return Stay(slip) if slip else Go(OpenReview(draft))


def over_price(draft: BatchDraft, shop: Shop) -> TierOverPrice | None:
    """Is a discount as large as the cheapest order that the batch allows?"""
    cheapest = Rupiah(cheapest_price(draft, shop) * draft.minimum)
    largest = max((tier.discount for tier in draft.tiers), default=NO_MONEY)
    return TierOverPrice(largest, cheapest) if cheapest and largest >= cheapest else None


def last_tiers(shop: Shop) -> tuple[Tier, ...]:
    """What the last batch promised its first orders, with every place free again."""
    return fresh(shop.last_batch.tiers) if shop.last_batch else ()


def fresh(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    return tuple(replace(tier, taken=0) for tier in tiers)


def tiers_to_target(at: OpenTiers, _said: Back, _shop: Shop) -> Go[OpenTarget] | Go[OpenReview]:
    return backward(at, OpenTarget)
