"""The staff's side of the counter: greeting, help and buttons, each showing what this role may do (product 1, 9).

In: the table of commands with their rights, so that a new command stands in help, menu and greeting by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.menus import Listed, staff_commands
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from messages.catalog import Label
from messages.catalog.running import HelpSeller, WelcomeSeller
from messages.catalog.team import WelcomeStaff
from preorder.staff import Right, Role, may
from storage import batches, catalogue

# The commands that a greeting offers as buttons, row by row; the others stand in /help.
BUTTONS: Final = (
    *(("open", "close"), ("proofs", "recap"), ("products", "batches")),
    *(("stage", "ship"), ("export", "team")),
)
# Reached from /help alone: below a greeting they would push its words off a small phone.
ALSO: Final = (ActionButton(Label("do_quota"), "seller", ("quota",)), ActionButton(Label("do_terms"), "terms"))
AT_WORK: Final = ("scheduled", "open", "closed", "producing", "ready", "shipping")


def greet(turn: Turn, commands: Mapping[str, Listed]) -> None:
    """/start of somebody on the staff."""
    role = turn.role
    if role is None:
        return
    if may(role, Right.SELL):
        has_products = bool(catalogue.products(turn.tx))
        at_work = bool(batches.in_states(turn.tx, AT_WORK))
        welcome = WelcomeSeller(turn.person.first_name, has_products, at_work)
        turn.say(welcome, buttons(role, commands) if has_products else _only(("products",)))
    else:
        turn.say(WelcomeStaff(turn.person.first_name, role), buttons(role, commands))


def help_(turn: Turn, commands: Mapping[str, Listed]) -> None:
    """/help of somebody on the staff: every command of their role."""
    if turn.role is not None:
        sells = may(turn.role, Right.SELL)
        # Everybody reads the terms; whoever sells writes them.
        names = (*staff_commands(commands, turn.role), *(("terms",) if sells else ()))
        turn.say(HelpSeller(names), (*buttons(turn.role, commands), *((ALSO,) if sells else ())))


def buttons(role: Role, commands: Mapping[str, Listed]) -> Keyboard:
    """What somebody of this role does most."""
    rows = (tuple(name for name in row if may(role, commands[name].right)) for row in BUTTONS)
    return _only(*(row for row in rows if row))


def _only(*rows: tuple[str, ...]) -> Keyboard:
    return tuple(tuple(ActionButton(Label(f"do_{name}"), "seller", (name,)) for name in row) for row in rows)
