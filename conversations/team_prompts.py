"""Step → screen for /team. Pure. Members and links are numbered in one row, so that a number can be typed."""

from __future__ import annotations

from typing import Final

from conversations.buttons import Button
from conversations.product_prompts import YES_NO
from conversations.prompt import WAY_OUT, Prompt, in_rows, one_a_row
from conversations.shop import Shop
from conversations.table import Step
from conversations.team_flow import CHANGE, INVITATION, INVITE, MEMBER, REMOVE
from conversations.team_steps import AboutMember, TeamInvite, TeamList, TeamMember, TeamRemove, TeamRole
from messages.catalog import Label, Message, Plain
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.team import (
    AskInviteRole,
    AskNewRole,
    AskRemoveMember,
    InvitationLine,
    MemberGone,
    MemberLine,
    MemberShown,
    TeamListed,
)
from preorder.staff import STAFF_ROLES, StaffRole


def team_prompt(step: Step, shop: Shop) -> Prompt | None:
    match step:
        case TeamList():
            return _list(shop)
        case TeamInvite():
            return _roles(AskInviteRole(), None)
        case AboutMember():
            return _member(step, shop)
        case _:
            return None


def _list(shop: Shop) -> Prompt:
    members = [Button(Plain(mate.name), f"{MEMBER}{mate.id}", choice=True) for mate in shop.team]
    links = [Button(Label(f"withdraw_{one.role}"), f"{INVITATION}{one.id}", choice=True) for one in shop.invitations]
    message = TeamListed(
        tuple(MemberLine(mate.name, mate.username, mate.role) for mate in shop.team),
        tuple(InvitationLine(one.role, one.expires_at) for one in shop.invitations),
    )
    return Prompt(message, (*one_a_row([*members, *links, Button(Label("invite"), INVITE)]), *WAY_OUT))


def _roles(message: Message, but: StaffRole | None) -> Prompt:
    buttons = [Button(Label(f"role_{role}"), role, choice=True) for role in STAFF_ROLES if role != but]
    return Prompt(message, (*in_rows(buttons, 2), *WAY_OUT))


def _member(step: AboutMember, shop: Shop) -> Prompt | None:
    mate = shop.mate(step.member_id)
    if mate is None:
        return Prompt(MemberGone(), WAY_OUT)
    match step:
        case TeamMember():
            choices = (Button(Label("change_role"), CHANGE), Button(Label("remove_member"), REMOVE))
            message = MemberShown(MemberLine(mate.name, mate.username, mate.role))
            return Prompt(message, (*one_a_row(choices), *WAY_OUT))
        case TeamRole():
            return _roles(AskNewRole(mate.name, mate.role), mate.role)
        case TeamRemove():
            return Prompt(AskRemoveMember(mate.name), (YES_NO, *WAY_OUT))
        case _:
            return None


TEAM_HINTS: Final[dict[type[Step], Message]] = dict.fromkeys(
    (TeamList, TeamInvite, TeamMember, TeamRole, TeamRemove), SellerHint("button")
)
