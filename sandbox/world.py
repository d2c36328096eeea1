"""The sandbox's world: people, chats, messages, button presses, and what the bot has said about itself.

In: what people (`acts`) and the bot (`botapi`) do. Out: messages shaped as Telegram shapes them, updates for the bot,
and a change number that grows with everything that somebody could see. Pure objects in memory: no HTTP, no files, and
no time but the clock it is given.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.bell import Bell
from sandbox.clock import Clock
from sandbox.limits import Limits
from sandbox.mailbox import Mailbox
from sandbox.shelf import Shelf

ChatKind = Literal["private", "group", "supergroup", "channel"]
Standing = Literal["member", "administrator", "left", "kicked"]
Json = dict[str, Any]

ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


@dataclass
class Person:
    """Somebody with a Telegram account. `started` means that the bot may write to them; `note` is for the page."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    note: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> Json:
        """The User object."""
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | _present(optional)

    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass
class Message:
    """One message as the bot sees it, and what Telegram knows besides."""

    chat_id: int
    id: int
    body: Json
    by_bot: bool
    change: int = 0
    has_reply_keyboard: bool = False
    deleted: bool = False


@dataclass
class Chat:
    """A chat with the bot. For a private one `id` is the person's."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    members: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    bot: Standing = "member"
    migrated_to: int | None = None
    linked: int | None = None
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    action: tuple[str, float] | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    change: int = 0

    @property
    def is_private(self) -> bool:
        """Whether it is a talk of one person with the bot."""
        return self.kind == "private"

    def message(self, message_id: int) -> Message | None:
        """A message that is still there."""
        found = self.messages.get(message_id)
        return None if found is None or found.deleted else found


@dataclass
class Query:
    """A button press that waits for its answer."""

    id: str
    person: int
    chat_id: int
    message_id: int
    pressed_at: float
    answer: Json | None = None
    change: int = 0


@dataclass
class Profile:
    """What the bot has set about itself: commands by (scope, language), texts by (kind, language)."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


class World:
    """Everything one bot can meet."""

    def __init__(self, bot: Json, clock: Clock, limits: Limits, first_update_id: int | None = None) -> None:
        self.bot = bot
        self.clock = clock
        self.limits = limits
        self.mailbox = Mailbox(clock, first_update_id or 100_000_000 + secrets.randbelow(800_000_000))
        self.shelf = Shelf(bot["id"])
        self.profile = Profile()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.change = 0
        self.bell = Bell()
        self._private_counter = 0
        self._counters: dict[int, int] = {}

    # -- who is there ---------------------------------------------------------------------------------------------

    def add_person(self, person: Person) -> Person:
        """Put somebody into the world, or replace what is known about them."""
        self.people[person.id] = person
        chat = self.chats.setdefault(person.id, Chat(person.id, "private"))
        self.touch(chat)
        return person

    def add_chat(self, chat: Chat) -> Chat:
        """Put a group or channel into the world."""
        self.chats[chat.id] = chat
        self.touch(chat)
        return chat

    def find_chat(self, name: str) -> Chat | None:
        """A chat by its id, or a public one by its @username."""
        if name.startswith("@"):
            wanted = name[1:].lower()
            return next((c for c in self.chats.values() if not c.is_private and c.username.lower() == wanted), None)
        try:
            return self.chats.get(int(name))
        except ValueError:
            return None

    def chat_json(self, chat: Chat) -> Json:
        """The short Chat object that is part of a message."""
        if chat.is_private:
            person = self.people[chat.id]
            optional = {"username": person.username, "last_name": person.last_name}
            return {"id": chat.id, "type": "private", "first_name": person.first_name} | _present(optional)
        return {"id": chat.id, "type": chat.kind, "title": chat.title} | _present({"username": chat.username})

    # -- what happens ---------------------------------------------------------------------------------------------

    def touch(self, chat: Chat) -> int:
        """Something in this chat can be seen to have changed; wakes all who watch. Returns the change number."""
        self.change += 1
        chat.change = self.change
        self.bell.ring()
        return self.change

    def post(self, chat: Chat, sender: Json, content: Json, by_bot: bool = False) -> Message:
        """Put a message into a chat. `sender` is what says who wrote it (`from`, `sender_chat`)."""
        message_id = self._next_message_id(chat)
        body = {"message_id": message_id, **sender, "chat": self.chat_json(chat), "date": self.clock.unix(), **content}
        message = Message(chat.id, message_id, body, by_bot)
        chat.messages[message_id] = message
        if by_bot:
            chat.action = None
        message.change = self.touch(chat)
        return message

    def changed(self, message: Message) -> None:
        """A message was edited, pinned or deleted."""
        message.change = self.touch(self.chats[message.chat_id])

    def edited(self, message: Message) -> None:
        """A message has new content: dates it."""
        message.body["edit_date"] = self.clock.unix()
        self.changed(message)

    def delete(self, message: Message) -> None:
        """Take a message away for everybody."""
        message.deleted = True
        chat = self.chats[message.chat_id]
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self.changed(message)

    def update(self, kind: str, body: Json, chat_id: int) -> int | None:
        """Tell the bot, if it wants to know. Returns the update's id."""
        return self.mailbox.put(kind, body, chat_id)

    def _next_message_id(self, chat: Chat) -> int:
        # private chats and basic groups share the bot's own counter; supergroups and channels have theirs
        if chat.kind in ("private", "group"):
            self._private_counter += 1
            return self._private_counter
        self._counters[chat.id] = self._counters.get(chat.id, 0) + 1
        return self._counters[chat.id]


def _present(fields: Json) -> Json:
    """Only those that are not empty: Telegram leaves out what is not there."""
    return {name: value for name, value in fields.items() if value}
