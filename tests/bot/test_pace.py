"""The pace: pure decisions about when a message may leave."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, repeat

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import CHAT_BURST, CHAT_REFILL, GROUP_ROOM, GROUP_SPAN, Pace

BUYER, GROUP = 7001, -100500
gaps = st.lists(st.floats(0, 3, allow_nan=False), min_size=1, max_size=120)


def departures(
    pace: Pace,
    chats: list[int],
    gaps: list[float],
    method: str = "sendMessage",
    hurried: Iterable[bool] = repeat(False),
    late: Iterable[float] = repeat(0.0),
) -> list[float]:
    """When messages leave that are asked for with these gaps between them, each as early as allowed, or so much later
    as a timer is."""
    now, left = 1000.0, []
    for chat, gap, hurry, after in zip(chats, gaps, hurried, late, strict=False):
        now += gap
        while (ready := pace.ready_at(method, chat, 1, now, hurry)) > now:
            now = ready + after
        pace.leave(method, chat, 1, now)
        left.append(now)
    return left


def most_in(left: list[float], span: float) -> int:
    """The most departures in any window of this length, its end not counted."""
    return max(sum(1 for moment in left if start <= moment < start + span) for start in left)


@given(
    gaps=gaps,
    hurried=st.lists(st.booleans(), min_size=120, max_size=120),
    late=st.lists(st.floats(0, 0.2), min_size=120, max_size=120),
    per_second=st.sampled_from([1.0, 7.0, 25.0, 30.0]),
)
def test_no_second_sees_more_than_one_above_the_pace(
    gaps: list[float], hurried: list[bool], late: list[float], per_second: float
) -> None:
    """Whenever messages are asked for, by whom, and however late they leave: at most one more than `per_second` leaves
    in any second, and in a longer time not even that a second."""
    left = departures(Pace(per_second), list(range(len(gaps))), gaps, hurried=hurried, late=late)
    assert most_in(left, 1.0) <= per_second + 1
    assert most_in(left, 4.0) <= 4 * per_second + 1


def test_a_late_timer_costs_no_slot() -> None:
    """Each message of a crowd leaves 2 ms after it may, and still the pace is used but for a fiftieth."""
    left = departures(Pace(30), list(range(300)), [0.0] * 300, late=repeat(0.002))
    assert (len(left) - 1) / (left[-1] - left[0]) > 29.6


def test_who_waits_for_an_answer_hardly_waits_for_a_slot() -> None:
    """While a crowd's messages leave one by one, an answer may leave before its slot, the next one after it may not."""
    pace = Pace(10)
    for number in range(2):
        pace.leave("sendMessage", BUYER + number, 1, 1000.0)
    assert pace.ready_at("sendMessage", BUYER + 2, 1, 1000.16, hurried=False) > 1000.18
    assert pace.ready_at("sendMessage", BUYER + 2, 1, 1000.16, hurried=True) == 1000.16
    pace.leave("sendMessage", BUYER + 2, 1, 1000.16)
    assert pace.ready_at("sendMessage", BUYER + 3, 1, 1000.16, hurried=True) > 1000.2


@given(gaps=gaps)
def test_no_chat_gets_more_than_its_burst(gaps: list[float]) -> None:
    """In one chat a burst may pass, then it is one a second: in any span no more than the burst and a second's each."""
    left = departures(Pace(1000), [BUYER] * len(gaps), gaps)
    for span in (1.0, 5.0, 30.0):
        assert most_in(left, span) <= CHAT_BURST + span / CHAT_REFILL + 1e-6


@given(gaps=gaps)
def test_no_group_gets_more_than_twenty_a_minute(gaps: list[float]) -> None:
    """In one group at most twenty messages leave in any minute."""
    left = departures(Pace(1000), [GROUP] * len(gaps), gaps)
    assert most_in(left, GROUP_SPAN) <= GROUP_ROOM


