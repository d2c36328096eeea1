"""The board in the channel or group: put up, pinned, kept true, taken down (product 3). In a transaction.

The tick asks again and again whether the board says what it should, and does the next thing about it: so it follows
whatever happens to slots and time, and goes on after a restart where it was. One thing at a time is on its way; what it
says in the end is the newest. It changes no batch.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot import markup
from bot.house import House
from bot.turn import NO_PREVIEW, Turn, chat_number
from conversations.boarding import board_keyboard, on_board, slot_board
from conversations.buttons import Keyboard
from conversations.effects import RenewBoard, SwitchBoard
from conversations.shop import BoardSeen
from messages.catalog import Message
from messages.catalog.board import BoardNotPinned, BoardNotPosted, BoardRetired, BoardWasDeleted, SlotBoard
from preorder.batch import Batch, BatchId, BatchState
from preorder.board import Board, Doing, Move, next_move
from storage import batches, boards, outbox
from storage.boards import Outcome
from storage.database import Tx
from storage.outbox import Outgoing, Priority

COMING: Final[tuple[BatchState, ...]] = ("scheduled", "open")
AT_WORK: Final[tuple[BatchState, ...]] = (*COMING, "closed", "producing", "ready", "shipping")
# It shares a screen of 4096 characters with its switches. So much of it is tried, one after the other.
LONGEST: Final = 3400
ROOMS: Final = (60, 30, 15, 6, 1)
# Why something was given up that the chat's owner can do nothing about (bot.verdict), and what says that it is gone.
_NOT_REFUSED: Final = ("nobody knows", "not sent")
_GONE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to pin not found",
)


# --- the tick ----------------------------------------------------------------------------------------------------


def is_wanted(tx: Tx, house: House, now: datetime) -> bool:
    """Is there anything to do about the board?"""
    board = _of(tx, house)
    return board is not None and _move(tx, house, board, now)[0] != "rest"


def keep(tx: Tx, house: House, now: datetime) -> None:
    """Do the next thing about it, if it is still to be done."""
    board = _of(tx, house)
    if board is None:
        return
    move, params = _move(tx, house, board, now)
    match move:
        case "settle":
            _settle(tx, house, board, now)
        case "post":
            _say(tx, board, "posting", params, now)
        case "edit":
            _say(tx, board, "editing", params, now)
        case "renew":
            boards.want_anew(tx, board.chat, False)
            _leave(tx, house, board, now, has_moved=True)
            _say(tx, replace(board, message_id=None, trouble=""), "posting", params, now)
        case "retire":
            _leave(tx, house, board, now, has_moved=False)
            down = replace(board, number=board.number + 1, message_id=None, said="", said_at=None, trouble="")
            boards.move(tx, board, down)
        case "rest":
            pass


def _of(tx: Tx, house: House) -> Board | None:
    """The shop's board; None without a chat for it, or before the bot knows the name that its links need."""
    chat = house.settings.channel_id
    return boards.of(tx, chat) if chat is not None and house.username else None


def _move(tx: Tx, house: House, board: Board, now: datetime) -> tuple[Move, dict[str, Any]]:
    """The next move, and what the board should say where that matters."""
    waits = bool(board.doing) and boards.outcome(tx, _key(board)).state == "waits"
    if board.doing or not board.is_on:
        return next_move(board, "", is_on_its_way=waits, has_news=False, now=now), {}
    known = _known(tx, now)
    has_news = bool(on_board(known, now))
    if board.message_id is None and not has_news and not board.wants_anew:
        return "rest", {}
    board_now = _fitting(tx, house, board, known, now)
    params = _params(house, board_now, board_keyboard(known, now, house.deep_link))
    return next_move(board, _text(params), is_on_its_way=False, has_news=has_news, now=now), params


def _key(board: Board) -> str:
    return f"board:{board.chat}:{board.number}"


# --- what it says ------------------------------------------------------------------------------------------------


def _known(tx: Tx, now: datetime) -> tuple[Batch, ...]:
    """What the board is about; what has closed matters only while nothing is open, and need not be read each second."""
    known = batches.in_states(tx, COMING)
    return known if on_board(known, now) else batches.in_states(tx, AT_WORK)


def _fitting(tx: Tx, house: House, board: Board, known: tuple[Batch, ...], now: datetime) -> SlotBoard:
    """The board with as many products and variants as find room."""
    reached = _reached(tx, on_board(known, now)) if board.shows_target else {}
    says = slot_board(known, now, reached, ROOMS[0])
    for room in ROOMS[1:]:
        if markup.visible_length(house.words.text(says, house.settings.locale)) <= LONGEST:
            break
        says = slot_board(known, now, reached, room)
    return says


