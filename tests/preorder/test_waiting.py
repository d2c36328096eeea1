"""How many slots the next in line is offered (product 4)."""

from __future__ import annotations

import pytest

from preorder.waiting import pieces_to_offer


@pytest.mark.parametrize(
    ("wanted", "left", "minimum", "maximum", "mine", "offered"),
    [
        (2, 5, 1, None, 0, 2),
        (3, 1, 1, None, 0, 1),
        (2, 0, 1, None, 0, 0),
        (5, 5, 1, 3, 1, 2),
        (5, 5, 1, 3, 3, 0),
        (3, 1, 2, None, 0, 0),
        (3, 1, 2, None, 1, 1),
    ],
    ids=[
        "all",
        "what there is",
        "none",
        "up to the maximum",
        "at the maximum",
        "too few to order",
        "enough with theirs",
    ],
)
def test_what_is_of_use_is_offered(
    wanted: int, left: int, minimum: int, maximum: int | None, mine: int, offered: int
) -> None:
    """Never more than is left or allowed, and nothing with which no order could be placed."""
    assert pieces_to_offer(wanted, left, minimum, maximum, mine) == offered
