"""Bugs to be caught: each is one statement of the shop with its guard, its sum or its condition taken away.

In: nothing. Out: for each bug its name and the statements that have it. A bug whose words are no longer in the
statement raises LookupError, so the table cannot rot.
"""

from __future__ import annotations

from typing import Final

from storage.statements import Statements
from tests.torture.bots import changed

_PAID = "p.order_id = o.id AND p.state = 'confirmed')\n"
_BACK = "r.order_id = o.id AND r.state <> 'withdrawn') AS paid"

# name, statement, words, other words
SEEDED: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("the quota is not looked at", "take_batch_slots", " AND taken + :n <= quota", ""),
    ("one slot too many fits", "take_batch_slots", "taken + :n <= quota", "taken + :n <= quota + 1"),
    ("an order takes one slot, however large", "take_batch_slots", "taken = taken + :n", "taken = taken + 1"),
    ("the other variant is counted too", "take_offer_slots", "AND variant_id = :variant ", "AND :variant <> '' "),
    ("slots do not come back", "return_batch_slots", "taken - :n", "taken - 0 * :n"),
    ("another batch gets the slots back", "return_batch_slots", "WHERE id = :batch", "WHERE id <> :batch"),
    ("every variant gets the slots back", "return_offer_slots", " AND variant_id = :variant", " AND :variant <> ''"),
    ("a buyer's pieces stay counted", "return_buyer_slots", "pieces - :n", "pieces - 0 * :n"),
    ("everybody's pieces are counted down", "return_buyer_slots", " AND person_id = :person", " AND :person > 0"),
    ("a proof is confirmed twice", "confirm_payment", " AND state = 'claimed'", ""),
    ("a confirmed proof is refused", "reject_payment", " AND state = 'claimed'", ""),
    ("what was expected is booked", "confirm_payment", "amount = :amount", "amount = expected + 0 * :amount"),
    ("nothing counts as paid", "order", _PAID, _PAID.replace("= 'confirmed'", "= 'paid'")),
    ("what goes back still counts as paid", "order", _BACK, _BACK.replace("<> 'withdrawn'", "= 'none'")),
    ("money goes back although the order goes on", "withdraw_refunds", "SET state = 'withdrawn'", "SET state = 'owed'"),
    ("a changed order keeps its price", "rewrite_order", "total = :total,", "total = total + 0 * :total,"),
    ("a proof that waits is not seen", "order", "p.state = 'claimed') AS proofs", "p.state = 'new') AS proofs"),
    ("a batch closes again and again", "close_batch", " AND state = 'open'", ""),
    ("an open batch is in production", "move_stage", "IN ('closed',", "IN ('open', 'closed',"),
    ("late money takes no slots", "retake_batch_slots", "taken + :n\n", "taken + 0 * :n\n"),
    ("an unpaid order is shipped", "ship_order", "(state = 'confirmed' OR", "(state IN ('held', 'confirmed') OR"),
    ("what is due is done early", "due_now", "due_at <= :now", "due_at > '' AND :now > ''"),
    ("the old end of a hold still counts", "drop_due", "SET state = 'dropped'", "SET state = 'waiting'"),
    ("slots that are only held close a batch", "unconfirmed_slots", "o.state = 'held'", "o.state = 'none'"),
    ("an order has one piece, however large", "put_line", ":quantity", "1 + 0 * :quantity"),
    ("an order is paid before it is", "put_order", "'held'", "'confirmed'"),
    ("the whole sum is the down payment", "put_order", ":total, :first_due", ":total, :total + 0 * :first_due"),
    ("the closing moment is not looked at", "take_batch_slots", " AND closes_at > :now", ""),
    ("a later order may exceed the maximum", "take_buyer_slots", "+ excluded.pieces <= :maximum", "<= :maximum"),
    ("a batch leaves any state", "move_batch", " AND :before LIKE '%,' || state || ',%'", " AND :before <> ''"),
    ("a stage is reached twice", "move_stage", " AND stage <> :stage", ""),
    ("late money takes slots that are gone", "retake_batch_slots", " AND taken + :n <= quota", ""),
    ("the same number is sent twice", "ship_order", "(tracking <> :tracking OR courier <> :courier)", "1 = 1"),
    ("a closed batch takes orders", "take_batch_slots", "state = 'open' AND ", ""),
    ("a variant's quota is not looked at", "take_offer_slots", "quota IS NULL OR taken + :n <= quota", "1 = 1"),
    (
        "the first order may exceed the maximum",
        "take_buyer_slots",
        "WHERE CAST(:n AS BIGINT) <= :maximum",
        "WHERE 1 = 1",
    ),
)


def seeded() -> dict[str, Statements]:
    """Every bug by name."""
    return {name: changed(statement, before, after) for name, statement, before, after in SEEDED}
