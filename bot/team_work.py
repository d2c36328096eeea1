"""What happens to the staff: invited, given another role, taken off (product 1). Inside a turn's transaction.

A link works once and for 48 hours; its token is random and only its hash is kept. Whoever joins, changes or leaves is
told, and sees the menu of what they may do now at once.
"""

from __future__ import annotations

import secrets
from typing import Final

from bot import menus, staff_front
from bot.turn import Turn
from conversations.buttons import CopyButton
from messages.catalog import Label
from messages.catalog.team import InvitationMade, LeftStaff, WelcomeStaff
from preorder.errors import AlreadyDone
from preorder.order import PersonId
from preorder.staff import StaffRole
from storage import staff

LINK_TO_TEAM: Final = "team_"
TOKEN_BYTES: Final = 18  # 144 bits; 24 letters, of the 64 that a deep link may have


def invite(turn: Turn, role: StaffRole) -> None:
    """Make a link and say it, this once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = staff.invite(turn.tx, token, role, turn.person.id, turn.now)
    link = turn.house.deep_link(LINK_TO_TEAM + token)
    turn.say(InvitationMade(role, link, expires_at), ((CopyButton(Label("copy_link"), link),),))


def withdraw(turn: Turn, invitation_id: str) -> None:
    """Raises `AlreadyDone` when the link was used or withdrawn before."""
    if not staff.withdraw(turn.tx, invitation_id):
        raise AlreadyDone


def change_role(turn: Turn, member_id: PersonId, role: StaffRole) -> None:
    """Raises `AlreadyDone` when they have left, or have it."""
    if not staff.change_role(turn.tx, member_id, role):
        raise AlreadyDone
    welcome(turn, member_id, role)


def remove(turn: Turn, member_id: PersonId) -> None:
    """Raises `AlreadyDone` when they have left."""
    if not staff.remove(turn.tx, member_id):
        raise AlreadyDone
    menus.queue_for_leaver(turn.tx, turn.house, member_id, turn.origin, turn.now)
    turn.tell(member_id, LeftStaff(), key=f"left:{turn.origin}")


def welcome(turn: Turn, member_id: PersonId, role: StaffRole) -> None:
    """Tell somebody what their part is now, and give them the menu for it."""
    from bot.commands import COMMANDS  # here: the table of commands knows this module

    menus.queue_for_staff(turn.tx, turn.house, COMMANDS, member_id, role, turn.origin, turn.now)
    message = WelcomeStaff(turn.reader(member_id).first_name, role)
    turn.tell(member_id, message, staff_front.buttons(role, COMMANDS), key=f"staff:{turn.origin}")
