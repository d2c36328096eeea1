"""What becomes of a message after Telegram's word on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden

from bot.refusals import NotSent, ToldToWait, Unanswered
from bot.verdict import MAX_TRIES, Again, Anew, GivenUp, Moved, Pause, Sent, UploadAgain, judge
from storage.outbox import Priority, Queued

ANSWER, ORDER, BROADCAST = Priority.ANSWER, Priority.ORDER, Priority.BROADCAST
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def row(priority: Priority = ANSWER, method: str = "sendMessage", attempts: int = 0, **params: Any) -> Queued:
    """A row to a buyer."""
    return Queued(1, 7001, priority, method, params, attempts, datetime(2026, 11, 25, tzinfo=UTC))


def verdict_on(row: Queued, error: Exception, age: timedelta = MINUTE, unsent: int = 0, known: bool = False) -> Any:
    """The verdict when nothing special holds."""
    return judge(row, error, age, unsent, known)


def test_a_429_is_waited_out_a_little_longer_than_told() -> None:
    """The pause is never shorter than what Telegram said."""
    verdict = verdict_on(row(), ToldToWait(7))
    assert isinstance(verdict, Pause)
    assert 7 < verdict.seconds < 7.5


@pytest.mark.parametrize("priority", list(Priority))
def test_what_never_left_is_sent_again_ever_more_slowly(priority: Priority) -> None:
    """1, 2, 4 … 60 seconds, not counted as tries, for every priority."""
    waits = [verdict_on(row(priority), NotSent("refused"), unsent=times) for times in range(9)]
    assert [again.seconds for again in waits] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert not any(again.counts for again in waits)


def test_an_answer_half_an_hour_old_is_given_up_but_an_order_update_is_not() -> None:
    """An answer is worth 30 minutes of trying, an order update 24 hours."""
    assert isinstance(verdict_on(row(ANSWER), NotSent("refused"), 31 * MINUTE), GivenUp)
    assert isinstance(verdict_on(row(ORDER), NotSent("refused"), 23 * HOUR), Again)
    assert isinstance(verdict_on(row(ORDER), NotSent("refused"), 25 * HOUR), GivenUp)


@pytest.mark.parametrize("error", [Unanswered("no answer"), OSError("broken")])
def test_what_may_have_arrived_is_repeated_to_people_only(error: Exception) -> None:
    """Answers and order updates go again a few times; a broadcast is marked ambiguous at once."""
    assert verdict_on(row(ANSWER), error) == Again(1, verdict_on(row(ANSWER), error).why, counts=True)
    assert isinstance(verdict_on(row(ORDER, attempts=3), error), Again)
    assert verdict_on(row(BROADCAST), error).ambiguous
    assert verdict_on(row(ORDER, attempts=MAX_TRIES - 1), error).ambiguous


def test_a_person_who_blocked_the_bot_is_unreachable() -> None:
    """403 from a person is final and quiet; from a group or channel it is for the seller to see."""
    assert verdict_on(row(), Forbidden("bot was blocked")) == GivenUp(
        "bot was blocked", is_unreachable=True, loud=False
    )
    group = Queued(1, -100, ORDER, "sendMessage", {}, 0, datetime(2026, 11, 25, tzinfo=UTC))
    assert verdict_on(group, Forbidden("bot was kicked")) == GivenUp("bot was kicked")


def test_a_group_that_moved_is_followed() -> None:
    """The new id is taken from the refusal."""
    assert verdict_on(row(), ChatMigrated(-1009)) == Moved(-1009)


def test_an_edit_that_changes_nothing_is_done() -> None:
    """The message is already as it should be, under its own id."""
    error = BadRequest("Bad Request: message is not modified: specified new message content …")
    assert verdict_on(row(method="editMessageText", message_id=5), error) == Sent(5)


@pytest.mark.parametrize(
    "said",
    ["message to edit not found", "message can't be edited", "there is no text in the message to edit"],
)
def test_an_answer_that_cannot_be_edited_is_said_anew(said: str) -> None:
    """The same text and buttons as a new message; an order update is not said twice."""
    edit = row(method="editMessageText", message_id=5, text="Halo", reply_markup={"inline_keyboard": []})
    assert verdict_on(edit, BadRequest(f"Bad Request: {said}")) == Anew(
        "sendMessage", {"text": "Halo", "reply_markup": {"inline_keyboard": []}}
    )
    update = row(ORDER, "editMessageText", message_id=5, text="Halo")
    assert isinstance(verdict_on(update, BadRequest(f"Bad Request: {said}")), GivenUp)


def test_a_press_of_long_ago_is_let_go_quietly() -> None:
    """Nobody waits for that answer any more."""
    error = BadRequest("Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert verdict_on(row(method="answerCallbackQuery"), error) == GivenUp(error.message, loud=False)


def test_a_file_that_telegram_forgot_is_uploaded_again_when_we_have_it() -> None:
    """Without its bytes the message is given up."""
    error = BadRequest("Bad Request: wrong file identifier/HTTP URL specified")
    assert verdict_on(row(method="sendPhoto"), error, known=True) == UploadAgain()
    assert isinstance(verdict_on(row(method="sendPhoto"), error), GivenUp)


@pytest.mark.parametrize("error", [BadRequest("chat not found"), EndPointNotFound("method not found")])
def test_what_is_refused_for_good_is_given_up_aloud(error: BadRequest | EndPointNotFound) -> None:
    """A human should look at it; it is not tried again."""
    assert verdict_on(row(BROADCAST), error) == GivenUp(error.message)
