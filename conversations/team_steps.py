"""Where an owner can be in /team (product 1): the list, an invitation, one member, their role, their leaving."""

from __future__ import annotations

from conversations.table import Step
from preorder.order import PersonId
from preorder.staff import Right
from preorder.values import dataclass


@dataclass(frozen=True)
class Team(Step, right=Right.TEAM):
    """Every step of /team."""


@dataclass(frozen=True)
class TeamList(Team):
    pass


@dataclass(frozen=True)
class TeamInvite(Team):
    """Which role shall the invitation be for?"""


@dataclass(frozen=True)
class AboutMember(Team):
    """Every step about somebody on the staff."""

    member_id: PersonId


@dataclass(frozen=True)
class TeamMember(AboutMember):
    pass


@dataclass(frozen=True)
class TeamRole(AboutMember):
    """Which role instead?"""


@dataclass(frozen=True)
class TeamRemove(AboutMember):
    pass
