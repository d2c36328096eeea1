"""/board: whether the board is kept, what it says, putting it up anew (product 3). Pure."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.effects import RenewBoard, SwitchBoard
from conversations.prompt import WAY_OUT, Prompt
from conversations.said import Back, Picked
from conversations.seller_reading import quoted
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Label, Message
from messages.catalog.board import (
    BoardNeedsChannel,
    BoardRenewed,
    BoardShown,
    BoardSwitched,
    BoardTargetSwitched,
)
from messages.catalog.selling_unclear import ChoiceUnclear, SellerHint, SellerLeft
from preorder.staff import Right
from preorder.values import dataclass

SWITCH: Final = "switch"
TARGET: Final = "target"
ANEW: Final = "anew"


@dataclass(frozen=True)
class BoardMenu(Step, right=Right.SELL):
    """The board's switches."""


def begin_board(shop: Shop) -> Go[BoardMenu] | Stay:
    """/board."""
    return Go(BoardMenu()) if shop.has_channel else Stay(BoardNeedsChannel())


def pick_on_board(_at: BoardMenu, said: Picked, shop: Shop) -> Go[BoardMenu] | Go[Home] | Stay:
    seen = shop.board
    if seen is None:
        return Go(Home(), say=(BoardNeedsChannel(),))
    is_on, shows_target = seen.board.is_on, seen.board.shows_target
    match said.value:
        case "switch":
            switched = SwitchBoard(not is_on, shows_target)
            return Go(BoardMenu(), do=(switched,), say=(BoardSwitched(not is_on),))
        case "target":
            switched = SwitchBoard(is_on, not shows_target)
            return Go(BoardMenu(), do=(switched,), say=(BoardTargetSwitched(not shows_target),))
        case "anew" if is_on:
            return Go(BoardMenu(), do=(RenewBoard(),), say=(BoardRenewed(),))
        case other:
            return Stay(ChoiceUnclear(quoted(other)))


def board_to_home(_at: BoardMenu, _said: Back, _shop: Shop) -> Go[Home]:
    return Go(Home(), say=(SellerLeft(),))


def board_prompt(step: Step, shop: Shop) -> Prompt | None:
    """The screen; None for another step."""
    if not isinstance(step, BoardMenu):
        return None
    seen = shop.board
    if seen is None:
        return Prompt(BoardNeedsChannel(), WAY_OUT)
    board = seen.board
    switch = Button(Label("board_off" if board.is_on else "board_on"), SWITCH)
    target = Button(Label("board_target_off" if board.shows_target else "board_target_on"), TARGET)
    anew = ((Button(Label("board_anew"), ANEW),),) if board.is_on else ()
    hangs = board.message_id is not None
    shown = BoardShown(seen.says, board.is_on, hangs, board.shows_target, board.trouble)
    return Prompt(shown, (*anew, (target,), (switch,), *WAY_OUT))


BOARD_HINTS: Final[dict[type[Step], Message]] = {BoardMenu: SellerHint("button")}
