"""The staff on the disk: a link works once, and only while it counts (product 1)."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from preorder.order import PersonId
from preorder.staff import INVITATION_LASTS
from storage import staff
from tests.storage.shelves import NOW, new_shelf, opened, side_by_side

pytestmark = pytest.mark.usefixtures("engine")

SARI, DEWI, AGUS = PersonId(1), PersonId(2), PersonId(3)
# What the guard forbids, for the twin that must fail.
UNGUARDED = {
    "use_invitation": "UPDATE invitations SET state = 'used', used_by = :person, used_at = :now "
    "WHERE token_hash = :token_hash AND expires_at > :now RETURNING role, made_by"
}


def join(shelf: str, changed: dict[str, str]) -> list[bool]:
    """Ten people open one link in the same instant; who is told to have joined."""

    def one(number: int, barrier: threading.Barrier) -> bool:
        with opened(shelf, changed) as tx:
            assert len(staff.invitations(tx, NOW)) == 1
            barrier.wait()
            return staff.join(tx, "token", PersonId(100 + number), NOW) is not None

    return side_by_side(10, one)


def test_a_link_lets_one_person_in(tmp_path: Path) -> None:
    """Of ten who open it at once one has joined, and the link is of no use any more."""
    shelf = new_shelf(tmp_path)
    with opened(shelf) as tx:
        staff.invite(tx, "token", "finance", SARI, NOW)
    assert join(shelf, {}).count(True) == 1
    with opened(shelf) as tx:
        assert [member.role for member in staff.members(tx)] == ["finance"]
        assert staff.invitations(tx, NOW) == []


def test_without_its_guard_a_link_would_let_all_in(tmp_path: Path) -> None:
    """The twin that does not ask whether it was used: all ten are on the staff."""
    shelf = new_shelf(tmp_path)
    with opened(shelf) as tx:
        staff.invite(tx, "token", "finance", SARI, NOW)
    assert join(shelf, UNGUARDED).count(True) == 10


def test_a_link_counts_for_two_days(tmp_path: Path) -> None:
    """A moment before its end it lets somebody in, at its end nobody; withdrawn it never does."""
    with opened(new_shelf(tmp_path)) as tx:
        staff.invite(tx, "first", "admin", SARI, NOW)
        staff.invite(tx, "second", "admin", SARI, NOW)
        ends = NOW + INVITATION_LASTS
        assert staff.join(tx, "first", DEWI, ends - timedelta(microseconds=1)) == "admin"
        assert staff.join(tx, "second", AGUS, ends) is None
        (left,) = staff.invitations(tx, NOW)
        assert staff.withdraw(tx, left.id)
        assert not staff.withdraw(tx, left.id)
        assert staff.join(tx, "second", AGUS, NOW) is None


def test_a_role_is_changed_and_taken_once(tmp_path: Path) -> None:
    """Somebody on the staff has one role, the latest; who has left cannot be changed or taken off again."""
    with opened(new_shelf(tmp_path)) as tx:
        staff.invite(tx, "token", "finance", SARI, NOW)
        staff.join(tx, "token", DEWI, NOW)
        assert staff.change_role(tx, DEWI, "shipping")
        assert not staff.change_role(tx, DEWI, "shipping")
        assert staff.role_of(tx, DEWI) == "shipping"
        assert staff.remove(tx, DEWI)
        assert not staff.remove(tx, DEWI)
        assert not staff.change_role(tx, DEWI, "finance")
        assert staff.role_of(tx, DEWI) is None
