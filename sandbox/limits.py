"""Telegram's limits on sending, switchable: 30 a second in all, about 1 a second in a chat, 20 a minute in a group.

In: chat and number of messages. Out: nothing, or 429 with whole seconds to wait, during which every further request
of that scope is refused, as Telegram does. Source: Bot FAQ, "My bot is hitting limits". A short burst in one chat
passes. Time is the sandbox's clock.
"""

from __future__ import annotations

import math
from collections import deque

from sandbox.clock import Clock
from sandbox.errors import too_many

OVERALL_PER_SECOND = 30
CHAT_BURST = 5
GROUP_PER_MINUTE = 20


class _Scope:
    """At most `room` in `span` seconds; after one too many nothing until the given pause is over."""

    def __init__(self, room: int, span: float) -> None:
        self.room = room
        self.span = span
        self.sent: deque[float] = deque()
        self.paused_until = 0.0

    def wait(self, now: float, count: int) -> int:
        """Whole seconds to wait before `count` more; 0 when they may go now."""
        while self.sent and self.sent[0] <= now - self.span:
            self.sent.popleft()
        if now >= self.paused_until and len(self.sent) + count > self.room:
            free = self.sent[max(0, len(self.sent) + count - self.room - 1)] if self.sent else now
            self.paused_until = max(free + self.span, now + 1)
        return math.ceil(self.paused_until - now) if now < self.paused_until else 0


class _Burst(_Scope):
    """`room` at once, then one a second: what was not used comes back at that rate."""

    def __init__(self, room: int) -> None:
        super().__init__(room, float(room))
        self._left = float(room)
        self._at: float | None = None

    def wait(self, now: float, count: int) -> int:
        """Whole seconds to wait before `count` more; 0 when they may go now, and then they are counted later."""
        if self._at is not None:
            self._left = min(float(self.room), self._left + max(0.0, now - self._at) - len(self.sent))
        self._at = now
        self.sent.clear()
        if now >= self.paused_until and self._left < count:
            self.paused_until = now + max(1.0, count - self._left)
        return math.ceil(self.paused_until - now) if now < self.paused_until else 0


class Limits:
    """The three limits of one bot."""

    def __init__(self, clock: Clock, on: bool) -> None:
        self.clock = clock
        self.switch(on)

    def switch(self, on: bool) -> None:
        """Turn the limits on or off; what was counted so far is forgotten."""
        self.on = on
        self.refused = 0
        self._all = _Scope(OVERALL_PER_SECOND, 1.0)
        self._chats: dict[int, _Scope] = {}
        self._groups: dict[int, _Scope] = {}

    def spend(self, chat_id: int, is_private: bool, count: int = 1) -> None:
        """Count `count` messages to this chat. Raises ApiError 429 when a limit says no."""
        if not self.on:
            return
        now = self.clock.seconds()
        scopes = [self._all, self._chats.setdefault(chat_id, _Burst(CHAT_BURST))]
        if not is_private:
            scopes.append(self._groups.setdefault(chat_id, _Scope(GROUP_PER_MINUTE, 60.0)))
        # an album of ten is one request: it may fill a chat's burst, it is not refused for ever
        wait = max(scope.wait(now, min(count, scope.room)) for scope in scopes)
        if wait:
            self.refused += 1
            raise too_many(wait)
        for scope in scopes:
            scope.sent.extend([now] * count)
