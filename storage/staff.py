"""The staff and the links by which they join (product 1).

A link's token is known to whoever was given it; only its hash is kept. It is taken by one guarded update, so that it
works once, however many press it at the same moment.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from preorder.order import PersonId
from preorder.staff import INVITATION_LASTS, STAFF_ROLES, StaffRole
from preorder.values import dataclass
from storage.database import Tx
from storage.ids import short_id
from storage.moments import from_text, to_text


@dataclass(frozen=True)
class Member:
    """Somebody on the staff; `first_name` is empty when they have never written."""

    id: PersonId
    role: StaffRole
    first_name: str
    username: str


@dataclass(frozen=True)
class Invitation:
    """A link that nobody has used yet; `expires_at` is UTC."""

    id: str
    role: StaffRole
    expires_at: datetime


def _role(text: str) -> StaffRole:
    return next(role for role in STAFF_ROLES if role == text)


def role_of(tx: Tx, person_id: PersonId) -> StaffRole | None:
    """The role this person was given; None for buyers, and for owners who were never invited."""
    text = tx.value("staff_role", person=person_id)
    return None if text is None else _role(text)


def members(tx: Tx) -> list[Member]:
    """Everybody who was invited and came, first come first."""
    return [
        Member(PersonId(row["person_id"]), _role(row["role"]), row["first_name"], row["username"])
        for row in tx.all("staff_all")
    ]


def change_role(tx: Tx, person_id: PersonId, role: StaffRole) -> bool:
    """False when the person is not on the staff, or has this role."""
    return tx.run("change_staff_role", person=person_id, role=role) == 1


def remove(tx: Tx, person_id: PersonId) -> bool:
    """False when the person is not on the staff."""
    return tx.run("drop_staff", person=person_id) == 1


# --- invitations -------------------------------------------------------------------------------------------------


def _hash(token: str) -> str:
    # The token is long and random, so a plain hash cannot be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()


def invite(tx: Tx, token: str, role: StaffRole, by: PersonId, now: datetime) -> datetime:
    """Keep an invitation; returns until when (UTC) it can be used."""
    expires_at = now + INVITATION_LASTS
    tx.run(
        "put_invitation",
        id=short_id(),
        token_hash=_hash(token),
        role=role,
        by=by,
        now=to_text(now),
        expires_at=to_text(expires_at),
    )
    return expires_at


def join(tx: Tx, token: str, person_id: PersonId, now: datetime) -> StaffRole | None:
    """Use an invitation: the person is on the staff now, in this role; None when it cannot be used (any more)."""
    used = tx.one("use_invitation", token_hash=_hash(token), person=person_id, now=to_text(now))
    if used is None:
        return None
    tx.run("put_staff", person=person_id, role=used["role"], by=used["made_by"], now=to_text(now))
    return _role(used["role"])


def invitations(tx: Tx, now: datetime) -> list[Invitation]:
    """Those that could still be used, the one that ends first in front."""
    return [
        Invitation(row["id"], _role(row["role"]), from_text(row["expires_at"]))
        for row in tx.all("open_invitations", now=to_text(now))
    ]


def withdraw(tx: Tx, invitation_id: str) -> bool:
    """False when it was used or withdrawn before."""
    return tx.run("withdraw_invitation", id=invitation_id) == 1
