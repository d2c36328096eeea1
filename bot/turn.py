"""One turn: what is said while one update, or one due row, is handled, all of it in one transaction.

`say` answers the person who wrote, `show` puts a screen up, `toast` answers a press, `tell` writes to somebody else.
Nothing is sent here: rows go into the outbox and leave after the commit. Keys make every message one.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from bot import markup
from bot import pictures as sights
from bot.house import House, as_locale
from bot.inbound import Press
from bot.outside import Asked, Question
from conversations.buttons import ActionButton, Keyboard, action_data, plain_label
from conversations.prompt import Prompt
from messages.catalog import Message
from messages.formats import Locale
from preorder.errors import NotAllowed
from preorder.order import PersonId
from preorder.picture import Shot
from preorder.staff import Right, Role, may
from storage import outbox, people, staff
from storage.database import Tx
from storage.outbox import Outgoing, Priority
from storage.people import Person

NO_PREVIEW = {"is_disabled": True}
A = TypeVar("A")


def chat_number(chat: str) -> int:
    """The number under which a channel's messages wait: its id, or one for all that go by their @name."""
    return int(chat) if chat.lstrip("-").isdecimal() else -1


@dataclass
class Turn:
    """`origin` begins the key of everything said in this turn: `u<update id>` or `d<due id>`. When `is_hushed` the
    person is not answered (they write faster than answers can leave); what is told to others is told."""

    tx: Tx
    house: House
    now: datetime
    origin: str
    person: Person
    chat_id: int
    press: Press | None = None
    is_hushed: bool = False
    answers: Mapping[Question[object], object] = field(default_factory=dict)
    _count: int = field(default=0, init=False)
    _toasted: bool = field(default=False, init=False)

    @classmethod
    def unasked(cls, tx: Tx, house: House, now: datetime, origin: str) -> Turn:
        """A turn that nobody asked for: what is said in it is told to others."""
        nobody = Person(PersonId(0), "", "", house.settings.locale, subscribed=False, reachable=False)
        return cls(tx, house, now, origin, nobody, 0)

    @property
    def locale(self) -> Locale:
        return as_locale(self.person.locale)

    @cached_property
    def role(self) -> Role | None:
        """What this person is in the shop, as the books say in this transaction; None for a buyer (product 1)."""
        return "owner" if self.person.id in self.house.owners else staff.role_of(self.tx, self.person.id)

    def may(self, right: Right) -> bool:
        """May this person do this? Nothing is read for what everybody may."""
        return right is Right.BUY or may(self.role, right)

    def demand(self, right: Right) -> None:
        """Stand where a change is made. Raises `NotAllowed`."""
        if not self.may(right):
            raise NotAllowed

    def forget_role(self) -> None:
        """The person's role was changed in this turn: look again."""
        self.__dict__.pop("role", None)

    @property
    def is_staff(self) -> bool:
        return self.may(Right.WORK)

    @property
    def said(self) -> tuple[int, bool]:
        """How much was said so far, for `unsay`."""
        return self._count, self._toasted

    def unsay(self, said: tuple[int, bool]) -> None:
        """The rows of an undone attempt are gone; so is what this turn remembers of them."""
        self._count, self._toasted = said

    def ask(self, question: Question[A]) -> A:
        """What was found out outside. Raises `Asked` as long as that has not been done."""
        if question not in self.answers:
            raise Asked(question)
        return cast(A, self.answers[question])

    # --- to the person who wrote ---------------------------------------------------------------------------------

    def say(
        self,
        message: Message,
        keyboard: Keyboard = (),
        photo: str = "",
        *,
        key: str = "",
        pictures: tuple[Shot, ...] = (),
    ) -> bool:
        """A new message to the person who wrote; with a `key` once, and False when it was said before. `pictures` stand
        above it: one with the text as its caption where that fits, else by themselves, several as an album."""
        text = self.house.words.text(message, self.locale)
        if pictures and (len(pictures) > 1 or markup.visible_length(text) > markup.MAX_CAPTION):
            self._put(self.chat_id, *sights.alone(self.tx, pictures), key=f"{key}:g" if key else "")
            pictures = ()
        if pictures and pictures[0].kind == "video":
            params = self._caption(text, keyboard, self.locale)
            method, video = sights.alone(self.tx, pictures)
            if is_new := self._put(self.chat_id, method, {**params, **video}, key=key):
                self._offer(self.person, keyboard)
            return is_new
        photo = pictures[0].ref if pictures else photo
        return self._send(self.person, self.chat_id, text, keyboard, photo, key=key)

    def clear_keys(self, message: Message) -> None:
        """A new message that also takes away the keys below the chat."""
        params = self._text(self.house.words.text(message, self.locale))
        self._put(self.chat_id, "sendMessage", {**params, "reply_markup": {"remove_keyboard": True}})

    def show(self, prompt: Prompt, revision: int, above: Sequence[Message] = (), in_place: bool = True) -> None:
        """Put a screen up: in the pressed message where that is possible, else as a new message. `above` is said in
        the same message, so that sentence and buttons stay together."""
        words = self.house.words
        if prompt.before is not None:
            # A message of its own, so that it looks as it will; the screen then comes below it.
            self.say(prompt.before.message, prompt.before.keyboard, prompt.before.photo)
            in_place = False
        text = "\n\n".join(words.text(message, self.locale) for message in (*above, prompt.message))
        press = self.press
        if prompt.pictures:
            self._put(self.chat_id, *sights.alone(self.tx, prompt.pictures))
        fits = (
            len(markup.pages(text)) == 1
            and not (prompt.photo or prompt.pictures)
            and not markup.is_below_chat(prompt.keyboard)
        )
        if in_place and fits and press is not None and press.is_text and press.message_id:
            params = self._text(text)
            params["message_id"] = press.message_id
            keys = markup.markup(prompt.keyboard, words, self.locale, revision)
            if keys is not None:
                params["reply_markup"] = keys
            self._put(self.chat_id, "editMessageText", params)
            self._offer(self.person, prompt.keyboard)
        else:
            self._send(self.person, self.chat_id, text, prompt.keyboard, prompt.photo, revision=revision)

    def change_keys(self, keyboard: Keyboard) -> None:
        """The pressed message gets other buttons; without a press nothing is on the screen to be changed."""
        if self.press is not None and self.press.message_id:
            keys = markup.markup(keyboard, self.house.words, self.locale, 0) or {"inline_keyboard": []}
            params = {"message_id": self.press.message_id, "reply_markup": keys}
            self._put(self.chat_id, "editMessageReplyMarkup", params)
        self._offer(self.person, keyboard)

    def replace_screen(self, message: Message, keyboard: Keyboard = ()) -> None:
        """The pressed screen is over: its text becomes `message`, its buttons go or become standing ones."""
        self.show(Prompt(message, keyboard), 0)

    def toast(self, message: Message) -> None:
        """Answer a press with a short text over the chat; without a press, say it."""
        if self.press is None:
            self.say(message)
            return
        text = html.unescape(self.house.words.text(message, self.locale))
        self._toasted = True
        params = {"callback_query_id": self.press.query_id, "text": text[:200]}
        self._put(self.chat_id, "answerCallbackQuery", params, priority=Priority.PRESS)

    def finish(self) -> None:
        """Every press is answered, so that the button stops waiting."""
        if self.press is not None and not self._toasted:
            params = {"callback_query_id": self.press.query_id}
            self._put(self.chat_id, "answerCallbackQuery", params, priority=Priority.PRESS)
            self._toasted = True

    # --- to others -----------------------------------------------------------------------------------------------

    def tell(
        self,
        person_id: PersonId,
        message: Message,
        keyboard: Keyboard = (),
        *,
        key: str,
        photo: str = "",
        priority: Priority = Priority.ORDER,
    ) -> bool:
        """Write to somebody, once for this `key`; False when nothing new was written. Somebody who has left the bot
        alone is left alone."""
        person = self.reader(person_id)
        if not person.reachable:
            return False
        text = self.house.words.text(message, as_locale(person.locale))
        return self._send(person, person_id, text, keyboard, photo, key=f"{key}:{person_id}", priority=priority)

    def tell_sellers(self, message: Message, keyboard: Keyboard = (), *, key: str, right: Right = Right.SELL) -> None:
        """Tell everybody on the staff whose work this is."""
        for person_id in self.those_who_may(right):
            self.tell(person_id, message, keyboard, key=key)

    def those_who_may(self, right: Right) -> list[PersonId]:
        """Everybody on the staff who has this right, the owners too; always in the same order."""
        return self.house.those_who_may(self.tx, right)

    def send_file(
        self, person_id: int, kind: str, file_id: str, message: Message, keyboard: Keyboard, key: str
    ) -> None:
        """A photo or document that Telegram has, or a document of ours, with a caption, once for this `key`."""
        person = self.reader(PersonId(person_id))
        locale = as_locale(person.locale)
        params = self._caption(self.house.words.text(message, locale), keyboard, locale)
        params[kind] = sights.media(self.tx, file_id) if kind == "document" else file_id
        method = "sendPhoto" if kind == "photo" else "sendDocument"
        if self._put(person_id, method, params, key=key, priority=Priority.ORDER):
            self._offer(person, keyboard)

    def send_sheet(self, what: dict[str, Any], message: Message) -> None:
        """A sheet that is made when it leaves, from what the books say then."""
        params = self._caption(self.house.words.text(message, self.locale), (), self.locale)
        self._put(self.chat_id, "sendDocument", {**params, "document": {"sheet": what}})

    def change_caption(self, key_prefix: str, message: Message) -> None:
        """Everybody's copy of a message sent under this key gets a new caption and loses its buttons."""
        for chat_id, message_id, _ in outbox.already_sent(self.tx, key_prefix):
            locale = as_locale(self.reader(PersonId(chat_id)).locale)
            params = self._caption(self.house.words.text(message, locale), (), locale)
            self._put(chat_id, "editMessageCaption", {**params, "message_id": message_id})

    def change_text(self, key_prefix: str, message: Message, keyboard: Keyboard) -> None:
        """Everybody's copy of a message sent under this key gets another text and other buttons."""
        for chat_id, message_id, _ in outbox.already_sent(self.tx, key_prefix):
            locale = as_locale(self.reader(PersonId(chat_id)).locale)
            params = self._message(self.house.words.text(message, locale), keyboard, "", locale, 0)
            self._put(chat_id, "editMessageText", {**params, "message_id": message_id}, priority=Priority.ORDER)

    def post(
        self, chat: str, message: Message, keyboard: Keyboard, photo: str, key: str, due_at: datetime | None = None
    ) -> None:
        """A post in the channel, not before `due_at`."""
        locale = self.house.settings.locale
        text = self.house.words.text(message, locale)
        params = self._message(text, keyboard, photo, locale, 0)
        params["chat_id"] = chat
        method = "sendPhoto" if "photo" in params else "sendMessage"
        row = Outgoing(key, chat_number(chat), method, params, Priority.ORDER)
        outbox.put(self.tx, row, self.now, due_at)

    def reader(self, person_id: PersonId) -> Person:
        """Whom we write to; somebody we never met reads the shop's language."""
        known = people.find(self.tx, person_id)
        return known or Person(person_id, "", "", self.house.settings.locale, subscribed=True, reachable=True)

    # --- rows ----------------------------------------------------------------------------------------------------

    def _send(
        self,
        person: Person,
        chat_id: int,
        text: str,
        keyboard: Keyboard,
        photo: str,
        *,
        key: str = "",
        priority: Priority = Priority.ANSWER,
        revision: int = 0,
    ) -> bool:
        locale = as_locale(person.locale)
        if photo and markup.visible_length(text) > markup.MAX_CAPTION:
            photo = ""
        *first, last = markup.pages(text)
        for number, page in enumerate(first):
            page_key = f"{key}:p{number}" if key else ""
            self._put(chat_id, "sendMessage", self._text(page), key=page_key, priority=priority)
        params = self._message(last, keyboard, photo, locale, revision)
        is_new = self._put(chat_id, "sendPhoto" if photo else "sendMessage", params, key=key, priority=priority)
        if is_new and priority is not Priority.BROADCAST and chat_id == person.id:
            self._offer(person, keyboard)
        return is_new

    def _message(self, text: str, keyboard: Keyboard, photo: str, locale: Locale, revision: int) -> dict[str, Any]:
        if photo:
            return {**self._caption(text, keyboard, locale, revision), "photo": sights.media(self.tx, photo)}
        keys = markup.markup(keyboard, self.house.words, locale, revision)
        return self._text(text) if keys is None else {**self._text(text), "reply_markup": keys}

    def _caption(self, text: str, keyboard: Keyboard, locale: Locale, revision: int = 0) -> dict[str, Any]:
        params: dict[str, Any] = {"caption": text, "parse_mode": "HTML"}
        keys = markup.markup(keyboard, self.house.words, locale, revision)
        return params if keys is None else {**params, "reply_markup": keys}

    def _text(self, text: str) -> dict[str, Any]:
        return {"text": text, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}

    def _put(
        self,
        chat_id: int,
        method: str,
        params: dict[str, Any],
        *,
        key: str = "",
        priority: Priority = Priority.ANSWER,
    ) -> bool:
        self._count += 1
        if self.is_hushed and not key and priority <= Priority.ANSWER:
            return False
        if priority is not Priority.PRESS:
            params = {"chat_id": chat_id, **params}
        own_key = key or f"{self.origin}:{self._count}"
        return outbox.put(self.tx, Outgoing(own_key, chat_id, method, params, priority), self.now)

    def _offer(self, person: Person, keyboard: Keyboard) -> None:
        """product 1: typing a button's label, or its number where it is a choice, does what pressing it does."""
        number = 0
        for row in keyboard:
            for button in row:
                if not isinstance(button, ActionButton):
                    continue
                names = {plain_label(name) for name in self.house.words.label_in_all(button.label)}
                if button.choice:
                    number += 1
                    names.add(str(number))
                people.offer_action(
                    self.tx, person.id, sorted(names), action_data(button.action, button.args), self.now
                )
