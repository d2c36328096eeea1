"""Payment proofs: taken in any state, matched to their order, judged once (product 5). Inside a turn's transaction.

A proof never confirms an order by itself: a seller does. Money that was confirmed is a row; what is due is a sum.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot import batch_work, celebration_work, order_work, proof_file
from bot.house import GRACE
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.said import SentFile
from messages.catalog import Label
from messages.catalog.paying import (
    MoneyForGoneOrder,
    MoreProofs,
    NoProofs,
    PaidTooLate,
    PaymentConfirmed,
    PaymentRejected,
    ProofCard,
    ProofEmpty,
    ProofGone,
    ProofJudged,
    ProofJudgedBefore,
    ProofJudgedShort,
    ProofLate,
    ProofReceived,
    ProofState,
    ProofTooLarge,
    ProofWhichOrder,
    ProofWithoutOrder,
    ProofWrongKind,
)
from preorder.errors import AlreadyDone
from preorder.money import Rupiah
from preorder.order import Order, OrderId, PersonId
from preorder.order_code import codes_in
from preorder.payment import Payment, PaymentId
from preorder.staff import Right
from storage import orders, payments, people, refunds

QUEUE_SHOWN: Final = 5
RECENT: Final = timedelta(days=14)  # an expired order can still be paid late
_PROOF_NAMES: Final = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".heic")


def names_order(text: str) -> bool:
    """Does a text name an order by its code?"""
    return bool(codes_in(text))


def receive(turn: Turn, file: SentFile, about: str, update_id: int, album: str) -> bool:
    """A photo or document came: keep it, say at once that it arrived, show it to those who judge.

    The pictures of an album come one by one and are answered together: False when this was said for it before.
    """
    once = f"album:{turn.person.id}:{album}:" if album else ""
    refusal = _refusal(file)
    if refusal is not None:
        return turn.say(refusal, key=once and once + type(refusal).__name__)
    candidates = _candidates(turn, f"{file.caption} {about}")
    if not candidates:
        return turn.say(ProofWithoutOrder(), key=once and f"{once}without")
    order = candidates[0] if len(candidates) == 1 else None
    # A proof whose order is not known yet is shown to nobody: its file is looked at when it is.
    shown = proof_file.to_show(turn, file.kind, file.file_id) if order is not None else file.file_id
    kept = (file.kind, shown, file.unique_id)
    payment_id = payments.claim(turn.tx, turn.person.id, order, kept, update_id, turn.now)
    if order is not None:
        return _taken(turn, payment_id, order, key=once and once + order.id)
    choices = tuple((order_work.order_choice(one, "proof_for", payment_id),) for one in candidates)
    return turn.say(ProofWhichOrder(tuple(candidates)), choices)


def _refusal(file: SentFile) -> ProofEmpty | ProofTooLarge | ProofWrongKind | None:
    if file.size == 0:
        return ProofEmpty()
    if file.size > proof_file.LARGEST:
        return ProofTooLarge(proof_file.LARGEST // (1024 * 1024))
    if file.kind == "document" and not file.name.casefold().endswith(_PROOF_NAMES):
        return ProofWrongKind()
    return None


def _candidates(turn: Turn, text: str) -> list[Order]:
    """The orders a proof may be for: the one that is named, else those with something due, else a late one."""
    for code in codes_in(text):
        order = orders.by_code(turn.tx, code)
        if order is not None and order.person_id == turn.person.id and _is_payable(turn, order):
            return [order]
    unpaid = [order for order in orders.unpaid_of_person(turn.tx, turn.person.id) if order.due_now]
    if unpaid:
        return unpaid
    return [order for order in orders.of_person(turn.tx, turn.person.id) if _is_payable(turn, order)][:3]


def owes(turn: Turn) -> bool:
    """Has this person an order that a proof could be for?"""
    return bool(_candidates(turn, ""))


def _is_payable(turn: Turn, order: Order) -> bool:
    if order.takes_slots:
        return bool(order.due_now)
    return order.state == "expired" and turn.now - order.hold_until < RECENT


def assign(turn: Turn, payment_id: str, order_id: str) -> None:
    """The buyer said which order a proof is for."""
    payment = payments.find(turn.tx, PaymentId(payment_id))
    order = order_work.own_order(turn, order_id)
    if order is None:
        return
    if payment is None or payment.person_id != turn.person.id:
        turn.toast(ProofGone())
    elif payment.state != "unassigned" or not _is_payable(turn, order):
        turn.say(ProofReceived(order.code) if payment.order_id == order.id else ProofGone())
    elif payments.assign(turn.tx, payment.id, order):
        payments.show_as(turn.tx, payment.id, proof_file.to_show(turn, payment.file_kind, payment.file_id))
        _taken(turn, payment.id, order, in_place=True)


def assign_by_code(turn: Turn, text: str) -> bool:
    """The buyer typed nothing but the code of the order that the proof is for; False when that is not what it is."""
    payment = payments.unassigned_of(turn.tx, turn.person.id)
    order = orders.by_code(turn.tx, text) if payment is not None else None
    if payment is None or order is None or order.person_id != turn.person.id or not _is_payable(turn, order):
        return False
    assign(turn, payment.id, order.id)
    return True


def _taken(turn: Turn, payment_id: PaymentId, order: Order, *, in_place: bool = False, key: str = "") -> bool:
    payment = payments.find(turn.tx, payment_id)
    is_shown = payment is None or payment.is_shown
    said = ProofLate if order.state == "expired" else ProofReceived
    is_new = True
    if in_place and turn.press is not None:
        turn.replace_screen(said(order.code, is_shown))
    else:
        is_new = turn.say(said(order.code, is_shown), key=key if is_shown else key and f"{key}:unshown")
    if payment is not None:
        for judge in turn.those_who_may(Right.JUDGE):
            _send_card(turn, judge, payment, key=f"{card_key(payment_id)}{judge}")
    return is_new


def card_key(payment_id: str) -> str:
    """Every copy of a proof's card has a key that begins so."""
    return f"card:{payment_id}:"


