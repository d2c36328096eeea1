"""/team: who is on the staff, inviting, changing roles, taking somebody off (product 1).

In: the step, what was said, the snapshot. Out: the next step with its effect, or a sentence why not. Taking somebody
off is asked once; the commit checks again that they are still there.
"""

from __future__ import annotations

from typing import Final

from conversations.said import Back, Cancel, Picked
from conversations.seller_open import leave
from conversations.seller_reading import quoted
from conversations.seller_work import YES, leave_work
from conversations.shop import Shop
from conversations.table import At, Go, Stay, at, on
from conversations.team_effects import ChangeStaffRole, InviteStaff, RemoveStaff, WithdrawInvitation
from conversations.team_steps import AboutMember, TeamInvite, TeamList, TeamMember, TeamRemove, TeamRole
from messages.catalog.selling_unclear import ChoiceUnclear
from messages.catalog.team import InvitationOver, InvitationWithdrawn, MemberGone, MemberRemoved, RoleChanged, TeamFull
from preorder.staff import MOST_STAFF, STAFF_ROLES, StaffRole

INVITE: Final = "invite"
CHANGE: Final = "role"
REMOVE: Final = "remove"
MEMBER: Final = "m."  # before a member's id on a button
INVITATION: Final = "i."  # before an invitation's


def begin_team() -> Go[TeamList]:
    """/team."""
    return Go(TeamList())


def pick_in_team(_at: TeamList, said: Picked, shop: Shop) -> Go[TeamInvite] | Go[TeamMember] | Go[TeamList] | Stay:
    if said.value == INVITE:
        is_full = len(shop.team) + len(shop.invitations) >= MOST_STAFF
        return Stay(TeamFull(MOST_STAFF)) if is_full else Go(TeamInvite())
    if said.value.startswith(INVITATION):
        return _withdraw(said.value.removeprefix(INVITATION), shop)
    member = next((one for one in shop.team if said.value == f"{MEMBER}{one.id}"), None)
    return Go(TeamMember(member.id)) if member else Stay(ChoiceUnclear(quoted(said.value)))


def _withdraw(invitation_id: str, shop: Shop) -> Go[TeamList]:
    found = next((one for one in shop.invitations if one.id == invitation_id), None)
    if found is None:
        return Go(TeamList(), say=(InvitationOver(),))
    return Go(TeamList(), do=(WithdrawInvitation(found.id),), say=(InvitationWithdrawn(found.role),))


def pick_role_to_invite(_at: TeamInvite, said: Picked, _shop: Shop) -> Go[TeamList] | Stay:
    role = _role(said)
    return Go(TeamList(), do=(InviteStaff(role),)) if role else Stay(ChoiceUnclear(quoted(said.value)))


def _role(said: Picked) -> StaffRole | None:
    return next((role for role in STAFF_ROLES if role == said.value), None)


def pick_on_member(at: TeamMember, said: Picked, shop: Shop) -> Go[TeamRole] | Go[TeamRemove] | Go[TeamList] | Stay:
    if shop.mate(at.member_id) is None:
        return _gone()
    match said.value:
        case value if value == CHANGE:
            return Go(TeamRole(at.member_id))
        case value if value == REMOVE:
            return Go(TeamRemove(at.member_id))
        case _:
            return Stay(ChoiceUnclear(quoted(said.value)))


def pick_other_role(at: TeamRole, said: Picked, shop: Shop) -> Go[TeamList] | Stay:
    role, mate = _role(said), shop.mate(at.member_id)
    if mate is None:
        return _gone()
    if role is None:
        return Stay(ChoiceUnclear(quoted(said.value)))
    changed = RoleChanged(mate.name, role)
    if mate.role == role:
        return Go(TeamList(), say=(changed,))
    return Go(TeamList(), do=(ChangeStaffRole(mate.id, role),), say=(changed,))


def decide_removal(at: TeamRemove, said: Picked, shop: Shop) -> Go[TeamList] | Go[TeamMember]:
    mate = shop.mate(at.member_id)
    if mate is None:
        return _gone()
    if said.value != YES:
        return Go(TeamMember(mate.id))
    return Go(TeamList(), do=(RemoveStaff(mate.id),), say=(MemberRemoved(mate.name),))


def _gone() -> Go[TeamList]:
    return Go(TeamList(), say=(MemberGone(),))


def back_to_team(_at: TeamInvite | TeamMember, _said: Back, _shop: Shop) -> Go[TeamList]:
    return Go(TeamList())


def back_to_member(at: AboutMember, _said: Back, _shop: Shop) -> Go[TeamMember]:
    return Go(TeamMember(at.member_id))


TEAM_PLACES: Final[tuple[At, ...]] = (
    at(TeamList, on(Picked, pick_in_team), on(Back, leave_work), on(Cancel, leave)),
    at(TeamInvite, on(Picked, pick_role_to_invite), on(Back, back_to_team), on(Cancel, leave)),
    at(TeamMember, on(Picked, pick_on_member), on(Back, back_to_team), on(Cancel, leave)),
    at(TeamRole, on(Picked, pick_other_role), on(Back, back_to_member), on(Cancel, leave)),
    at(TeamRemove, on(Picked, decide_removal), on(Back, back_to_member), on(Cancel, leave)),
)
