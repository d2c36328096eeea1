"""What is said about the staff: joining, leaving, roles, /team (product 1)."""

from __future__ import annotations

from messages.catalog.base import Message
from preorder.staff import Role
from preorder.values import dataclass


@dataclass(frozen=True)
class WelcomeStaff(Message):
    """/start for finance, production or shipping: what their part is; buttons follow."""

    first_name: str
    role: Role


@dataclass(frozen=True)
class NothingToProduce(Message):
    """The production recap while nothing is ordered that is to be made."""
