"""Carry out what a transition asked for, in the same transaction: one match statement.

Every effect is guarded where it changes a row (state, quota, right), whatever the screen showed when it was pressed.
Raises `Lost` errors when something has changed since; the engine then undoes the effect and decides again.
"""

from __future__ import annotations

from bot import (
    batch_work,
    board_work,
    broadcast_work,
    change_work,
    delay_work,
    minimum_work,
    order_work,
    planning_work,
    product_work,
    proof_work,
    refund_work,
    rule_work,
    shipping_correction,
    shipping_work,
    team_work,
    terms_work,
    waiting_work,
    zone_sheet,
)
from bot.turn import Turn
from conversations.celebrating_flow import KeepBirthday
from conversations.effects import (
    CancelDue,
    CancelPlan,
    ChangeOrder,
    CloseBatch,
    ConfirmOtherAmount,
    CorrectShipping,
    DecideBatch,
    DelayBatch,
    Effect,
    JoinLine,
    LabelAddress,
    MoveHoliday,
    MoveStage,
    PauseCourier,
    PlaceOrder,
    PlanBatch,
    RejectProof,
    RenewBoard,
    SaveAddress,
    SaveShippingRule,
    SendZoneSheet,
    SetQuota,
    SetRule,
    SettleRefund,
    ShipOrder,
    StartBroadcast,
    SwitchBoard,
    TellShipping,
    WriteTerms,
)
from conversations.product_effects import CatalogueEffect
from conversations.team_effects import ChangeStaffRole, InviteStaff, RemoveStaff, WithdrawInvitation
from conversations.wording_flow import ResetWording, WriteWording
from preorder.errors import AlreadyDone
from preorder.payment import PaymentId
from preorder.staff import Right
from storage import addresses, celebrations, people, shipping, wordings


def perform(turn: Turn, effect: Effect) -> None:
    """Do one effect. Raises `Lost`; `NotAllowed` when the person may not do it (product 1: checked at the change)."""
    turn.demand(effect.right)
    if effect.right is not Right.BUY:
        people.note_action(turn.tx, turn.person.id, type(effect).__name__, _subject(effect), allowed=True, now=turn.now)
    match effect:
        case PlaceOrder():
            order_work.place(turn, effect)
        case ChangeOrder():
            change_work.change(turn, effect)
        case JoinLine():
            waiting_work.join(turn, effect)
        case SaveAddress(address=address):
            addresses.keep(turn.tx, turn.person.id, address, turn.now)
        case SaveShippingRule(rule=rule):
            shipping.keep_rule(turn.tx, rule)
        case SendZoneSheet():
            zone_sheet.send(turn)
        case TellShipping(order_id=order_id, cost=cost):
            shipping_work.tell(turn, order_id, cost)
        case CorrectShipping(order_id=order_id, cost=cost, before=before):
            shipping_correction.correct(turn, order_id, cost, before)
        case KeepBirthday(day=day):
            celebrations.keep_birthday(turn.tx, turn.person.id, day)
        case LabelAddress(address_id=address_id, label=label):
            if not addresses.label(turn.tx, turn.person.id, address_id, label):
                raise AlreadyDone
        case WriteWording(wording=wording):
            wordings.write(turn.tx, wording, turn.person.id, turn.now)
        case ResetWording(kind=kind, locale=locale):
            wordings.reset(turn.tx, kind, locale)
        case CatalogueEffect():
            product_work.perform(turn, effect)
        case PlanBatch():
            planning_work.plan(turn, effect)
        case CloseBatch(batch_id=batch_id):
            if not batch_work.close(turn, batch_id, "seller"):
                raise AlreadyDone
        case DecideBatch(batch_id=batch_id, decision=decision, closes_at=closes_at):
            minimum_work.decide(turn, batch_id, decision, closes_at)
        case DelayBatch():
            delay_work.delay(turn, effect)
        case CancelPlan(batch_id=batch_id):
            planning_work.cancel_plan(turn, batch_id)
        case MoveHoliday():
            planning_work.move_holiday(turn, effect)
        case PauseCourier(rest=rest):
            planning_work.pause_courier(turn, rest)
        case MoveStage(batch_id=batch_id, stage=stage):
            batch_work.move_stage(turn, batch_id, stage)
        case ShipOrder(order_id=order_id, courier=courier, tracking=tracking):
            order_work.ship(turn, order_id, courier, tracking)
        case RejectProof(payment_id=payment_id, reason=reason):
            proof_work.reject(turn, PaymentId(payment_id), reason)
        case ConfirmOtherAmount(payment_id=payment_id, amount=amount):
            proof_work.confirm(turn, PaymentId(payment_id), amount)
        case SettleRefund(refund_id=refund_id, file_kind=kind, file_id=file_id):
            refund_work.settle(turn, refund_id, kind, file_id)
        case InviteStaff(role=role):
            team_work.invite(turn, role)
        case WithdrawInvitation(invitation_id=invitation_id):
            team_work.withdraw(turn, invitation_id)
        case ChangeStaffRole(member_id=member_id, role=role):
            team_work.change_role(turn, member_id, role)
        case RemoveStaff(member_id=member_id):
            team_work.remove(turn, member_id)
        case WriteTerms():
            terms_work.write(turn, effect)
        case SetQuota(batch_id=batch_id, variant_id=variant_id, quota=quota):
            batch_work.set_quota(turn, batch_id, variant_id, quota)
        case SetRule():
            rule_work.set_rule(turn, effect)
        case SwitchBoard():
            board_work.switch(turn, effect)
        case RenewBoard():
            board_work.renew(turn, effect)
        case CancelDue():
            rule_work.cancel(turn, effect)
        case StartBroadcast():
            broadcast_work.start(turn, effect)
        case _:
            raise TypeError(f"no one carries out {type(effect).__name__}")


def _subject(effect: Effect) -> str:
    for name in (
        *("batch_id", "order_id", "payment_id", "product_id", "refund_id", "sheet_id"),
        *("member_id", "invitation_id", "role", "broadcast_id", "due_id"),
    ):
        if hasattr(effect, name):
            return str(getattr(effect, name))
    return ""
