"""Updates that wait for the bot, kept as Telegram keeps them.

In: what happened, as the body of an update. Out: updates with strictly growing ids, again and again until they are
confirmed. Messages are kept 24 hours, button presses 150 seconds. `allowed_updates` counts at the moment an update is
made, not when it is fetched. How updates travel (long poll, webhook) is somebody else's part.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.bell import Bell
from sandbox.clock import Clock

KEPT = 24 * 3600
PRESS_KEPT = 150

# Everything the Bot API can send; those in NOT_BY_DEFAULT only to a bot that asks for them by name.
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "chat_boost",
    "removed_chat_boost",
)
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Waiting:
    """One update that the bot has not confirmed. `expires` is in Unix seconds of the sandbox's clock."""

    update_id: int
    chat_id: int
    expires: float
    body: dict[str, Any]


@dataclass
class Webhook:
    """Where updates are pushed to, and how that went. Moments are Unix seconds."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str = ""


class Mailbox:
    """The queue of one bot."""

    def __init__(self, clock: Clock, first_update_id: int) -> None:
        self.clock = clock
        self.bell = Bell()
        self.webhook: Webhook | None = None
        self.allowed: tuple[str, ...] = ()
        self.polls = 0
        self._next = first_update_id
        self.expired: set[int] = set()  # never confirmed, and now too old for Telegram
        self._waiting: dict[int, Waiting] = {}

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which updates the bot wants; none named means the default ones. Unknown names are ignored."""
        self.allowed = tuple(kind for kind in kinds if kind in KINDS)

    def wants(self, kind: str) -> bool:
        """Whether an update of this kind would be made now."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def put(self, kind: str, body: Any, chat_id: int) -> int | None:
        """Queue an update and return its id; None when the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        return self.put_raw({kind: body}, chat_id, PRESS_KEPT if kind == "callback_query" else KEPT)

    def put_raw(self, update: dict[str, Any], chat_id: int = 0, kept: float = KEPT) -> int:
        """Queue any update as it is, to see what the bot makes of one that nobody has seen before."""
        update_id = self._next
        self._next += 1
        # a copy: what is edited later must not change what has already happened
        body = {"update_id": update_id, **copy.deepcopy(update)}
        self._waiting[update_id] = Waiting(update_id, chat_id, self.clock.seconds() + kept, body)
        self.bell.ring()
        return update_id

    def waiting(self) -> list[Waiting]:
        """What is not confirmed and not expired, oldest first."""
        now = self.clock.seconds()
        for update_id in [one.update_id for one in self._waiting.values() if one.expires <= now]:
            del self._waiting[update_id]
            self.expired.add(update_id)
        return list(self._waiting.values())

    def confirm(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps only so many from the end."""
        ids = [one.update_id for one in self.waiting()]
        gone = ids[:offset] if offset < 0 else [one for one in ids if one < offset]
        for update_id in gone:
            del self._waiting[update_id]

    def remove(self, update_id: int) -> None:
        """Forget one update: the webhook has taken it."""
        self._waiting.pop(update_id, None)
        self.bell.ring()

    def clear(self) -> None:
        """Forget all (`drop_pending_updates`)."""
        self._waiting.clear()
