"""Somebody opens an invitation to the staff (product 1). Inside a turn's transaction."""

from __future__ import annotations

from bot import conversation, team_work
from bot.turn import Turn
from messages.catalog.team import InvitationOver, OwnerNeedsNoInvitation, StaffJoined
from preorder.staff import Right
from storage import people, staff


def join(turn: Turn, token: str) -> None:
    """Somebody opened an invitation. Used, withdrawn, too old or made up: it is not said which."""
    if turn.role == "owner":
        conversation.answer(turn, OwnerNeedsNoInvitation())
        return
    role = staff.join(turn.tx, token, turn.person.id, turn.now)
    people.note_action(turn.tx, turn.person.id, "JoinStaff", role or "", allowed=role is not None, now=turn.now)
    if role is None:
        conversation.answer(turn, InvitationOver())
        return
    turn.forget_role()
    team_work.welcome(turn, turn.person.id, role)
    joined = StaffJoined(turn.person.first_name, turn.person.username, role)
    turn.tell_sellers(joined, key=f"joined:{turn.origin}", right=Right.TEAM)
    conversation.go_on(turn)
