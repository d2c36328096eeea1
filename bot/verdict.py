"""What becomes of a message after Telegram's word on it. Pure: a row and an error in, a verdict out.

The rules are the architecture's "Sending": what never left is sent again; what may have arrived is sent again to one
person (a repeat is harmless) but not to many; what is refused for good is given up, and what a refusal teaches (a
group that moved, a person who blocked the bot, a message that cannot be edited) is said with it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from bot import trouble
from preorder.values import dataclass
from storage.outbox import Priority, Queued

LONGEST_DELAY: Final = 60.0
MAX_TRIES: Final = 8
KEPT: Final = {
    Priority.PRESS: timedelta(seconds=150),  # so long Telegram remembers it
    Priority.ANSWER: timedelta(minutes=30),  # an answer this late answers nothing
    Priority.ORDER: timedelta(hours=24),
    Priority.BROADCAST: timedelta(hours=24),
}
# The answer's own way adds to the wait, a coarse clock takes from it.
SPARE: Final = 0.05


@dataclass(frozen=True)
class Sent:
    """Telegram has it; `message_id` when it is a message."""

    message_id: int | None


@dataclass(frozen=True)
class Again:
    """Later, after `seconds`; `counts` when it may have arrived, which is tried only so often."""

    seconds: float
    why: str
    counts: bool


@dataclass(frozen=True)
class Pause:
    """A 429: this row and everything else after `seconds`."""

    seconds: float


@dataclass(frozen=True)
class GivenUp:
    """Never: refused (or nobody knows, `ambiguous`). `loud` when somebody should look at it."""

    why: str
    ambiguous: bool = False
    is_unreachable: bool = False
    loud: bool = True


@dataclass(frozen=True)
class Moved:
    """The group has a new id; the row goes there."""

    chat_id: int


@dataclass(frozen=True)
class Anew:
    """What was to be edited cannot be: the same as a new message."""

    method: str
    params: dict[str, Any]


@dataclass(frozen=True)
class UploadAgain:
    """Telegram no longer knows a file of ours."""


Verdict = Sent | Again | Pause | GivenUp | Moved | Anew | UploadAgain

_NOT_MODIFIED: Final = ("message is not modified",)
_STALE: Final = ("query is too old", "query id is invalid")
_NOT_EDITABLE: Final = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)
_WRONG_FILE: Final = ("wrong file identifier", "wrong remote file", "can't use file of type", "file reference")
_OF_THE_OLD_MESSAGE: Final = ("message_id", "inline_message_id")


def judge(row: Queued, error: Exception, age: timedelta, unsent: int, has_known_file: bool) -> Verdict:
    """What becomes of `row`.

    `age` is how long it waits since it was written, `unsent` how often in a row it could not leave, `has_known_file`
    whether it named a file of ours by Telegram's id whose bytes we could upload again.
    """
    match error:
        case trouble.ToldToWait():
            return Pause(error.seconds + SPARE)
        case trouble.NotSent():
            if age > KEPT[row.priority]:
                return GivenUp(f"not sent: {error.message}")
            return Again(_delay(unsent), f"not sent: {error.message}", counts=False)
        case trouble.ChatMigrated():
            return Moved(error.new_chat_id)
        case trouble.Forbidden():
            return GivenUp(error.message, is_unreachable=row.chat_id > 0, loud=row.chat_id < 0)
        case trouble.BadRequest():
            return _refused(row, error.message, has_known_file)
        case trouble.EndPointNotFound():
            return GivenUp(error.message)
    return _doubtful(row, error)


def _doubtful(row: Queued, error: Exception) -> Verdict:
    why = error.message if isinstance(error, trouble.TelegramError) else type(error).__name__
    if row.priority is Priority.BROADCAST or row.attempts + 1 >= MAX_TRIES:
        return GivenUp(f"nobody knows: {why}", ambiguous=True)
    return Again(_delay(row.attempts), f"nobody knows: {why}", counts=True)


def _refused(row: Queued, said: str, has_known_file: bool) -> Verdict:
    words = said.lower()
    if _says(words, _NOT_MODIFIED):
        return Sent(_number(row.params.get("message_id")))
    if row.method == "answerCallbackQuery" and _says(words, _STALE):
        return GivenUp(said, loud=False)
    if has_known_file and _says(words, _WRONG_FILE):
        return UploadAgain()
    if row.method == "editMessageText" and row.priority is Priority.ANSWER and _says(words, _NOT_EDITABLE):
        kept = {name: value for name, value in row.params.items() if name not in _OF_THE_OLD_MESSAGE}
        return Anew("sendMessage", kept)
    return GivenUp(said)


def _says(words: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in words for phrase in phrases)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _delay(times: int) -> float:
    return min(LONGEST_DELAY, float(2 ** min(times, 10)))
