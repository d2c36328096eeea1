"""What runs by itself (product 7): every kind is named with its switch, its time and its word for "too late"."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from bot.due_work import TOO_LATE
from bot.rule_plans import CANCELLABLE
from messages.render import labels
from preorder.errors import NotADuration
from preorder.rules import (
    ALWAYS,
    LATE,
    RULE_OF,
    RULES,
    WITH_DAYS,
    WITH_HOUR,
    WITH_LENGTHS,
    WITHOUT_SWITCH,
    Defaults,
    DueKind,
    RuleKind,
    read_lengths,
    usual,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_whatever_falls_due_has_a_rule_or_always_happens_for_a_reason() -> None:
    """A kind that a seller can neither set nor read the reason of would run behind the shop's back."""
    kinds = set(get_args(DueKind))
    assert RULE_OF.keys() | ALWAYS.keys() == kinds
    assert not RULE_OF.keys() & ALWAYS.keys()
    assert all(ALWAYS.values())
    assert set(RULE_OF.values()) == set(RULES) == set(get_args(RuleKind))


def test_whatever_falls_due_says_when_it_is_too_late_and_is_named_in_the_schedule() -> None:
    """Each has its limit, the one its rule's screen tells; each has a name in both languages."""
    assert TOO_LATE.keys() == set(get_args(DueKind))
    assert {kind: TOO_LATE[kind] for kind in RULE_OF} == {kind: LATE[of] for kind, of in RULE_OF.items()}
    for locale in ("id", "en"):
        assert {f"due_{kind}" for kind in get_args(DueKind)} <= labels(locale).keys()


def test_what_has_no_rule_is_not_called_off() -> None:
    """Nothing that always happens can be called off, and nothing that was promised to a buyer."""
    assert not CANCELLABLE & ALWAYS.keys()
    assert not {RULE_OF[kind] for kind in CANCELLABLE} & WITHOUT_SWITCH


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_has_a_time(kind: RuleKind) -> None:
    """An hour, days or lengths can be set; out of the box every one holds, the public posts apart."""
    assert kind in WITH_HOUR | WITH_DAYS | WITH_LENGTHS.keys()
    rule = usual(kind, Defaults())
    assert rule.is_on is (kind != "channel_post")
    assert (rule.days > 0) is (kind in WITH_DAYS)
    assert len(rule.lengths) <= WITH_LENGTHS.get(kind, 0)


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("3 hari, 1 hari, 3 jam", (3 * DAY, DAY, 3 * HOUR)),
        ("3d,1d,3h", (3 * DAY, DAY, 3 * HOUR)),
        ("3 jam dan 2 hari", (2 * DAY, 3 * HOUR)),
        ("1 day and 90 minutes", (DAY, 1.5 * HOUR)),
        ("1 hari 12 jam\n6 jam", (1.5 * DAY, 6 * HOUR)),
        ("24 jam, 1 hari", (DAY,)),
        ("setengah jam", (HOUR / 2,)),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, lengths: tuple[timedelta, ...]) -> None:
    """The longest first, each once."""
    assert read_lengths(text, 5) == lengths


@pytest.mark.parametrize(
    ("text", "at_most"), [("", 5), ("tiga", 5), ("1j,2j", 1), ("1j,2j,3j,4j,5j,6j", 5), ("1 menit", 5), ("31 hari", 5)]
)
def test_what_is_no_length_is_asked_for_again(text: str, at_most: int) -> None:
    """Nothing, too many, too short, too long."""
    with pytest.raises(NotADuration):
        read_lengths(text, at_most)
