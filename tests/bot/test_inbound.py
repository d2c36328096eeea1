"""What is heard of an update: who said what, where; and that nothing Telegram invents makes a message unreadable."""

from __future__ import annotations

from typing import Any, Final

import pytest

from bot.inbound import Command, Edited, Heard, Press, Reachable, Unheard, Unreadable, hear
from conversations.said import Other, SentFile, SharedContact, Typed

RINA: Final = {"id": 7001, "is_bot": False, "first_name": "Rina", "language_code": "id"}
PRIVATE: Final = {"id": 7001, "type": "private", "first_name": "Rina"}
ENVELOPE: Final = {"message_id": 5, "date": 1_790_000_000, "chat": PRIVATE, "from": RINA}
FILE: Final = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
# As a server that is older or newer than the library sends them.
STRANGE: Final[dict[str, tuple[dict[str, Any], object]]] = {
    "a poll of another version": ({"poll": {"id": "1", "question": "Jadi?"}}, Other("poll")),
    "a sticker without a size": ({"sticker": {"file_id": "x"}}, Other("sticker")),
    "content that is not invented yet": ({"hologram": {"depth": 3}}, Other("other")),
    "an animation, which is a document too": ({"animation": {}, "document": FILE}, Other("video")),
    "an animation alone": ({"animation": {}}, Other("video")),
    "text with parts not invented yet": ({"text": "2", "entities": [{"type": 9}], "quote": 1}, Typed("2")),
    "a photo under an effect": (
        {"photo": [{**FILE, "width": 1, "height": 1}], "effect_id": 7},
        SentFile("photo", "f", "u", 9),
    ),
    "a contact": ({"contact": {"phone_number": "62812", "first_name": "R"}}, SharedContact("62812", "R")),
    "a reply to something unreadable": (
        {"text": "ini", "reply_to_message": {**ENVELOPE, "caption": "PO-7K3F", "poll": {}}},
        Typed("ini"),
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_message_is_heard_whatever_else_is_in_it(name: str) -> None:
    """What the bot has no use for is not parsed: it never makes the rest unreadable, and is known by its name."""
    content, word = STRANGE[name]
    heard = hear({"update_id": 1, "message": {**ENVELOPE, **content}})
    assert isinstance(heard, Heard)
    assert heard.what == word
    assert heard.about == ("PO-7K3F" if "reply_to_message" in content else "")


@pytest.mark.parametrize(
    "content", [{"pinned_message": {}}, {"new_chat_members": [RINA]}, {"message_auto_delete_timer_changed": {}}]
)
def test_a_service_message_is_nobodys_word(content: dict[str, Any]) -> None:
    """Pins, members and timers say nothing that wants an answer."""
    assert hear({"update_id": 1, "message": {**ENVELOPE, **content}}) == Unheard()


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/open", Command("open", "")),
        ("/start b_abc", Command("start", "b_abc")),
        ("/Order@Bukapo_Bot  sekarang ", Command("order", "sekarang", "bukapo_bot")),
        ("/recap\nhari ini", Command("recap", "hari ini")),
        ("/ open", Command("open", "")),
    ],
)
def test_a_command_is_read_with_its_addressee(text: str, command: Command) -> None:
    """Case and spaces do not matter; a command may be meant for another bot."""
    heard = hear({"update_id": 1, "message": {**ENVELOPE, "text": text}})
    assert isinstance(heard, Heard)
    assert heard.what == command


def test_a_press_is_heard_without_its_screen() -> None:
    """Of the message under a press only its place and whether it is text are read."""
    message = {**ENVELOPE, "text": "layar", "reply_markup": {"strange": 1}, "poll": {}}
    query = {"id": "1", "from": RINA, "chat_instance": "1", "message": message, "data": "s:1:back"}
    heard = hear({"update_id": 1, "callback_query": query})
    assert isinstance(heard, Heard)
    assert heard.what == Press("1", "s:1:back", 5, is_text=True)


def test_an_edit_and_a_block_are_heard_as_such() -> None:
    """An edited message is not read again; a block says that the person cannot be reached."""
    edited = hear({"update_id": 1, "edited_message": {**ENVELOPE, "edit_date": 1, "text": "3"}})
    assert isinstance(edited, Heard)
    assert edited.what == Edited()
    bot = {"user": {"id": 1, "is_bot": True, "first_name": "B"}}
    kicked = {**bot, "status": "kicked", "until_date": 0}
    change = {"old_chat_member": {**bot, "status": "member"}, "new_chat_member": kicked}
    blocked = hear({"update_id": 2, "my_chat_member": {"chat": PRIVATE, "from": RINA, "date": 1_790_000_000, **change}})
    assert isinstance(blocked, Heard)
    assert blocked.what == Reachable(is_reachable=False)


@pytest.mark.parametrize(
    "content",
    [
        {"text": {"not": "a text"}},
        {"text": "halo", "chat": {"id": "7001", "type": "private"}},
        {"text": "halo", "chat": {"id": 2**63, "type": "private"}},
        {"text": "halo", "chat": None},
        {"text": "halo", "from": {**RINA, "id": True}},
        {"text": "halo", "from": {**RINA, "first_name": None}},
        {"photo": {"file_id": "f"}},
        {"photo": [{"file_id": "f"}]},
        {"document": {**FILE, "file_size": "9"}},
        {"contact": {"phone_number": 62812, "first_name": "R"}},
        {"text": "halo", "reply_to_message": "PO-7K3F"},
    ],
)
def test_a_message_of_another_shape_is_refused_whole(content: dict[str, Any]) -> None:
    """Whatever is used is of the type that the Bot API promises: nothing else gets into the books."""
    with pytest.raises(Unreadable):
        hear({"update_id": 1, "message": {**ENVELOPE, **content}})
