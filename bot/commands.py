"""Commands and standing buttons: one table each, with the right that each needs (product 1).

`COMMANDS` is what people type after a slash; `ACTIONS` is what a button says that stands on its own. A test walks both
tables for every role. Nothing here writes rows itself; it calls the work of its subject, which asks for the right again
where it changes something.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot import (
    address_work,
    beginnings,
    broadcast_work,
    celebration_work,
    change_work,
    conversation,
    delay_answer_work,
    front,
    joining,
    judging,
    late_work,
    menus,
    minimum_work,
    order_work,
    proof_work,
    recap_work,
    refund_work,
    showcase,
    staff_front,
    suggest_work,
    team_work,
    terms_work,
    waiting_work,
)
from bot.turn import Turn
from conversations import seller_flow
from conversations.seller_broadcast import begin_broadcast
from conversations.seller_schedule import begin_schedule
from preorder.staff import Right
from preorder.values import dataclass


@dataclass(frozen=True)
class Command:
    """`listed`: shown in the command menu of those who may use it."""

    do: Callable[[Turn, str], None]
    right: Right = Right.BUY
    listed: bool = True


@dataclass(frozen=True)
class Action:
    """`do` gets the button's arguments; a button with another number of them is forged or old."""

    do: Callable[..., None]
    arguments: int
    right: Right = Right.BUY


def start(turn: Turn, payload: str) -> None:
    """/start; who is on the staff gets the menu of their role."""
    if payload.startswith(team_work.LINK_TO_TEAM):
        joining.join(turn, payload.removeprefix(team_work.LINK_TO_TEAM))
        return
    if turn.role is not None:
        menus.queue_for_staff(turn.tx, turn.house, COMMANDS, turn.person.id, turn.role, turn.origin, turn.now)
    front.start(turn, payload, lambda: staff_front.greet(turn, COMMANDS))


def help_(turn: Turn) -> None:
    """/help, the buyer's or the one of a role."""
    everybodys = tuple(name for name in menus.buyers_commands(COMMANDS) if name != "help")
    front.help_(turn, everybodys, lambda: staff_front.help_(turn, COMMANDS))


def set_language(turn: Turn, locale: str) -> None:
    """The help that follows is in the new language."""
    front.set_language(turn, locale, lambda: help_(turn))


COMMANDS: Final[dict[str, Command]] = {
    "order": Command(lambda turn, _: front.order(turn)),
    "catalog": Command(lambda turn, _: showcase.show(turn)),
    "orders": Command(lambda turn, _: order_work.show_orders(turn)),
    "addresses": Command(lambda turn, _: address_work.show(turn)),
    "birthday": Command(lambda turn, _: celebration_work.show(turn)),
    "cancel": Command(lambda turn, _: conversation.cancel(turn)),
    "terms": Command(lambda turn, _: beginnings.shop_terms(turn)),
    "privacy": Command(lambda turn, _: beginnings.privacy(turn)),
    "language": Command(lambda turn, _: front.ask_language(turn)),
    "help": Command(lambda turn, _: help_(turn)),
    "stop": Command(lambda turn, _: front.unsubscribe(turn)),
    "start": Command(lambda turn, payload: start(turn, payload), listed=False),
    "open": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_open), Right.SELL),
    "close": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_close), Right.SELL),
    "batches": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_batches), Right.SELL),
    "delay": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_delay), Right.SELL),
    "holidays": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_holidays), Right.SELL),
    "proofs": Command(lambda turn, _: proof_work.show_queue(turn), Right.JUDGE),
    "refunds": Command(lambda turn, _: refund_work.show(turn), Right.JUDGE),
    "quota": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_quota), Right.SELL),
    "recap": Command(lambda turn, _: recap_work.show(turn), Right.MAKE),
    "export": Command(lambda turn, _: recap_work.export(turn), Right.JUDGE),
    "products": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_products), Right.SELL),
    "board": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_board), Right.SELL),
    "schedule": Command(lambda turn, _: conversation.enter(turn, begin_schedule), Right.SELL),
    "broadcast": Command(lambda turn, _: conversation.enter(turn, begin_broadcast), Right.SELL),
    "texts": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_texts), Right.SELL),
    "stage": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_stage), Right.MAKE),
    "shipping": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_shipping), Right.SELL),
    "ship": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_ship), Right.SHIP),
    "team": Command(lambda turn, _: conversation.start(turn, seller_flow.begin_team()), Right.TEAM),
}

