"""Commands and standing buttons: one table each, with who may use them (product 1).

`COMMANDS` is what people type after a slash; `ACTIONS` is what a button says that stands on its own. A test walks both
tables for every role. Nothing here writes rows itself; it calls the work of its subject.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from bot import conversation, front, menus, order_work, proof_work, recap_work
from bot.turn import Turn
from conversations import seller_flow

Role = Literal["anyone", "seller"]


@dataclass(frozen=True)
class Command:
    """`listed`: shown in the command menu of those who may use it."""

    do: Callable[[Turn, str], None]
    role: Role = "anyone"
    listed: bool = True


@dataclass(frozen=True)
class Action:
    """`do` gets the button's arguments; a button with another number of them is forged or old."""

    do: Callable[..., None]
    arguments: int
    role: Role = "anyone"


def start(turn: Turn, payload: str) -> None:
    """/start; an owner who says it gets the owner's menu."""
    if turn.is_seller:
        menus.queue_for_owner(turn.tx, turn.house, COMMANDS, turn.person.id, turn.now)
    front.start(turn, payload)


COMMANDS: Final[dict[str, Command]] = {
    "order": Command(lambda turn, _: front.order(turn)),
    "catalog": Command(lambda turn, _: front.show_catalogue(turn)),
    "orders": Command(lambda turn, _: order_work.show_orders(turn)),
    "cancel": Command(lambda turn, _: conversation.cancel(turn)),
    "language": Command(lambda turn, _: front.ask_language(turn)),
    "help": Command(lambda turn, _: front.help_(turn)),
    "stop": Command(lambda turn, _: front.unsubscribe(turn)),
    "start": Command(lambda turn, payload: start(turn, payload), listed=False),
    "open": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_open), role="seller"),
    "close": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_close), role="seller"),
    "proofs": Command(lambda turn, _: proof_work.show_queue(turn), role="seller"),
    "recap": Command(lambda turn, _: recap_work.show(turn), role="seller"),
    "export": Command(lambda turn, _: recap_work.export(turn), role="seller"),
    "products": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_products), role="seller"),
    "stage": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_stage), role="seller"),
    "ship": Command(lambda turn, _: conversation.enter(turn, seller_flow.begin_ship), role="seller"),
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


def seller_command(turn: Turn, name: str) -> None:
    """A button of the seller's greeting is one of the seller's commands."""
    command = COMMANDS.get(name)
    if command is not None and command.role == "seller":
        command.do(turn, "")
    else:
        conversation.old_button(turn)


ACTIONS: Final[dict[str, Action]] = {
    "order": Action(front.order, 0),
    "order_in": Action(front.order_in, 1),
    "order_product": Action(front.order_product, 2),
    "catalog": Action(front.show_catalogue, 0),
    "orders": Action(order_work.show_orders, 0),
    "pay": Action(order_work.show_payment, 1),
    "cancel_order": Action(order_work.ask_cancel, 1),
    "cancel_sure": Action(order_work.cancel, 1),
    "keep_order": Action(order_work.keep, 1),
    "proof_for": Action(proof_work.assign, 2),
    "language": Action(front.set_language, 1),
    "unsubscribe": Action(front.unsubscribe, 0),
    "subscribe": Action(front.subscribe, 0),
    "proof_ok": Action(conversation.press_confirm, 1, role="seller"),
    "proof_other": Action(conversation.begin_other_amount, 1, role="seller"),
    "proof_no": Action(conversation.begin_reject, 1, role="seller"),
    "seller": Action(seller_command, 1, role="seller"),
}


def may(turn: Turn, role: Role) -> bool:
    return role == "anyone" or turn.is_seller
