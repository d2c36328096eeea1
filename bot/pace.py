"""When may the next message leave? Pure: moments are monotonic seconds, given by the caller; nothing here waits.

Telegram's limits (Bot FAQ, "My bot is hitting limits"): about 30 messages a second in all, 1 a second in one chat with
short bursts passing, 20 a minute in one group. In all they leave in evenly spaced slots, to which a late one catches up
and before which a person's answer may leave: a second sees at most one message more than the pace. In a chat a burst,
then one a second. What a 429 said holds for everything.
"""

from __future__ import annotations

from collections import deque
from typing import Final

# A message that left later may arrive sooner after the one before it: windows are this much longer than the limits.
SPARE: Final = 0.1
CHAT_BURST: Final = 4  # one less than what passes: two that left apart may arrive together
CHAT_REFILL: Final = 1.0 + SPARE  # seconds until one more may follow a burst
GROUP_ROOM: Final = 20
GROUP_SPAN: Final = 60.0
_FORGET_AT: Final = 1000
# In slots. A timer that rings a millisecond late would lose it for ever, 3 % of a pace of 30; an answer that waited for
# its slot would come 17 ms later on average while an announcement leaves. Together less than one.
MADE_UP: Final = 0.1
BEFORE_ITS_SLOT: Final = 0.8
# Slots are this much wider than the pace says: what left evenly may arrive a few milliseconds closer together.
WIDER: Final = 1.012

# These are not messages: Telegram counts neither answers to presses nor menus of commands.
UNCOUNTED: Final = frozenset({"answerCallbackQuery", "setMyCommands", "deleteMyCommands", "setChatMenuButton"})
# An edit is counted as a message is: a buyer who taps through a screen quickly must not run the bot into a 429.
_COUNTED: Final = ("send", "copy", "forward", "edit")


class Window:
    """At most `room` in any `span` seconds."""

    def __init__(self, room: int, span: float) -> None:
        self.room = room
        self.span = span
        self._left: deque[float] = deque()

    def free_at(self, now: float, count: int) -> float:
        """The moment at which `count` more may leave; `now` or earlier means at once."""
        while self._left and self._left[0] <= now - self.span:
            self._left.popleft()
        over = len(self._left) + min(count, self.room) - self.room
        return now if over <= 0 else self._left[over - 1] + self.span

    def take(self, now: float, count: int) -> None:
        self._left.extend([now] * count)

    def is_empty(self, now: float) -> bool:
        return not self._left or self._left[-1] <= now - self.span


class Burst:
    """`room` at once, then one every `refill` seconds; what was not used comes back at that rate."""

    def __init__(self, room: int, refill: float) -> None:
        self.room = room
        self.refill = refill
        self._full_at = 0.0  # the moment at which the whole burst is there again

    def free_at(self, now: float, count: int) -> float:
        """The moment at which `count` more may leave; `now` or earlier means at once."""
        return max(now, self._full_at - (self.room - min(count, self.room)) * self.refill)

    def take(self, now: float, count: int) -> None:
        self._full_at = max(now, self._full_at) + count * self.refill

    def is_empty(self, now: float) -> bool:
        return self._full_at <= now


class Pace:
    """The limits of one bot. `per_second` is in all; 0 switches every limit off but the pause of a 429."""

    def __init__(self, per_second: float) -> None:
        self._spacing = WIDER / per_second if per_second else 0.0
        self._next_slot = 0.0
        self._paused_until = 0.0
        self._windows: dict[int, tuple[Window | Burst, ...]] = {}

    def pause(self, now: float, seconds: float) -> None:
        """Nothing leaves for so long (a 429)."""
        self._paused_until = max(self._paused_until, now + seconds)

    def paused_for(self, now: float) -> float:
        """Seconds left of the pause, 0 when there is none."""
        return max(0.0, self._paused_until - now)

    def ready_at(self, method: str, chat_id: int, count: int, now: float, hurried: bool = False) -> float:
        """The moment from which this may leave; `count` is how many messages it is (an album is several). Who waits for
        an answer is `hurried`."""
        ready = max(now, self._paused_until)
        if not self._spacing or method in UNCOUNTED:
            return ready
        ready = max(ready, self._next_slot - (BEFORE_ITS_SLOT * self._spacing if hurried else 0.0))
        if method.startswith(_COUNTED):
            for window in self._windows.get(chat_id, ()):
                ready = max(ready, window.free_at(now, count))
        return ready

    def leave(self, method: str, chat_id: int, count: int, now: float) -> None:
        """It leaves now: its slots and its place in the chat's windows are taken."""
        if not self._spacing or method in UNCOUNTED:
            return
        self._next_slot = max(now - MADE_UP * self._spacing, self._next_slot) + self._spacing * count
        if method.startswith(_COUNTED):
            if len(self._windows) >= _FORGET_AT:
                self._forget_quiet_chats(now)
            for window in self._windows.setdefault(chat_id, _windows(chat_id)):
                window.take(now, count)

    def _forget_quiet_chats(self, now: float) -> None:
        busy = {
            chat: windows
            for chat, windows in self._windows.items()
            if not all(window.is_empty(now) for window in windows)
        }
        self._windows = busy


def _windows(chat_id: int) -> tuple[Window | Burst, ...]:
    own = Burst(CHAT_BURST, CHAT_REFILL)
    return (own,) if chat_id >= 0 else (own, Window(GROUP_ROOM, GROUP_SPAN + SPARE))
