"""Invitations on the disk: for one year and occasion somebody is invited once, however many look (product 7)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from preorder.order import PersonId
from storage import celebrations
from tests.storage.shelves import NOW, new_shelf, opened, side_by_side

pytestmark = pytest.mark.usefixtures("engine")

RINA, BUDI = PersonId(7), PersonId(8)


def test_for_one_year_somebody_is_invited_once(tmp_path: Path) -> None:
    """The second time is refused; another occasion, another year and another person are invitations of their own."""
    with opened(new_shelf(tmp_path)) as tx:
        assert celebrations.invite(tx, RINA, "birthday", 2026, NOW)
        assert not celebrations.invite(tx, RINA, "birthday", 2026, NOW)
        assert celebrations.invite(tx, RINA, "anniversary", 2026, NOW)
        assert celebrations.invite(tx, RINA, "birthday", 2027, NOW)
        assert celebrations.invite(tx, BUDI, "birthday", 2026, NOW)


def test_of_several_that_look_at_once_one_invites(tmp_path: Path) -> None:
    """Each has read that nobody was invited yet: one may say it."""
    url = new_shelf(tmp_path)

    def invite(_number: int, barrier: threading.Barrier) -> bool:
        with opened(url) as own:
            barrier.wait()
            return celebrations.invite(own, RINA, "birthday", 2026, NOW)

    assert sorted(side_by_side(4, invite)) == [False, False, False, True]


def test_the_question_is_asked_once(tmp_path: Path) -> None:
    """Offered, or answered without having been asked: not offered again."""
    with opened(new_shelf(tmp_path)) as tx:
        assert celebrations.offer(tx, RINA)
        assert not celebrations.offer(tx, RINA)
        celebrations.keep_birthday(tx, BUDI, "05-14")
        assert not celebrations.offer(tx, BUDI)
