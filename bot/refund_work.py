"""The refund list (product 5): what has to go back, and that it went. Inside a turn's transaction.

A refund is settled once, by a guarded update; its buyer is told once, with the picture of the transfer if there is one.
"""

from __future__ import annotations

from typing import Final

from bot.turn import Turn
from conversations.buttons import ActionButton
from messages.catalog import Label
from messages.catalog.changing import NoRefunds, RefundCard, RefundGone, RefundSent, RefundsHead
from preorder.errors import AlreadyDone
from storage import orders, people, refunds
from storage.refunds import Refund

SHOWN: Final = 5


def show(turn: Turn) -> None:
    """/refunds: what is owed, oldest first, each with its button."""
    count, amount = refunds.count_owed(turn.tx)
    if not count:
        turn.say(NoRefunds())
        return
    shown = refunds.owed(turn.tx, SHOWN)
    turn.say(RefundsHead(count, amount, len(shown)))
    for refund in shown:
        done = ActionButton(Label("refund_done", (refund.code,)), "refund_done", (refund.id,))
        turn.say(_card(turn, refund), ((done,),))


def _card(turn: Turn, refund: Refund) -> RefundCard:
    buyer = people.find(turn.tx, refund.person_id)
    return RefundCard(
        code=refund.code,
        batch=refund.batch,
        buyer=buyer.first_name if buyer else "",
        username=buyer.username if buyer else "",
        phone=orders.get(turn.tx, refund.order_id).address.phone,
        amount=refund.amount,
        reason=refund.reason,
        since=refund.created_at,
    )


def owed(turn: Turn, refund_id: str) -> Refund | None:
    """The refund while it is owed; else it is said what became of it."""
    refund = refunds.find(turn.tx, refund_id)
    if refund is None or refund.state != "owed":
        message = gone(turn, refund_id)
        turn.toast(message)
        return None
    return refund


def gone(turn: Turn, refund_id: str) -> RefundGone:
    """What became of a refund that is not owed any more."""
    refund = refunds.find(turn.tx, refund_id)
    by = people.find(turn.tx, refund.settled_by) if refund is not None and refund.settled_by is not None else None
    return RefundGone(by.first_name if by else "")


def settle(turn: Turn, refund_id: str, file_kind: str, file_id: str) -> None:
    """It was sent back. Raises `AlreadyDone` when somebody noted it before, or it was withdrawn."""
    refund = refunds.find(turn.tx, refund_id)
    if refund is None or not refunds.settle(turn.tx, refund_id, turn.person.id, file_kind, file_id, turn.now):
        raise AlreadyDone
    sent, key = RefundSent(refund.code, refund.amount), f"refunded:{refund.id}"
    if file_id and turn.reader(refund.person_id).reachable:
        turn.send_file(refund.person_id, file_kind, file_id, sent, (), key)
    else:
        turn.tell(refund.person_id, sent, key=key)
