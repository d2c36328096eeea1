"""The line for slots that come back (product 4): how many of them the next in line is offered. Pure; whole pieces.

Who came first is asked first. Whoever cannot use what came back is passed over and keeps their place.
"""

from __future__ import annotations


def pieces_to_offer(wanted: int, left: int, minimum: int, maximum: int | None, mine: int) -> int:
    """What somebody who wants `wanted` is offered of the `left` slots of their variant: what there is, also when it is
    less than they want; 0 when it is of no use to them.

    `mine` pieces are theirs in the batch already; with what is offered they must come to the `minimum` a buyer and stay
    within the `maximum`.
    """
    room = wanted if maximum is None else min(wanted, maximum - mine)
    offered = max(0, min(left, room))
    return offered if offered + mine >= minimum else 0