def _send_card(turn: Turn, judge: int, payment: Payment, key: str, number: int = 0, count: int = 0) -> None:
    order = orders.get(turn.tx, payment.order_id or OrderId(""))
    buyer = people.find(turn.tx, payment.person_id)
    card = ProofCard(
        order=order,
        buyer=buyer.first_name if buyer else "",
        username=buyer.username if buyer else "",
        expected=payment.expected or order.first_due,
        sent_at=payment.created_at,
        used_for=payments.earlier_use(turn.tx, payment),
        is_shown=payment.is_shown,
        number=number,
        count=count,
    )
    keyboard = _judge_keyboard(payment, order)
    if payment.is_shown:
        turn.send_file(judge, payment.file_kind, payment.file_id, card, keyboard, key)
    else:
        turn.tell(PersonId(judge), card, keyboard, key=key)


def _judge_keyboard(payment: Payment, order: Order) -> Keyboard:
    return (
        (ActionButton(Label("proof_confirm", (order.code,)), "proof_ok", (payment.id,)),),
        (
            ActionButton(Label("proof_other", (order.code,)), "proof_other", (payment.id,)),
            ActionButton(Label("proof_reject", (order.code,)), "proof_no", (payment.id,)),
        ),
    )


def show_queue(turn: Turn) -> None:
    """/proofs: what waits to be judged, oldest first."""
    count = payments.count_waiting(turn.tx)
    waiting = payments.waiting(turn.tx, QUEUE_SHOWN)
    if not waiting:
        turn.say(NoProofs())
        return
    for number, payment in enumerate(waiting, start=1):
        key = f"{card_key(payment.id)}{turn.person.id}:{turn.origin}"
        _send_card(turn, turn.person.id, payment, key, number, count)
    if count > len(waiting):
        turn.say(MoreProofs(count - len(waiting)))


# --- judging -----------------------------------------------------------------------------------------------------


def judgeable(turn: Turn, payment_id: str) -> tuple[Payment, Order] | None:
    """The proof and its order while nobody has judged it; else it is said who was first."""
    payment = payments.find(turn.tx, PaymentId(payment_id))
    if payment is None or payment.order_id is None:
        turn.toast(ProofGone())
        return None
    if payment.state != "claimed":
        turn.toast(judged_before(turn, payment_id) or ProofGone())
        return None
    return payment, orders.get(turn.tx, payment.order_id)


def judged_before(turn: Turn, payment_id: str) -> ProofJudgedBefore | None:
    """Who judged a proof, and how; None while nobody has."""
    payment = payments.find(turn.tx, PaymentId(payment_id))
    if payment is None or payment.judged_by is None:
        return None
    judge = people.find(turn.tx, payment.judged_by)
    state: ProofState = "confirmed" if payment.state == "confirmed" else "rejected"
    return ProofJudgedBefore(judge.first_name if judge else "", state)


