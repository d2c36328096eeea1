"""The buttons under a proof that lead to a question or a booking, while it waits for somebody. In a turn."""

from __future__ import annotations

from dataclasses import replace

from bot import conversation, proof_work
from bot.turn import Turn
from conversations.seller_flow import begin_other_amount as other_amount
from conversations.seller_flow import begin_reject as rejection
from messages.catalog.paying import PaidSinceProof


def press_confirm(turn: Turn, payment_id: str) -> None:
    """The expected amount arrived. When money was confirmed since the proof came, it may be a second picture of the
    same transfer: then one press books nothing, and what arrived is asked."""
    found = proof_work.judgeable(turn, payment_id)
    if found is None:
        return
    payment, order = found
    if proof_work.paid_since(turn, payment):
        conversation.start(
            turn, replace(other_amount(payment.id, order.code), say=(PaidSinceProof(order.code, order.paid),))
        )
    else:
        proof_work.press_confirm(turn, payment_id)


def begin_reject(turn: Turn, payment_id: str) -> None:
    found = proof_work.judgeable(turn, payment_id)
    if found is not None:
        payment, order = found
        conversation.start(turn, rejection(payment.id, order.code))


def begin_other_amount(turn: Turn, payment_id: str) -> None:
    found = proof_work.judgeable(turn, payment_id)
    if found is not None:
        payment, order = found
        conversation.start(turn, other_amount(payment.id, order.code))