# What people type instead of a command when nothing is being asked.
SPOKEN: Final[dict[str, str]] = {
    "pesan": "order",
    "order": "order",
    "pesan sekarang": "order",
    "order now": "order",
    "mau pesan": "order",
    "katalog": "catalog",
    "catalogue": "catalog",
    "catalog": "catalog",
    "pesanan": "orders",
    "pesanan saya": "orders",
    "my orders": "orders",
    "alamat": "addresses",
    "alamat saya": "addresses",
    "my addresses": "addresses",
    "ulang tahun": "birthday",
    "ultah": "birthday",
    "birthday": "birthday",
    "batal": "cancel",
    "cancel": "cancel",
    "bahasa": "language",
    "language": "language",
    "bantuan": "help",
    "help": "help",
    "tolong": "help",
    "menu": "help",
    "berhenti info po": "stop",
    "stop po news": "stop",
}


def staff_command(turn: Turn, name: str) -> None:
    """A button of the staff's greeting is one of the staff's commands."""
    command = COMMANDS.get(name)
    if command is None or command.right is Right.BUY:
        conversation.old_button(turn)
        return
    turn.demand(command.right)
    command.do(turn, "")


ACTIONS: Final[dict[str, Action]] = {
    "order": Action(front.order, 0),
    "order_in": Action(front.order_in, 1),
    "order_product": Action(front.order_product, 2),
    "catalog": Action(showcase.show, 0),
    "catalog_from": Action(showcase.show, 1),
    "pictures": Action(showcase.show_pictures, 1),
    "want": Action(showcase.want, 1),
    "unwant": Action(showcase.unwant, 1),
    "want_late": Action(late_work.want, 3),
    "unwant_late": Action(late_work.unwant, 3),
    "orders": Action(order_work.show_orders, 0),
    "pay": Action(order_work.show_payment, 1),
    "change_order": Action(beginnings.change_order, 1),
    "cancel_order": Action(change_work.ask_cancel, 1),
    "cancel_sure": Action(change_work.cancel, 1),
    "keep_order": Action(change_work.keep, 1),
    "delay_wait": Action(delay_answer_work.wait, 2),
    "delay_cancel": Action(delay_answer_work.ask_cancel, 2),
    "delay_sure": Action(delay_answer_work.cancel, 2),
    "take_offer": Action(beginnings.take_offer, 1),
    "leave_line": Action(waiting_work.leave, 1),
    "erase": Action(terms_work.ask_erase, 0),
    "erase_sure": Action(terms_work.erase, 0),
    "erase_not": Action(terms_work.keep, 0),
    "edit_terms": Action(beginnings.edit_terms, 0, Right.SELL),
    "proof_for": Action(proof_work.assign, 2),
    "address_label": Action(address_work.ask_label, 1),
    "address_named": Action(address_work.name, 2),
    "address_own": Action(address_work.name_own, 1),
    "address_delete": Action(address_work.ask_delete, 1),
    "address_gone": Action(address_work.delete, 1),
    "address_kept": Action(address_work.keep, 0),
    "birthday": Action(celebration_work.show, 0),
    "birthday_set": Action(celebration_work.ask, 0),
    "birthday_forget": Action(celebration_work.forget, 0),
    "anniversary": Action(celebration_work.set_anniversary, 1),
    "terms": Action(beginnings.shop_terms, 0),
    "language": Action(set_language, 1),
    "unsubscribe": Action(front.unsubscribe, 0),
    "subscribe": Action(front.subscribe, 0),
    "proof_ok": Action(judging.press_confirm, 1, Right.JUDGE),
    "proof_other": Action(judging.begin_other_amount, 1, Right.JUDGE),
    "proof_no": Action(judging.begin_reject, 1, Right.JUDGE),
    "refunds": Action(refund_work.show, 0, Right.JUDGE),
    "refund_done": Action(beginnings.settle_refund, 1, Right.JUDGE),
    "bc_pause": Action(broadcast_work.pause, 1, Right.SELL),
    "bc_go": Action(broadcast_work.go_on, 1, Right.SELL),
    "bc_stop": Action(broadcast_work.stop, 1, Right.SELL),
    "bc_list": Action(broadcast_work.send_list, 1, Right.SELL),
    "open_for": Action(suggest_work.open_for, 2, Right.SELL),
    "stay_open": Action(beginnings.stay_open, 1, Right.SELL),
    "go_ahead": Action(minimum_work.go_ahead, 1, Right.SELL),
    "cancel_batch": Action(beginnings.cancel_batch, 1, Right.SELL),
    "open_again": Action(suggest_work.open_again, 1, Right.SELL),
    "seller": Action(staff_command, 1, Right.WORK),
}
