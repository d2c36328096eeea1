"""Updates nobody has ever sent: what Telegram sends, with a part exchanged, missing, added or of another type.

In: hypothesis's chance. Out: JSON objects as `getUpdates` could carry them. Every field name that the library knows for
an update, a message, a press, a chat and a person may turn up anywhere, with any JSON in it.
"""

from __future__ import annotations

import copy
import random
from typing import Any, Final

import telegram
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

Json = dict[str, Any]
FIRST_PERSON: Final = 700_000
PEOPLE: Final = 60
PERSON: Final = {"id": 7001, "is_bot": False, "first_name": "Rina", "username": "rina", "language_code": "id"}
CHAT: Final = {"id": 7001, "type": "private", "first_name": "Rina"}
MESSAGE: Final = {"message_id": 5, "from": PERSON, "chat": CHAT, "date": 1_795_000_000}
FILE: Final = {"file_id": "f", "file_unique_id": "u", "file_size": 900}
PHOTO: Final = {**FILE, "width": 90, "height": 90}
COMMAND: Final = {"type": "bot_command", "offset": 0, "length": 6}
PRESS: Final = {"id": "1", "from": PERSON, "message": {**MESSAGE, "text": "?"}, "chat_instance": "9"}
MEMBER: Final = {"user": PERSON, "status": "member"}

# One of everything that the bot hears, and of some that it does not.
SAMPLES: Final[tuple[Json, ...]] = (
    {"message": {**MESSAGE, "text": "halo"}},
    {"message": {**MESSAGE, "text": "/order", "entities": [COMMAND]}},
    {"message": {**MESSAGE, "text": "/start b_gajian01", "entities": [COMMAND]}},
    {"message": {**MESSAGE, "text": "2"}},
    {"message": {**MESSAGE, "text": "Nama: Rina\nNo HP: 0812-3456-7890\nAlamat: Jl. Melati No. 5, Bandung 40162"}},
    {"message": {**MESSAGE, "photo": [PHOTO, PHOTO], "caption": "PO-7K3F", "media_group_id": "1"}},
    {"message": {**MESSAGE, "document": {**FILE, "file_name": "bukti.pdf", "mime_type": "application/pdf"}}},
    {"message": {**MESSAGE, "contact": {"phone_number": "+62812", "first_name": "Rina", "user_id": 7001}}},
    {"message": {**MESSAGE, "sticker": {**PHOTO, "type": "regular", "is_animated": False, "is_video": False}}},
    {"message": {**MESSAGE, "voice": {**FILE, "duration": 3}}},
    {"message": {**MESSAGE, "location": {"latitude": -6.9, "longitude": 107.6}}},
    {"message": {**MESSAGE, "reply_to_message": {**MESSAGE, "text": "PO-7K3F"}, "text": "ini ya"}},
    {"message": {**MESSAGE, "chat": {"id": -5001, "type": "group", "title": "Grup"}, "text": "/order"}},
    {"message": {**MESSAGE, "new_chat_members": [PERSON]}},
    {"edited_message": {**MESSAGE, "text": "3", "edit_date": 1_795_000_009}},
    {"callback_query": {**PRESS, "data": "s:1:x"}},
    {"callback_query": {**PRESS, "data": "a:order"}},
    {"my_chat_member": {"chat": CHAT, "from": PERSON, "date": 1, "old_chat_member": MEMBER, "new_chat_member": MEMBER}},
    {"channel_post": {**MESSAGE, "chat": {"id": -100, "type": "channel", "title": "Toko"}, "text": "halo"}},
    {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}},
)
_KNOWN: Final = (telegram.Update, telegram.Message, telegram.CallbackQuery, telegram.Chat, telegram.User)
NAMES: Final = sorted(
    {name.removesuffix("_user") for kind in _KNOWN for name in kind.__slots__ if name[0] != "_"} - {"update_id"}
)

_whole = st.one_of(st.integers(), st.sampled_from((0, -1, 2**31, 2**53, 2**63, 2**64, -(2**70))))
# Half a surrogate pair cannot be written as UTF-8, but as an escape it is JSON.
_texts = st.one_of(
    st.text(max_size=20), st.sampled_from(("", "\x00", "\ud83d", "/", "/order", "s:1:x", "٣", "<b>", "A" * 5000))
)
_leaf = st.one_of(st.none(), st.booleans(), _whole, st.floats(allow_nan=False, allow_infinity=False), _texts)
junk = st.recursive(
    _leaf,
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.sampled_from(NAMES), inside, max_size=4)),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something can be exchanged."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for key, part in inside for one in ((*path, key), *_places(part, (*path, key)))]


def _from(person: int, value: Any) -> Any:
    """A copy in which somebody else does it."""
    if isinstance(value, dict):
        return {key: _from(person, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_from(person, part) for part in value]
    return person if value == PERSON["id"] else value


def _mutated(chance: random.Random, values: list[Any]) -> Json:
    """One sample, changed in one to three places; now and then something altogether different."""
    if chance.random() < 0.05:
        return {chance.choice(NAMES): chance.choice(values) for _ in range(chance.randint(0, 3))}
    update: Json = _from(FIRST_PERSON + chance.randrange(PEOPLE), chance.choice(SAMPLES))
    for _ in range(chance.randint(1, 3)):
        places = _places(update)
        if not places:
            break
        *path, last = chance.choice(places)
        holder: Any = update
        for key in path:
            holder = holder[key]
        match chance.choice(("exchange", "exchange", "drop", "add", "double")):
            case "drop":
                del holder[last]
            case "add" if isinstance(holder, dict):
                holder[chance.choice(NAMES)] = copy.deepcopy(chance.choice(values))
            case "double":
                holder[last] = [copy.deepcopy(holder[last])] * 2
            case _:
                holder[last] = copy.deepcopy(chance.choice(values))
    return update


def some(count: int, number: int) -> list[Json]:
    """So many of them, the same for the same seed `number`.

    hypothesis makes the values that are put in; where they go is cheaper chance, so that ten thousand take seconds.
    """
    chance = random.Random(number)
    values = _values(max(100, count // 20), number)
    return [_mutated(chance, values) for _ in range(count)]


def _values(count: int, number: int) -> list[Any]:
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(junk)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found
