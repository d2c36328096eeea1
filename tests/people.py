"""People for the journeys: they write, press and look, over HTTP, as somebody at the chat page would.

In: the sandbox's address. Out: what a person sees. Whoever waits here waits for something to appear, with a deadline;
nothing sleeps for a fixed time. It knows nothing of the bot but what is on the screen.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession

from tests.screens import Button, Json, Message, buttons, make_png, plain, read_message, tail

__all__ = ["Button", "Message", "Person", "World", "buttons", "make_png", "until"]
WITHIN = 30.0
"""Seconds within which an answer comes, on a computer that is busy with other tests too."""
T = TypeVar("T")


class World:
    """The sandbox from outside: people, chats, clock, faults, and the log of what the bot asked for."""

    def __init__(self, base: str, session: ClientSession) -> None:
        self.base = base
        self.session = session

    async def post(self, path: str, **fields: Any) -> Json:
        """An action of the control API. Raises AssertionError with its sentence when it is refused."""
        async with self.session.post(f"{self.base}/sandbox/{path}", json=fields) as answer:
            result: Json = await answer.json()
        if answer.status != 200:
            raise AssertionError(f"{path} {fields}: {result.get('error', answer.status)}")
        return result

    async def get(self, path: str, **query: Any) -> Any:
        """Something to look at."""
        kept = {name: str(value) for name, value in query.items() if value is not None}
        async with self.session.get(f"{self.base}/sandbox/{path}", params=kept) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def delete(self, path: str) -> None:
        """Take faults or the log away."""
        async with self.session.delete(f"{self.base}/sandbox/{path}") as answer:
            answer.raise_for_status()

    def person(self, person_id: int) -> Person:
        """Somebody who is already there."""
        return Person(person_id, self)

    async def add_person(self, person_id: int, first_name: str, **more: str) -> Person:
        """Somebody new: `last_name`, `username`, `language_code`."""
        await self.post("people", id=person_id, first_name=first_name, **more)
        return Person(person_id, self)

    async def add_chat(self, kind: str, title: str, **more: Any) -> int:
        """A group, supergroup or channel: `id`, `members`, `admins`, `bot`. Returns its id."""
        return int((await self.post("chats", type=kind, title=title, **more))["id"])

    async def state(self) -> Json:
        """Everybody and everything."""
        state: Json = await self.get("state")
        return state

    async def now(self) -> datetime:
        """The sandbox's moment, aware, in UTC."""
        return datetime.fromisoformat((await self.get("clock"))["now"])

    async def advance(self, by: timedelta) -> None:
        """Let time pass."""
        await self.post("clock", advance=by.total_seconds())

    async def set_clock(self, moment: datetime) -> None:
        """Put the clock at an aware moment."""
        await self.post("clock", set=moment.isoformat())

    async def fault(self, kind: str, **rule: Any) -> None:
        """Something goes wrong from now on: `method`, `chat`, `seconds`, `retry_after`, `times`, `share`, `seed`."""
        await self.post("faults", kind=kind, **rule)

    async def calls(self, method: str = "", after: int = 0) -> list[Json]:
        """What the bot asked for, oldest first; one method only when named."""
        found: list[Json] = (await self.get("calls", after=after))["calls"]
        return [call for call in found if method.lower() in ("", call["method"])]

    async def drained(self, within: float = WITHIN) -> None:
        """Wait until the bot has taken (confirmed) every update."""
        await until(self._nothing_pending, within, "the bot has not taken all updates")

    async def _nothing_pending(self) -> bool:
        return bool((await self.get("pending"))["pending"] == 0)

    async def quiet(self, during: float = 0.4, within: float = WITHIN) -> None:
        """Wait until every update is taken and the bot has asked for nothing but updates for `during` seconds."""
        await self.drained(within)
        loop = asyncio.get_running_loop()
        deadline, seen, since = loop.time() + within, 0, loop.time()
        while loop.time() - since < during:
            fresh = await self.calls(after=seen)
            if any(call["method"] != "getupdates" for call in fresh):
                since = loop.time()
            seen = max((call["n"] for call in fresh), default=seen)
            if loop.time() > deadline:
                raise AssertionError("the bot does not come to rest")
            await asyncio.sleep(0.03)