def paid_since(turn: Turn, payment: Payment) -> bool:
    """Was another payment for the same order confirmed after this proof came?"""
    others = payments.of_order(turn.tx, payment.order_id) if payment.order_id is not None else []
    return any(o.state == "confirmed" and o.judged_at and o.judged_at >= payment.created_at for o in others)


def press_confirm(turn: Turn, payment_id: str) -> None:
    """The button: the expected amount arrived."""
    found = judgeable(turn, payment_id)
    if found is not None:
        payment, order = found
        people.note_action(turn.tx, turn.person.id, "ConfirmProof", payment_id, allowed=True, now=turn.now)
        amount = payment.expected or order.first_due
        confirm(turn, payment.id, amount)
        turn.toast(ProofJudgedShort(order.code, "confirmed", amount))


def confirm(turn: Turn, payment_id: PaymentId, amount: Rupiah) -> None:
    """Book the money and move the order; `AlreadyDone` when another judge was first. Raises `NotAllowed`."""
    turn.demand(Right.JUDGE)
    payment = payments.find(turn.tx, payment_id)
    if payment is None or not payments.confirm(turn.tx, payment_id, amount, turn.person.id, turn.now):
        raise AlreadyDone(payment.judged_by if payment else None)
    order = orders.get(turn.tx, payment.order_id or OrderId(""))
    if order.state == "expired" and not orders.reopen(turn.tx, order, turn.now):
        _money_without_slots(turn, payment, order, amount)
    else:
        if order.state == "cancelled":
            refunds.owe(turn.tx, order.id, order.person_id, amount, "too_late", f"payment:{payment_id}", turn.now)
        order = orders.get(turn.tx, order.id)
        if order.state == "held" and order.paid >= order.first_due:
            order_work.confirmed(turn, order)
        elif order.state == "held":
            order_work.part_paid(turn, order)
        order = orders.get(turn.tx, order.id)
        offered = celebration_work.offered_with(turn, order)
        confirmed = PaymentConfirmed(order, amount, may_tell_birthday=bool(offered))
        turn.tell(order.person_id, confirmed, offered, key=f"confirmed:{payment_id}")
        batch_work.close_when_sold(turn, order.batch_id)
    _settle_cards(turn, payment, order, "confirmed", amount, "")


def _money_without_slots(turn: Turn, payment: Payment, order: Order, amount: Rupiah) -> None:
    """product 5: late money is not lost; without slots the seller has to send it back."""
    refunds.owe(turn.tx, order.id, order.person_id, amount, "too_late", f"payment:{payment.id}", turn.now)
    buyer = people.find(turn.tx, payment.person_id)
    turn.tell(order.person_id, PaidTooLate(order.code, amount), key=f"too-late:{payment.id}")
    name = buyer.first_name if buyer else ""
    turn.tell_sellers(MoneyForGoneOrder(order.code, name, amount), key=f"refund:{payment.id}", right=Right.JUDGE)


def reject(turn: Turn, payment_id: PaymentId, reason: str) -> None:
    """Refuse the proof with a reason; the buyer gets a little time to send another. Raises `NotAllowed`."""
    turn.demand(Right.JUDGE)
    payment = payments.find(turn.tx, payment_id)
    if payment is None or not payments.reject(turn.tx, payment_id, reason, turn.person.id, turn.now):
        raise AlreadyDone(payment.judged_by if payment else None)
    order = orders.get(turn.tx, payment.order_id or OrderId(""))
    hold_until = None
    if order.state == "held":
        hold_until = order_work.hold_again(turn, order, turn.now + GRACE)
    message = PaymentRejected(order.code, reason, hold_until)
    keyboard = order_work.pay_keyboard(turn, order) if order.takes_slots and order.due_now else ()
    turn.tell(order.person_id, message, keyboard, key=f"rejected:{payment_id}")
    _settle_cards(turn, payment, order, "rejected", Rupiah(0), reason)


def _settle_cards(turn: Turn, payment: Payment, order: Order, state: ProofState, amount: Rupiah, reason: str) -> None:
    """Every seller's copy of the card says who judged it, and loses its buttons."""
    buyer = people.find(turn.tx, payment.person_id)
    judged = ProofJudged(order, buyer.first_name if buyer else "", state, amount, reason, turn.person.first_name)
    if payment.is_shown:
        turn.change_caption(card_key(payment.id), judged)
    else:
        turn.change_text(card_key(payment.id), judged, ())