@given(gaps=gaps, told=st.lists(st.tuples(st.integers(0, 119), st.integers(1, 40)), max_size=4))
def test_nothing_leaves_before_a_429_is_over(gaps: list[float], told: list[tuple[int, int]]) -> None:
    """However pauses overlap, nothing leaves inside one, answers to presses included."""
    pace, now = Pace(25), 1000.0
    pauses: list[tuple[float, float]] = []
    for number, gap in enumerate(gaps):
        now += gap
        for at, seconds in told:
            if at == number:
                pace.pause(now, seconds)
                pauses.append((now, now + seconds))
        method = "answerCallbackQuery" if number % 2 else "sendMessage"
        while (ready := pace.ready_at(method, number, 1, now)) > now:
            now = ready
        pace.leave(method, number, 1, now)
        assert not any(start <= now < end for start, end in pauses)


def test_slots_are_evenly_spaced() -> None:
    """A crowd that waits leaves one by one, after the first a twenty-fifth of a second apart."""
    left = departures(Pace(25), list(range(50)), [0.0] * 50)
    apart = [later - earlier for earlier, later in pairwise(left)]
    assert all(abs(gap - 0.04) < 0.001 for gap in apart[1:])


def test_a_busy_chat_does_not_hold_up_another() -> None:
    """When one chat has had its burst, another chat's message may leave at the next slot."""
    pace = Pace(1000)
    departures(pace, [BUYER] * CHAT_BURST, [0.0] * CHAT_BURST)
    now = 1001.0
    assert pace.ready_at("sendMessage", BUYER, 1, 1000.0) > now
    assert pace.ready_at("sendMessage", BUYER + 1, 1, now) <= now


def test_answers_to_presses_need_no_slot() -> None:
    """answerCallbackQuery is no message: it takes no slot and waits for none."""
    pace = Pace(1)
    pace.leave("sendMessage", BUYER, 1, 1000.0)
    assert pace.ready_at("answerCallbackQuery", BUYER, 1, 1000.0) == 1000.0
    pace.leave("answerCallbackQuery", BUYER, 1, 1000.0)
    assert pace.ready_at("sendMessage", BUYER + 1, 1, 1001.1) == 1001.1


def test_edits_count_as_messages_do() -> None:
    """Who taps through a screen quickly edits it quickly: a chat's burst is soon over, a group's minute too."""
    pace = Pace(1000)
    departures(pace, [GROUP] * GROUP_ROOM, [1.5] * GROUP_ROOM, "editMessageText")
    assert pace.ready_at("sendMessage", GROUP, 1, 1031.0) > 1050
    left = departures(pace, [BUYER] * CHAT_BURST, [0.1] * CHAT_BURST, "editMessageText")
    assert pace.ready_at("sendMessage", BUYER, 1, left[-1]) > left[-1]


def test_an_album_takes_as_many_slots_as_it_holds() -> None:
    """Ten pictures are ten messages for Telegram, and an album larger than a burst still leaves."""
    pace = Pace(10)
    assert pace.ready_at("sendMediaGroup", BUYER, 10, 1000.0) == 1000.0
    pace.leave("sendMediaGroup", BUYER, 10, 1000.0)
    assert pace.ready_at("sendMessage", BUYER + 1, 1, 1000.0) > 1000.9


def test_a_pace_of_nothing_is_no_limit() -> None:
    """With 0 every message may leave at once, but a pause is still a pause."""
    pace = Pace(0)
    assert departures(pace, [GROUP] * 100, [0.0] * 100) == [1000.0] * 100
    pace.pause(1000.0, 3)
    assert pace.ready_at("sendMessage", GROUP, 1, 1000.0) == 1003.0
    assert pace.paused_for(1001.0) == 2.0


def test_quiet_chats_are_forgotten() -> None:
    """A thousand chats that are quiet again keep no memory and lose no limit."""
    pace, chats = Pace(1000), 3000
    departures(pace, list(range(1, chats + 1)), [0.0] * chats)
    departures(pace, [GROUP] * 5, [10.0] * 5)
    assert len(pace._windows) < chats