async def until(is_so: Callable[[], Awaitable[bool]], within: float, otherwise: str) -> None:
    """Ask an asynchronous question again and again until it is answered with yes."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within
    while not await is_so():
        if loop.time() > deadline:
            raise AssertionError(otherwise)
        await asyncio.sleep(0.03)


class Person:
    """Somebody with a phone. What they see counts from their own last action on."""

    def __init__(self, person_id: int, world: World) -> None:
        self.id = person_id
        self.world = world
        self.since = 0

    async def _do(self, path: str, **fields: Any) -> Json:
        result = await self.world.post(path, person=self.id, **fields)
        self.since = result["change"]
        return result

    async def say(self, text: str, chat: int | None = None, **more: Any) -> Json:
        """Write. `more`: `reply_to`, `anonymous`, `forwarded_from`."""
        return await self._do("say", text=text, chat=chat, **more)

    async def start(self, payload: str = "") -> Json:
        """Open the bot, by a deep link when there is a payload."""
        return await self._do("start", payload=payload)

    async def edit(self, message_id: int, text: str, chat: int | None = None) -> Json:
        """Change what one wrote."""
        return await self._do("edit", message_id=message_id, text=text, chat=chat)

    async def delete(self, message: Message, chat: int | None = None) -> Json:
        """Take a message away for everybody."""
        return await self._do("delete", message_id=message.id, chat=chat)

    async def block(self) -> Json:
        """Stop the bot."""
        return await self._do("block")

    async def unblock(self) -> Json:
        """Let it write again."""
        return await self._do("unblock")

    async def send(self, kind: str, content: bytes = b"", **more: Any) -> Json:
        """Send anything: photo, document, video, sticker, voice, location, contact, dice, poll."""
        return await self._do("send", kind=kind, file=base64.b64encode(content).decode(), **more)

    async def send_photo(self, content: bytes, caption: str = "", **more: Any) -> Json:
        """Send a picture as a photo."""
        return await self.send("photo", content, caption=caption, **more)

    async def send_document(self, content: bytes, filename: str, mime: str = "", **more: Any) -> Json:
        """Send a file."""
        return await self.send("document", content, filename=filename, mime=mime, **more)

    async def press(
        self, label: str, message: Message | None = None, chat: int | None = None, within: float = WITHIN
    ) -> Json:
        """Press the button with this label: on this message, or on the newest of the bot's that shows it.

        A key of the reply keyboard is typed; a deep link to the bot opens it; a copy button answers `{copied}`.
        """
        found, button = await self._find_button(label, message, chat, within)
        if found is None:
            return await self.say(button.text, chat)
        if button.url:
            payload = parse_qs(urlsplit(button.url).query).get("start")
            return await self.start(payload[0]) if payload else {"url": button.url}
        if button.copy:
            return {"copied": button.copy}
        return await self._do("press", message_id=found.id, data=button.callback, chat=chat)

    async def _find_button(
        self, label: str, message: Message | None, chat: int | None, within: float
    ) -> tuple[Message | None, Button]:
        shown: list[Message] = []

        def find(chat: list[Message], seen: Json) -> tuple[Message | None, Button] | None:
            shown[:] = [one for one in chat if message is None or one.id == message.id]
            for one in reversed([one for one in shown if one.by_bot]):
                if button := one.button(label):
                    return one, button
            for row in (seen["keyboard"] or {}).get("keyboard", []) if message is None else []:
                for key in row:
                    if key["text"].casefold() == label.casefold():
                        return None, Button(key["text"])
            return None

        found = await self._watch(0, find, within, chat)
        if found is None:
            raise AssertionError(f"nobody shows a button {label!r}\n{tail(shown)}")
        return found

    async def forge(self, message: Message, callback: str, chat: int | None = None) -> Json:
        """Send a press that no button of this message makes."""
        return await self._do("press", message_id=message.id, data=callback, forged=True, chat=chat)

    async def _look(self, after: int = 0, chat: int | None = None, wait: float = 0.0) -> Json:
        seen: Json = await self.world.get("messages", person=self.id, chat=chat, after_change=after, wait=wait)
        return seen

    async def _watch(
        self, after: int, find: Callable[[list[Message], Json], T | None], within: float, chat: int | None
    ) -> T | None:
        """What is found in the messages that changed after `after`, oldest first: looked for again at each change."""
        loop = asyncio.get_running_loop()
        deadline, left = loop.time() + within, within
        shown: dict[int, Message] = {}
        while True:
            seen = await self._look(after, chat, max(left, 0.0))
            shown |= {raw["message_id"]: read_message(raw) for raw in seen["messages"]}
            for gone in seen["deleted"]:
                shown.pop(gone, None)
            found = find([shown[number] for number in sorted(shown)], seen)
            left = deadline - loop.time()
            if found is not None or left <= 0:
                return found
            after = seen["change"]

    async def messages(self, chat: int | None = None) -> list[Message]:
        """The whole chat, oldest first."""
        return [read_message(raw) for raw in (await self._look(0, chat))["messages"]]

    async def last(self, chat: int | None = None) -> Message:
        """The bot's newest message."""
        by_bot = [message for message in await self.messages(chat) if message.by_bot]
        assert by_bot, "the bot has said nothing"
        return by_bot[-1]

    async def sees(self, *needles: str, within: float = WITHIN, chat: int | None = None) -> Message:
        """Wait for ONE message of the bot, new or edited since one's own last action, that shows all of these.

        Case and kind of space do not matter. Raises AssertionError with the end of the chat when it does not come.
        """
        wanted = [plain(needle).casefold() for needle in needles]

        def find(fresh: list[Message], _: Json) -> Message | None:
            for message in reversed([one for one in fresh if one.by_bot]):
                visible = message.visible().casefold()
                if all(needle in visible for needle in wanted):
                    return message
            return None

        found = await self._watch(self.since, find, within, chat)
        if found is None:
            shown = tail(await self.messages(chat), self.since)
            raise AssertionError(f"person {self.id} does not see {needles} within {within} s:\n{shown}")
        return found

    async def sees_other_than(self, before: Message, within: float = WITHIN, chat: int | None = None) -> Message:
        """Wait for the bot's next message after `before`, and return it."""

        def find(shown: list[Message], _: Json) -> Message | None:
            return next((one for one in reversed(shown) if one.by_bot and one.id > before.id), None)

        found = await self._watch(0, find, within, chat)
        if found is None:
            raise AssertionError(f"person {self.id} gets no answer")
        return found

    async def sees_nothing_new(self, during: float = 0.4, chat: int | None = None) -> None:
        """Wait until the bot has come to rest, and hold that it said nothing since one's own last action."""
        await self.world.quiet(during)
        fresh = [read_message(raw) for raw in (await self._look(self.since, chat))["messages"]]
        said = [message for message in fresh if message.by_bot]
        assert not said, f"person {self.id} sees something new:\n{tail(said)}"

    async def toast(self, within: float = WITHIN) -> str:
        """What the bot answered to one's last press, empty when it only took note."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while True:
            seen = await self.world.get("answers", person=self.id, after_change=self.since)
            if seen["answers"]:
                return str(seen["answers"][-1]["text"])
            left = deadline - loop.time()
            if left <= 0:
                raise AssertionError(f"person {self.id} got no answer to a press within {within} s")
            await self._look(seen["change"], None, min(left, 0.5))

    async def commands(self, chat: int | None = None) -> list[str]:
        """The command menu, names only."""
        return [one["command"] for one in await self.world.get("commands", person=self.id, chat=chat)]

    async def keyboard(self) -> list[list[str]]:
        """The reply keyboard's labels, row by row."""
        return [[key["text"] for key in row] for row in ((await self._look())["keyboard"] or {}).get("keyboard", [])]

    async def fetch(self, message: Message) -> bytes:
        """The bytes of a message's picture or file."""
        async with self.world.session.get(self.world.base + message.url) as answer:
            answer.raise_for_status()
            return await answer.read()
