"""When a board is put up, edited, left alone; and how the time that is left is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from preorder.board import APART, DELETABLE, TRY_AGAIN, Board, Move, next_move, time_left

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
HANGS = Board("@toko", message_id=7, said="sisa 3", said_at=NOW - APART, posted_at=NOW - APART)
NONE = Board("@toko")


@pytest.mark.parametrize(
    ("board", "wanted", "has_news", "move"),
    [
        (NONE, "sisa 3", True, "post"),
        (NONE, "tutup", False, "rest"),
        (HANGS, "sisa 3", True, "rest"),
        (HANGS, "sisa 2", True, "edit"),
        (HANGS, "tutup", False, "edit"),
        (replace(HANGS, said_at=NOW - APART + timedelta(seconds=1)), "sisa 2", True, "rest"),
        (replace(HANGS, said_at=NOW + timedelta(days=9)), "sisa 2", True, "edit"),
        (replace(HANGS, trouble="pin"), "sisa 2", True, "edit"),
        (replace(HANGS, trouble="post"), "sisa 2", True, "rest"),
        (replace(HANGS, trouble="post", said_at=NOW - TRY_AGAIN), "sisa 2", True, "edit"),
        (replace(HANGS, message_id=None), "sisa 2", True, "post"),
        (replace(HANGS, wants_anew=True), "sisa 3", True, "renew"),
        (replace(NONE, wants_anew=True), "tutup", False, "renew"),
        (replace(HANGS, is_on=False), "sisa 2", True, "retire"),
        (replace(NONE, is_on=False), "sisa 2", True, "rest"),
    ],
)
def test_the_next_move(board: Board, wanted: str, has_news: bool, move: Move) -> None:
    """A board changes when it would say something else, a minute after it last did; where we may not write, an hour."""
    assert next_move(board, wanted, is_on_its_way=False, has_news=has_news, now=NOW) == move


@pytest.mark.parametrize("board", [replace(HANGS, doing="editing"), replace(HANGS, doing="pinning", is_on=False)])
def test_one_thing_at_a_time_is_on_its_way(board: Board) -> None:
    """While a message of it is on its way nothing else is decided; then it is seen what became of it."""
    assert next_move(board, "sisa 1", is_on_its_way=True, has_news=True, now=NOW) == "rest"
    assert next_move(board, "sisa 1", is_on_its_way=False, has_news=True, now=NOW) == "settle"


@pytest.mark.parametrize(
    ("left", "counted"),
    [
        (timedelta(days=3, hours=23), (3, 0)),
        (timedelta(days=1), (1, 0)),
        (timedelta(hours=23, minutes=59), (0, 23)),
        (timedelta(hours=1), (0, 1)),
        (timedelta(minutes=59), (0, 0)),
        (timedelta(seconds=-5), (0, 0)),
    ],
)
def test_the_time_that_is_left_is_rounded_down(left: timedelta, counted: tuple[int, int]) -> None:
    """Full days, in the last day full hours: nobody comes too late because of the board."""
    assert time_left(NOW + left, NOW) == counted


def test_an_old_board_is_not_deleted_any_more() -> None:
    """Telegram lets a bot delete for 48 hours; a board that never hung is not deleted at all."""
    assert HANGS.is_deletable(NOW)
    assert not HANGS.is_deletable(NOW + DELETABLE)
    assert not NONE.is_deletable(NOW)
