"""What /team asks to be done, as values; `bot.team_work` carries it out."""

from __future__ import annotations

from conversations.effects import Effect
from preorder.order import PersonId
from preorder.staff import Right, StaffRole
from preorder.values import dataclass


@dataclass(frozen=True)
class InviteStaff(Effect, right=Right.TEAM):
    """Make a link by which one person may join, and say it."""

    role: StaffRole


@dataclass(frozen=True)
class WithdrawInvitation(Effect, right=Right.TEAM):
    """A link is not to be used any more; `AlreadyDone` when it was used or withdrawn before."""

    invitation_id: str


@dataclass(frozen=True)
class ChangeStaffRole(Effect, right=Right.TEAM):
    """Give somebody on the staff another role; `AlreadyDone` when they have left, or have it."""

    member_id: PersonId
    role: StaffRole


@dataclass(frozen=True)
class RemoveStaff(Effect, right=Right.TEAM):
    """Take somebody off the staff; `AlreadyDone` when they have left."""

    member_id: PersonId
