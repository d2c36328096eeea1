"""The control API under `/sandbox/`: people's side of the world, for the page and for tests.

In: JSON (or a form with a file). Out: JSON; 400 with `{"error": …}` for what nobody could do in a Telegram client.
Every answer to an action carries `change`, so that whoever asked can watch for what comes after it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, cast

from aiohttp import web

from sandbox import acts, membership
from sandbox.asked import Asked, asked
from sandbox.attachments import Sent, content_of
from sandbox.calls import Calls
from sandbox.errors import ApiError, ImpossibleError
from sandbox.faults import Fault, Faults
from sandbox.watching import seen_clock
from sandbox.world import Chat, ChatKind, Json, Message, Person, Standing, World

Action = Callable[[Asked], Json]


class Control:
    """Everything that changes the world from outside the bot."""

    def __init__(self, world: World, faults: Faults, calls: Calls) -> None:
        self.world = world
        self.faults = faults
        self.calls = calls

    def routes(self) -> list[web.RouteDef]:
        """What it answers."""
        actions: dict[str, Action] = {
            "people": self.add_person,
            "chats": self.add_chat,
            "join": self.join,
            "leave": self.leave,
            "kick": self.kick,
            "block": self.block,
            "unblock": self.unblock,
            "deactivate": self.deactivate,
            "migrate": self.migrate,
            "say": self.say,
            "start": self.start,
            "edit": self.edit,
            "delete": self.delete,
            "press": self.press,
            "send": self.send,
            "faults": self.add_fault,
            "limits": self.limits,
            "clock": self.clock,
            "raw_update": self.raw_update,
        }
        return [
            *(web.post(f"/sandbox/{name}", _handler(self.world, action)) for name, action in actions.items()),
            web.delete("/sandbox/faults", _handler(self.world, self.clear_faults)),
            web.delete("/sandbox/calls", _handler(self.world, self.clear_calls)),
        ]

    def _person(self, asked: Asked) -> Person:
        return acts.person_of(self.world, asked.whole("person"))

    def _chat(self, asked: Asked) -> Chat:
        chat = self.world.chats.get(asked.whole("chat"))
        if chat is None or chat.is_private:
            raise ImpossibleError("there is no such group or channel")
        return chat

    def _place(self, asked: Asked) -> tuple[Person, Chat]:
        person = self._person(asked)
        return person, acts.chat_of(self.world, person, asked.maybe_whole("chat"))

    def add_person(self, asked: Asked) -> Json:
        """Somebody gets a Telegram account."""
        person = Person(
            asked.whole("id"),
            asked.text("first_name"),
            asked.text("last_name"),
            asked.text("username"),
            asked.text("language_code"),
            asked.text("note"),
        )
        if not person.first_name:
            raise ImpossibleError("first_name is missing")
        person.started = asked.flag("started")
        return self.world.add_person(person).user()

    def add_chat(self, asked: Asked) -> Json:
        """A group or channel is made."""
        kind = asked.text("type")
        if kind not in ("group", "supergroup", "channel"):
            raise ImpossibleError("type is group, supergroup or channel")
        base = -5000 if kind == "group" else -1_003_000_000_000
        chat_id = asked.whole("id", base - len(self.world.chats))
        admins = asked.wholes("admins")
        chat = Chat(chat_id, cast(ChatKind, kind), asked.text("title", "Grup"), asked.text("username"))
        chat.members, chat.admins = asked.wholes("members") | admins, admins
        chat.bot = cast(Standing, asked.text("bot", "member"))
        chat.linked = asked.maybe_whole("linked")
        return self.world.chat_json(self.world.add_chat(chat))

    def _move(self, asked: Asked, standing: Standing) -> Json:
        chat = self._chat(asked)
        if asked.text("person") == "bot" or asked.flag("bot"):
            membership.set_bot(self.world, chat, standing)
        elif standing == "member":
            membership.join(self.world, chat, self._person(asked))
        else:
            membership.leave(self.world, chat, self._person(asked), kicked=standing == "kicked")
        return {}

    def join(self, asked: Asked) -> Json:
        """Somebody (or the bot) comes into a chat; `admin` makes the bot an administrator at once."""
        return self._move(asked, "administrator" if asked.flag("admin") else "member")

    def leave(self, asked: Asked) -> Json:
        """Somebody (or the bot) goes."""
        return self._move(asked, "left")

    def kick(self, asked: Asked) -> Json:
        """Somebody (or the bot) is sent away."""
        return self._move(asked, "kicked")

    def block(self, asked: Asked) -> Json:
        """Somebody stops the bot."""
        membership.block(self.world, self._person(asked))
        return {}

    def unblock(self, asked: Asked) -> Json:
        """Somebody lets it write again."""
        membership.unblock(self.world, self._person(asked))
        return {}

    def deactivate(self, asked: Asked) -> Json:
        """Somebody deletes their account."""
        self._person(asked).deactivated = True
        return {}

    def migrate(self, asked: Asked) -> Json:
        """A group becomes a supergroup."""
        return {"chat": membership.migrate(self.world, self._chat(asked)).id}

    def say(self, asked: Asked) -> Json:
        """Somebody writes."""
        person, chat = self._place(asked)
        source = asked.fields.get("forwarded_from")
        if source is not None and not isinstance(source, int | str):
            raise ImpossibleError("forwarded_from is an id or a name")
        sent = acts.say(
            self.world,
            person,
            chat,
            asked.text("text"),
            asked.maybe_whole("reply_to"),
            asked.flag("anonymous"),
            source,
        )
        return {**_sent(*sent[0]), "message_ids": [message.id for message, _ in sent]}

    def start(self, asked: Asked) -> Json:
        """Somebody opens the bot, perhaps by a deep link."""
        return _sent(*acts.start(self.world, self._person(asked), asked.text("payload")))

    def edit(self, asked: Asked) -> Json:
        """Somebody changes what they wrote."""
        person, chat = self._place(asked)
        return {"update_id": acts.edit(self.world, person, chat, asked.whole("message_id"), asked.text("text"))}

    def delete(self, asked: Asked) -> Json:
        """Somebody takes a message away."""
        person, chat = self._place(asked)
        acts.delete(self.world, person, chat, asked.whole("message_id"))
        return {}

    def press(self, asked: Asked) -> Json:
        """Somebody presses a button."""
        person, chat = self._place(asked)
        data = asked.text("data") if asked.has("data") else None
        label = asked.text("label") if asked.has("label") else None
        return acts.press(self.world, person, chat, asked.whole("message_id"), data, label, asked.flag("forged"))

    def send(self, asked: Asked) -> Json:
        """Somebody sends a picture, a file or something else that is not text."""
        person, chat = self._place(asked)
        sent = Sent(
            asked.text("kind"),
            asked.content("file"),
            asked.text("filename"),
            asked.text("mime"),
            asked.text("caption"),
            asked.text("album"),
            asked.maybe_whole("size"),
            asked.text("phone"),
        )
        content = content_of(self.world.shelf, person, sent)
        return _sent(*acts.put(self.world, person, chat, content, asked.maybe_whole("reply_to")))

    def add_fault(self, asked: Asked) -> Json:
        """From now on something goes wrong."""
        fault = Fault(
            asked.text("kind"),  # type: ignore[arg-type] # the fault itself checks its kind
            asked.text("method", "*").lower(),
            asked.maybe_whole("chat"),
            asked.number("seconds", 3600.0),
            asked.whole("retry_after", 1),
            asked.maybe_whole("times"),
            asked.number("share", 1.0),
            asked.whole("seed", 0),
        )
        self.faults.rules.append(fault)
        return {"rules": len(self.faults.rules)}

    def clear_faults(self, _: Asked) -> Json:
        """All is well again."""
        self.faults.rules.clear()
        return {}

    def clear_calls(self, _: Asked) -> Json:
        """Forget the log."""
        self.calls.clear()
        return {}

    def limits(self, asked: Asked) -> Json:
        """Switch Telegram's limits on or off."""
        self.world.limits.switch(asked.flag("on"))
        return {"on": self.world.limits.on}

    def clock(self, asked: Asked) -> Json:
        """Move the clock: `advance` seconds, or `set` a moment with its time zone."""
        try:
            if asked.has("set"):
                self.world.clock.set(datetime.fromisoformat(asked.text("set")))
            else:
                self.world.clock.advance(asked.number("advance", 0.0))
        except (ValueError, OverflowError) as error:
            raise ImpossibleError(str(error)) from error
        self.world.mailbox.bell.ring()
        self.world.bell.ring()
        return seen_clock(self.world)

    def raw_update(self, asked: Asked) -> Json:
        """Give the bot any update, to see what it makes of it."""
        update = {name: value for name, value in asked.fields.items() if name != "update_id"}
        return {"update_id": self.world.mailbox.put_raw(update)}


def _sent(message: Message, update_id: int | None) -> Json:
    return {"message_id": message.id, "update_id": update_id}


def _handler(world: World, action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            result: dict[str, Any] = {**action(await asked(request)), "change": world.change}
        except (ImpossibleError, ApiError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(result)

    return handle
