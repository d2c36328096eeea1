"""What a word leads to on the step a person is on, and what to say when the commit refused it. In a turn.

The verbs of the tables decide and are pure; here stands only what is checked for every step alike (product 4: a closed
batch takes no order) and the words for what somebody else was first with.
"""

from __future__ import annotations

from bot import minimum_work, proof_work, refund_work
from bot.turn import Turn
from conversations.flow import FLOW
from conversations.said import Cancel, Word
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_minimum import DecidingBatch
from conversations.seller_refunds import SettlingRefund
from conversations.seller_steps import JudgingProof
from conversations.shop import Shop
from conversations.steps import Home, Ordering
from conversations.table import Go, Outcome, Stay, Step
from messages.catalog import Message
from messages.catalog.changing import ChangeTooLate, OrderNotChangeable
from messages.catalog.ordering import BatchHasClosed, NotAChoice, PricesChanged, QuantityOverMaximum, QuantityOverSlots
from messages.catalog.selling_work import BatchGone
from preorder.errors import AlreadyDone, BatchNotOpen, Lost, OrderMoved, OverMaximum, PriceChanged, SlotsGone, TierGone
from storage import batches


def decide(turn: Turn, step: Step, word: Word, shop: Shop) -> Outcome | None:
    """The verb's outcome; None when the step does not know the word. product 4: whatever a buyer had on the screen, a
    batch that has closed takes no order."""
    if isinstance(step, Ordering) and not isinstance(word, Cancel) and shop.open_batch(step.draft.batch_id) is None:
        batch = batches.find(turn.tx, step.draft.batch_id)
        title = batch.title if batch is not None else ""
        if step.draft.changing is not None:
            return Go(Home(), say=(ChangeTooLate(step.draft.changing.code, title),))
        return Go(Home(), say=(BatchHasClosed(title),))
    table = SELLER_FLOW if type(step) in SELLER_FLOW else FLOW
    verb = table[type(step)].get(type(word))
    return None if verb is None else verb(step, word, shop)


def refused(turn: Turn, lost: Lost, step: Step) -> Outcome:
    """What to say when the commit refused and the verb still sees no reason."""
    match lost:
        case BatchNotOpen():
            return Go(Home(), say=(BatchHasClosed(""),))
        case SlotsGone(left=left):
            return Stay(QuantityOverSlots(left))
        case OverMaximum(maximum=maximum):
            return Stay(QuantityOverMaximum(0, maximum))
        case OrderMoved() if isinstance(step, Ordering) and step.draft.changing is not None:
            return Go(Home(), say=(OrderNotChangeable(step.draft.changing.code),))
        case PriceChanged() | TierGone():
            return Stay(PricesChanged())
        case AlreadyDone():
            return Go(Home(), say=(_was_done(turn, step),))
        case _:
            return Stay(NotAChoice())


def _was_done(turn: Turn, step: Step) -> Message:
    """Somebody was first: with a proof it is said who and how."""
    if isinstance(step, DecidingBatch):
        return minimum_work.decided(turn, step.batch_id)
    if isinstance(step, SettlingRefund):
        return refund_work.gone(turn, step.refund_id)
    judged = proof_work.judged_before(turn, step.payment_id) if isinstance(step, JudgingProof) else None
    return judged or BatchGone()
