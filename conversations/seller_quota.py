"""/quota: another quota for a batch that is open or planned, or for a variant with its own (product 4: a raised quota
moves the waiting list). Steps, verbs and screens. Pure."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.effects import SetQuota
from conversations.prompt import WAY_OUT, Prompt, one_a_row
from conversations.said import Back, Picked, Typed
from conversations.seller_reading import quoted, read_count
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message, Plain
from messages.catalog.selling_unclear import ChoiceUnclear, SellerHint, SellerLeft
from messages.catalog.selling_work import AskWhichBatch, BatchGone, BatchLine
from messages.catalog.waiting import (
    AskNewQuota,
    AskWhichQuota,
    NothingWithQuota,
    QuotaChoice,
    QuotaSet,
    QuotaTooSmall,
)
from preorder.batch import Batch, BatchId, BatchState, VariantId
from preorder.staff import Right
from preorder.values import dataclass

WHOLE: Final = "whole"
LARGEST: Final = 100_000
_CHANGEABLE: Final[frozenset[BatchState]] = frozenset({"open", "scheduled"})


@dataclass(frozen=True)
class QuotaOfWhich(Step, right=Right.SELL):
    """Several batches are open or planned: which one?"""


@dataclass(frozen=True)
class QuotaPart(Step, right=Right.SELL):
    """The batch, or one of its variants with a quota of its own?"""

    batch_id: BatchId


@dataclass(frozen=True)
class QuotaNumber(Step, right=Right.SELL):
    """How many? `variant_id` None is the whole batch."""

    batch_id: BatchId
    variant_id: VariantId | None


def _batches(shop: Shop) -> tuple[Batch, ...]:
    return tuple(batch for batch in shop.batches if batch.state in _CHANGEABLE)


def _batch(shop: Shop, batch_id: BatchId) -> Batch | None:
    return next((batch for batch in _batches(shop) if batch.id == batch_id), None)


def begin_quota(shop: Shop) -> Go[QuotaOfWhich] | Go[QuotaPart] | Go[QuotaNumber] | Go[Home]:
    """/quota. Where there is one thing to choose, it is chosen."""
    batches = _batches(shop)
    if not batches:
        return Go(Home(), say=(NothingWithQuota(),))
    return Go(QuotaOfWhich()) if len(batches) > 1 else _to_part(batches[0])


def _to_part(batch: Batch) -> Go[QuotaPart] | Go[QuotaNumber]:
    has_own = any(offer.quota is not None for offer in batch.offers)
    return Go(QuotaPart(batch.id)) if has_own else Go(QuotaNumber(batch.id, None))


def choose_batch(_at: QuotaOfWhich, said: Picked, shop: Shop) -> Go[QuotaPart] | Go[QuotaNumber] | Stay:
    batch = _batch(shop, BatchId(said.value))
    return _to_part(batch) if batch is not None else Stay(BatchGone())


def choose_part(at: QuotaPart, said: Picked, shop: Shop) -> Go[QuotaNumber] | Stay:
    batch = _batch(shop, at.batch_id)
    if batch is None:
        return Stay(BatchGone())
    if said.value == WHOLE:
        return Go(QuotaNumber(batch.id, None))
    offer = batch.offer(VariantId(said.value))
    if offer is None or offer.quota is None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    return Go(QuotaNumber(batch.id, offer.variant_id))


def enter_quota(at: QuotaNumber, said: Typed, shop: Shop) -> Go[Home] | Stay:
    batch = _batch(shop, at.batch_id)
    of = _choice(batch, at.variant_id) if batch is not None else None
    if batch is None or of is None:
        return Stay(BatchGone())
    quota = read_count(said.text, 1, LARGEST)
    if isinstance(quota, Stay):
        return quota
    if quota < of.taken:
        return Stay(QuotaTooSmall(of.taken))
    done = QuotaSet(batch.title, of.variant, quota)
    return Go(Home(), do=(SetQuota(batch.id, at.variant_id, quota),), say=(done,))


def quota_back(at: QuotaPart | QuotaNumber, _: Back, shop: Shop) -> Go[QuotaOfWhich] | Go[QuotaPart] | Go[Home]:
    batch = _batch(shop, at.batch_id)
    if isinstance(at, QuotaNumber) and batch is not None and isinstance(_to_part(batch).to, QuotaPart):
        return Go(QuotaPart(at.batch_id))
    if len(_batches(shop)) > 1:
        return Go(QuotaOfWhich())
    return Go(Home(), say=(SellerLeft(),))


# --- screens -----------------------------------------------------------------------------------------------------


def _choice(batch: Batch, variant_id: VariantId | None) -> QuotaChoice | None:
    if variant_id is None:
        return QuotaChoice("", batch.quota, batch.taken)
    offer = batch.offer(variant_id)
    if offer is None or offer.quota is None:
        return None
    return QuotaChoice(f"{offer.product} {offer.variant}", offer.quota, offer.taken)


def quota_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen of one of the three steps; None for another's."""
    match step:
        case QuotaOfWhich():
            batches = _batches(shop)
            if not batches:
                return Prompt(BatchGone(), WAY_OUT)
            lines = tuple(
                BatchLine(b.title, b.state, b.opens_at if b.state == "scheduled" else b.closes_at) for b in batches
            )
            buttons = [Button(Plain(b.title), b.id, choice=True) for b in batches]
            return Prompt(AskWhichBatch("quota", lines), (*one_a_row(buttons), *WAY_OUT))
        case QuotaPart():
            return _part(_batch(shop, step.batch_id), shop)
        case QuotaNumber():
            batch = _batch(shop, step.batch_id)
            of = _choice(batch, step.variant_id) if batch is not None else None
            if batch is None or of is None:
                return Prompt(BatchGone(), WAY_OUT)
            message = AskNewQuota(batch.title, of, *shop.line_of(batch.id))
            return Prompt(message, WAY_OUT, numbers_are_answers=True)
        case _:
            return None


def _part(batch: Batch | None, shop: Shop) -> Prompt:
    if batch is None:
        return Prompt(BatchGone(), WAY_OUT)
    own = [offer for offer in batch.offers if offer.quota is not None]
    choices = [_choice(batch, None), *(_choice(batch, offer.variant_id) for offer in own)]
    buttons = [Button(Label("whole_batch"), WHOLE, choice=True)]
    buttons += [Button(Plain(f"{offer.product} {offer.variant}"), offer.variant_id, choice=True) for offer in own]
    message = AskWhichQuota(batch.title, tuple(one for one in choices if one), *shop.line_of(batch.id))
    return Prompt(message, (*one_a_row(buttons), *WAY_OUT))


QUOTA_HINTS: Final[dict[type[Step], Message]] = {
    QuotaOfWhich: SellerHint("button"),
    QuotaPart: SellerHint("button"),
    QuotaNumber: SellerHint("number"),
}
