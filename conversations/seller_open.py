"""/open, first half: what is sold and on which terms, answer by answer (product 3). `seller_open_dates` says when.

In: the step, what was said, the snapshot. Out: the next step, or a sentence why not. An answer changed from the review
returns there, by way of any other answer it no longer agrees with. Nothing exists before the one confirm.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from conversations.opening_steps import OpenRepeat
from conversations.said import Back, Cancel, Picked, Typed
from conversations.seller_reading import PRODUCT, quoted, read_count, read_hold, read_rule, read_text
from conversations.seller_steps import (
    BatchDraft,
    OpenDownPayment,
    OpenFixedPayment,
    OpenHold,
    Opening,
    OpenMaximum,
    OpenMinimum,
    OpenMoment,
    OpenProducts,
    OpenQuota,
    OpenReview,
    OpenTitle,
)
from conversations.shop import Shop, ShopProduct
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog.selling import CatalogueEmpty, LimitsCross, ProductsGone, ProductsWanted
from messages.catalog.selling_unclear import ChoiceUnclear, RuleOverPrice, SellerLeft
from preorder.batch import Audience, BatchId, ProductId
from preorder.money import DownPayment, Fixed, Rupiah

LONGEST_TITLE: Final = 80
LARGEST_QUOTA: Final = 100_000

# Values of the buttons that are no plain answer themselves.
DONE: Final = "done"
AS_LAST: Final = "last"
SUGGESTED: Final = "suggested"
NO_LIMIT: Final = "none"
FIXED: Final = "fixed"
SKIP: Final = "skip"
REPEAT: Final = "repeat"

_MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

O = TypeVar("O", bound=Opening)  # noqa: E741 - the step that follows, read only beside its bound


def begin_open(shop: Shop) -> Go[OpenProducts] | Go[Home]:
    """/open. Without a product there is nothing to open."""
    if not shop.products:
        return Go(Home(), say=(CatalogueEmpty(),))
    return Go(OpenProducts(BatchDraft(BatchId(shop.fresh))))


def begin_open_with(
    shop: Shop,
    products: tuple[ProductId, ...],
    audience: Audience = "everyone",
    opens_at: datetime | None = None,
) -> Go[OpenTitle] | Go[OpenProducts] | Go[Home]:
    """/open with products chosen already, for whom, and (UTC) when; each can still be changed."""
    chosen = tuple(p.id for p in shop.products if p.id in products)
    draft = BatchDraft(BatchId(shop.fresh), chosen, audience=audience, opens_at=opens_at)
    if chosen:
        return Go(OpenTitle(draft))
    return Go(OpenProducts(draft), say=(ProductsGone(),)) if shop.products else Go(Home(), say=(CatalogueEmpty(),))


def leave(_at: Step, _said: Cancel, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def forward(at: Opening, draft: BatchDraft, following: type[O]) -> Go[O] | Go[OpenReview]:
    return Go(OpenReview(draft)) if at.changing else Go(following(draft))


def backward(at: Opening, before: type[O]) -> Go[O] | Go[OpenReview]:
    return Go(OpenReview(at.draft)) if at.changing else Go(before(at.draft))


# --- products ---------------------------------------------------------------------------------------------------


def pick_product(
    at: OpenProducts, said: Picked, shop: Shop
) -> Go[OpenProducts] | Go[OpenTitle] | Go[OpenReview] | Go[OpenRepeat] | Stay:
    """A product is switched on or off; done goes on with those that are on."""
    if said.value == REPEAT:
        return Go(OpenRepeat(at.draft))
    if said.value == DONE:
        chosen = tuple(p.id for p in shop.products if p.id in at.draft.products)
        if not chosen:
            return Stay(ProductsWanted())
        return forward(at, replace(at.draft, products=chosen), OpenTitle)
    if said.value == AS_LAST:
        again = tuple(p.id for p in last_products(shop))
        return forward(at, replace(at.draft, products=again), OpenTitle) if again else Stay(ProductsGone())
    return _toggle(at, shop.product(ProductId(said.value.removeprefix(PRODUCT))), said.value)


def name_product(at: OpenProducts, said: Typed, shop: Shop) -> Go[OpenProducts] | Stay:
    """Part of a name is enough when only one product has it."""
    wanted = said.text.casefold().strip()
    found = [p for p in shop.products if wanted and wanted in p.name.casefold()]
    return _toggle(at, found[0] if len(found) == 1 else None, said.text)


def _toggle(at: OpenProducts, product: ShopProduct | None, said: str) -> Go[OpenProducts] | Stay:
    if product is None:
        return Stay(ChoiceUnclear(quoted(said)))
    before = at.draft.products
    after = tuple(p for p in before if p != product.id) if product.id in before else (*before, product.id)
    return Go(OpenProducts(replace(at.draft, products=after), at.changing))


def last_products(shop: Shop) -> tuple[ShopProduct, ...]:
    """What the last batch offered and the catalogue still has."""
    last = shop.last_batch.products() if shop.last_batch else ()
    return tuple(p for p in shop.products if p.id in last)


def products_to_home(at: OpenProducts, _said: Back, shop: Shop) -> Go[Home] | Go[OpenReview]:
    if at.changing and any(shop.product(p) for p in at.draft.products):
        return Go(OpenReview(at.draft))
    return Go(Home(), say=(SellerLeft(),))


# --- title ------------------------------------------------------------------------------------------------------


def suggested_title(shop: Shop) -> str:
    """`PO November 2026`, then `… #2`, `… #3` as far as the known batches reach."""
    today = shop.now.astimezone(shop.zone)
    base = f"PO {_MONTHS[today.month - 1]} {today.year}"
    known = {b.title for b in (*shop.batches, *shop.open_batches, *((shop.last_batch,) if shop.last_batch else ()))}
    numbers = [int(t.removeprefix(f"{base} #")) for t in known if t.removeprefix(f"{base} #").isdecimal()]
    taken = max([*numbers, 1 if base in known else 0])
    return f"{base} #{taken + 1}" if taken else base


def pick_title(at: OpenTitle, said: Picked, shop: Shop) -> Go[OpenQuota] | Go[OpenReview] | Stay:
    title = suggested_title(shop) if said.value == SUGGESTED else said.value
    return enter_title(at, Typed(title), shop)


def enter_title(at: OpenTitle, said: Typed, _shop: Shop) -> Go[OpenQuota] | Go[OpenReview] | Stay:
    title = read_text(said.text, LONGEST_TITLE)
    return title if isinstance(title, Stay) else forward(at, replace(at.draft, title=title), OpenQuota)


def title_to_products(at: OpenTitle, _said: Back, _shop: Shop) -> Go[OpenProducts] | Go[OpenReview]:
    return backward(at, OpenProducts)


# --- how many ---------------------------------------------------------------------------------------------------


def pick_quota(at: OpenQuota, said: Picked, shop: Shop) -> Go[OpenMinimum] | Go[OpenReview] | Stay:
    return enter_quota(at, Typed(said.value), shop)


def enter_quota(at: OpenQuota, said: Typed, _shop: Shop) -> Go[OpenMinimum] | Go[OpenReview] | Stay:
    quota = read_count(said.text, 1, LARGEST_QUOTA)
    if isinstance(quota, Stay):
        return quota
    draft = replace(at.draft, quota=quota)
    if at.changing and draft.minimum > quota:
        return Go(OpenMinimum(draft, changing=True), say=(LimitsCross("minimum"),))
    return forward(at, draft, OpenMinimum)


def quota_to_title(at: OpenQuota, _said: Back, _shop: Shop) -> Go[OpenTitle] | Go[OpenReview]:
    return backward(at, OpenTitle)


def pick_minimum(at: OpenMinimum, said: Picked, shop: Shop) -> Go[OpenMaximum] | Go[OpenReview] | Stay:
    return enter_minimum(at, Typed(said.value), shop)


def enter_minimum(at: OpenMinimum, said: Typed, _shop: Shop) -> Go[OpenMaximum] | Go[OpenReview] | Stay:
    minimum = read_count(said.text, 1, at.draft.quota)
    if isinstance(minimum, Stay):
        return minimum
    draft = replace(at.draft, minimum=minimum)
    if at.changing and draft.maximum is not None and draft.maximum < minimum:
        return Go(OpenMaximum(draft, changing=True), say=(LimitsCross("maximum"),))
    return forward(at, draft, OpenMaximum)


def minimum_to_quota(at: OpenMinimum, _said: Back, _shop: Shop) -> Go[OpenQuota] | Go[OpenReview]:
    # A quota below the minimum must not slip into the review by going back.
    if at.changing and at.draft.minimum > at.draft.quota:
        return Go(OpenQuota(at.draft, changing=True))
    return backward(at, OpenQuota)


def pick_maximum(at: OpenMaximum, said: Picked, shop: Shop) -> Go[OpenDownPayment] | Go[OpenReview] | Stay:
    if said.value == NO_LIMIT:
        return forward(at, replace(at.draft, maximum=None), OpenDownPayment)
    return enter_maximum(at, Typed(said.value), shop)


def enter_maximum(at: OpenMaximum, said: Typed, _shop: Shop) -> Go[OpenDownPayment] | Go[OpenReview] | Stay:
    maximum = read_count(said.text, at.draft.minimum, LARGEST_QUOTA)
    if isinstance(maximum, Stay):
        return maximum
    return forward(at, replace(at.draft, maximum=maximum), OpenDownPayment)


def maximum_to_minimum(at: OpenMaximum, _said: Back, _shop: Shop) -> Go[OpenMinimum] | Go[OpenReview]:
    if at.changing and at.draft.maximum is not None and at.draft.maximum < at.draft.minimum:
        return Go(OpenMinimum(at.draft, changing=True))
    return backward(at, OpenMinimum)


# --- terms ------------------------------------------------------------------------------------------------------


def pick_down_payment(
    at: OpenDownPayment, said: Picked, shop: Shop
) -> Go[OpenHold] | Go[OpenFixedPayment] | Go[OpenReview] | Stay:
    if said.value == FIXED:
        return Go(OpenFixedPayment(at.draft, at.changing))
    return enter_down_payment(at, Typed(said.value), shop)


def enter_down_payment(at: OpenDownPayment, said: Typed, shop: Shop) -> Go[OpenHold] | Go[OpenReview] | Stay:
    rule = _affordable(said.text, at.draft, shop)
    return rule if isinstance(rule, Stay) else forward(at, replace(at.draft, down_payment=rule), OpenHold)


def down_payment_to_maximum(at: OpenDownPayment, _said: Back, _shop: Shop) -> Go[OpenMaximum] | Go[OpenReview]:
    return backward(at, OpenMaximum)


def enter_fixed_payment(at: OpenFixedPayment, said: Typed, shop: Shop) -> Go[OpenHold] | Go[OpenReview] | Stay:
    rule = _affordable(said.text, at.draft, shop)
    return rule if isinstance(rule, Stay) else forward(at, replace(at.draft, down_payment=rule), OpenHold)


def fixed_payment_to_rules(at: OpenFixedPayment, _said: Back, _shop: Shop) -> Go[OpenDownPayment]:
    return Go(OpenDownPayment(at.draft, at.changing))


def _affordable(text: str, draft: BatchDraft, shop: Shop) -> DownPayment | Stay:
    """A typed rule; a fixed one above the cheapest piece is a slip (250rb for 25rb) and refused."""
    rule = read_rule(text)
    cheapest = cheapest_price(draft, shop)
    if isinstance(rule, Fixed) and cheapest and rule.amount_a_piece > cheapest:
        return Stay(RuleOverPrice(rule.amount_a_piece, cheapest))
    return rule


def cheapest_price(draft: BatchDraft, shop: Shop) -> Rupiah:
    """The cheapest piece on offer, in rupiah; 0 when nothing is chosen any more."""
    prices = (v.price for p in shop.products if p.id in draft.products for v in p.variants)
    return min(prices, default=Rupiah(0))


def pick_hold(at: OpenHold, said: Picked, shop: Shop) -> Go[OpenMoment] | Go[OpenReview] | Stay:
    """A button's value is a length of time as it would be typed."""
    return enter_hold(at, Typed(said.value), shop)


def enter_hold(at: OpenHold, said: Typed, _shop: Shop) -> Go[OpenMoment] | Go[OpenReview] | Stay:
    hold = read_hold(said.text)
    return hold if isinstance(hold, Stay) else forward(at, replace(at.draft, hold=hold), OpenMoment)


def hold_to_down_payment(at: OpenHold, _said: Back, _shop: Shop) -> Go[OpenDownPayment] | Go[OpenReview]:
    return backward(at, OpenDownPayment)
