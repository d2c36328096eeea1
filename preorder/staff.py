"""Who works in the shop and what each may do (product 1). Pure.

A right is what a command, a button, a step or a change asks for; a role is what a person has. Owners are named in the
settings, everybody else on the staff is invited, and whoever has no role is a buyer.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Final, Literal

StaffRole = Literal["admin", "finance", "production", "shipping"]
Role = Literal["owner", "admin", "finance", "production", "shipping"]
STAFF_ROLES: Final[tuple[StaffRole, ...]] = ("admin", "finance", "production", "shipping")

MOST_STAFF: Final = 30  # people and open links together: they stand on one screen
INVITATION_LASTS: Final = timedelta(hours=48)


class Right(Enum):
    """What somebody may do; `HOLDERS` says who."""

    BUY = "buy"
    """Everybody: look, order, pay, follow one's own orders."""
    WORK = "work"
    """Everybody on the staff, whatever their role."""
    SELL = "sell"
    """Catalogue, batches, prices, broadcasts, the shop's texts; the figures of the day."""
    JUDGE = "judge"
    """Money: proofs, refunds, statements, the export."""
    MAKE = "make"
    """Production stages and the production recap."""
    SHIP = "ship"
    """Packing, labels, tracking numbers."""
    TEAM = "team"
    """Staff and settings."""


HOLDERS: Final[dict[Right, frozenset[Role]]] = {
    Right.WORK: frozenset({"owner", *STAFF_ROLES}),
    Right.SELL: frozenset({"owner", "admin"}),
    Right.JUDGE: frozenset({"owner", "admin", "finance"}),
    Right.MAKE: frozenset({"owner", "admin", "production"}),
    Right.SHIP: frozenset({"owner", "admin", "shipping"}),
    Right.TEAM: frozenset({"owner"}),
}


def may(role: Role | None, right: Right) -> bool:
    """May a person of this role (None: a buyer) do this?"""
    return right is Right.BUY or role in HOLDERS[right]