def _reached(tx: Tx, shown: tuple[Batch, ...]) -> dict[BatchId, int]:
    """Percent of its target that each batch has sold, for those that have one."""
    return {batch.id: batches.goods(tx, batch.id) * 100 // batch.target for batch in shown if batch.target}


def _params(house: House, message: Message, keyboard: Keyboard = ()) -> dict[str, Any]:
    locale = house.settings.locale
    text = house.words.text(message, locale)
    params: dict[str, Any] = {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
    keys = markup.markup(keyboard, house.words, locale, 0)
    return params if keys is None else {**params, "reply_markup": keys}


def _text(params: dict[str, Any]) -> str:
    return json.dumps(params, ensure_ascii=False, separators=(",", ":"))


# --- its messages ------------------------------------------------------------------------------------------------


def _say(tx: Tx, board: Board, doing: Doing, params: dict[str, Any], now: datetime) -> None:
    """It says this from now on, in a new message or in the old one."""
    after = replace(board, doing=doing, number=board.number + 1, said=_text(params), said_at=now)
    if not boards.move(tx, board, after):
        return
    if doing == "posting":
        # The announcement rings; a board beside it need not.
        _put(tx, after, "sendMessage", {**params, "disable_notification": True}, now)
    else:
        _put(tx, after, "editMessageText", {**params, "message_id": board.message_id}, now)


def _leave(tx: Tx, house: House, board: Board, now: datetime, *, has_moved: bool) -> None:
    """The old message goes where that is possible, else it says that it is kept no more."""
    if board.message_id is None:
        return
    at = {"message_id": board.message_id}
    if has_moved and board.is_deletable(now):
        _put(tx, board, "deleteMessage", at, now, ":gone")
        return
    _put(tx, board, "editMessageText", {**_params(house, BoardRetired(has_moved)), **at}, now, ":last")
    if board.trouble != "pin":
        _put(tx, board, "unpinChatMessage", at, now, ":unpin")


def _put(tx: Tx, board: Board, method: str, params: dict[str, Any], now: datetime, of_the_old: str = "") -> None:
    # People go first; and an announcement that waits for the morning in the same chat does not hold it back.
    named = {"chat_id": board.chat, **params}
    row = Outgoing(_key(board) + of_the_old, chat_number(board.chat), method, named, Priority.BROADCAST)
    outbox.put(tx, row, now)


def _settle(tx: Tx, house: House, board: Board, now: datetime) -> None:
    """What was on its way has arrived, or was refused."""
    outcome = boards.outcome(tx, _key(board))
    done = replace(board, doing="")
    if outcome.state == "failed":
        _refused(tx, house, done, board, outcome, now)
        return
    match board.doing:
        case "posting":
            hangs = replace(board, message_id=outcome.message_id, posted_at=now, trouble="")
            after = replace(hangs, doing="pinning", number=board.number + 1)
            if boards.move(tx, board, after):
                pinned = {"message_id": outcome.message_id, "disable_notification": True}
                _put(tx, after, "pinChatMessage", pinned, now)
        case "pinning":
            boards.move(tx, board, replace(done, trouble=""))
        case _:
            boards.move(tx, board, replace(done, trouble="" if board.trouble == "post" else board.trouble))


def _refused(tx: Tx, house: House, done: Board, board: Board, outcome: Outcome, now: datetime) -> None:
    """Gone, it comes again; not allowed, the sellers are told once how to mend it; else it is simply tried again."""
    turn = Turn.unasked(tx, house, now, _key(board))
    why = outcome.error.lower()
    if any(words in why for words in _GONE):
        if boards.move(tx, board, replace(done, message_id=None, said="", trouble="")):
            turn.tell_sellers(BoardWasDeleted(), key=f"{_key(board)}:deleted")
    elif not why or why.startswith(_NOT_REFUSED):
        boards.move(tx, board, replace(done, said=""))
    elif board.doing == "pinning":
        if boards.move(tx, board, replace(done, trouble="pin")) and board.trouble != "pin":
            turn.tell_sellers(BoardNotPinned(), key=f"{_key(board)}:pin")
    elif boards.move(tx, board, replace(done, said="", trouble="post")) and board.trouble != "post":
        turn.tell_sellers(BoardNotPosted(), key=f"{_key(board)}:post")


# --- /board ------------------------------------------------------------------------------------------------------


def seen(turn: Turn) -> BoardSeen | None:
    """The board as a seller looks at it; None without a chat for it."""
    board = _of(turn.tx, turn.house)
    if board is None:
        return None
    return BoardSeen(board, _fitting(turn.tx, turn.house, board, _known(turn.tx, turn.now), turn.now))


def switch(turn: Turn, effect: SwitchBoard) -> None:
    """On or off, with the target or without; the tick does the rest."""
    turn.demand(effect.right)
    chat = turn.house.settings.channel_id
    if chat is not None:
        boards.switch(turn.tx, chat, is_on=effect.is_on, shows_target=effect.shows_target)


def renew(turn: Turn, effect: RenewBoard) -> None:
    """Put it up anew, as the newest message; also after somebody has mended what we were not allowed to do."""
    turn.demand(effect.right)
    chat = turn.house.settings.channel_id
    if chat is not None:
        boards.want_anew(turn.tx, chat, True)
