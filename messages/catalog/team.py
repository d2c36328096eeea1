"""What is said about the staff: joining, leaving, roles, /team (product 1)."""

from __future__ import annotations

from datetime import datetime

from messages.catalog.base import Message
from preorder.staff import Role, StaffRole
from preorder.values import dataclass

# --- to whom works here -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WelcomeStaff(Message):
    """/start of finance, production or shipping, and to everybody who joined or got another role: what their part is;
    buttons follow."""

    first_name: str
    role: Role


@dataclass(frozen=True)
class NotYourPart(Message):
    """A polite refusal to somebody on the staff: this belongs to another role."""

    role: Role


@dataclass(frozen=True)
class LeftStaff(Message):
    """Told to whom an owner took off the staff."""


@dataclass(frozen=True)
class InvitationOver(Message):
    """A link that was used, withdrawn, or is too old; it is not said which."""


@dataclass(frozen=True)
class OwnerNeedsNoInvitation(Message):
    """An owner opened an invitation: it still counts for somebody else."""


@dataclass(frozen=True)
class NothingToProduce(Message):
    """The production recap while nothing is ordered that is to be made."""


# --- /team --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemberLine:
    """`name` is how they call themselves in Telegram, or their number there."""

    name: str
    username: str
    role: StaffRole


@dataclass(frozen=True)
class InvitationLine:
    role: StaffRole
    expires_at: datetime


@dataclass(frozen=True)
class TeamListed(Message):
    """Who is on the staff and which links were not used yet; both are numbered in one row."""

    members: tuple[MemberLine, ...]
    invitations: tuple[InvitationLine, ...]


@dataclass(frozen=True)
class AskInviteRole(Message):
    """Which role is the invitation for?"""


@dataclass(frozen=True)
class AskNewRole(Message):
    """Which role instead of the one they have?"""

    name: str
    current: StaffRole


@dataclass(frozen=True)
class MemberShown(Message):
    member: MemberLine


@dataclass(frozen=True)
class AskRemoveMember(Message):
    name: str


@dataclass(frozen=True)
class InvitationMade(Message):
    """The link, which is shown this once."""

    role: StaffRole
    link: str
    expires_at: datetime


@dataclass(frozen=True)
class InvitationWithdrawn(Message):
    role: StaffRole


@dataclass(frozen=True)
class RoleChanged(Message):
    name: str
    role: StaffRole


@dataclass(frozen=True)
class MemberRemoved(Message):
    name: str


@dataclass(frozen=True)
class MemberGone(Message):
    """Somebody who is not on the staff any more."""


@dataclass(frozen=True)
class TeamFull(Message):
    """So many people and open links are enough."""

    most: int


@dataclass(frozen=True)
class StaffJoined(Message):
    """Told to the owners when somebody used a link."""

    name: str
    username: str
    role: StaffRole
