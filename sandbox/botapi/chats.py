"""Methods about chats and the people in them.

In: a call. Out: ChatFullInfo, ChatMember, a count, or True.
"""

from __future__ import annotations

from sandbox.botapi.access import readable, target
from sandbox.botapi.call import Call
from sandbox.errors import bad_request
from sandbox.membership import ADMIN_RIGHTS, member, set_bot, standing_of
from sandbox.world import Chat, Json, World

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(world: World, call: Call) -> Json:
    """getChat."""
    chat = readable(world, target(world, call))
    known: Json = world.chat_json(chat)
    full = {**known, "accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if chat.username:
        full["active_usernames"] = [chat.username]
    if chat.pinned and (pinned := chat.message(chat.pinned[-1])):
        full["pinned_message"] = pinned.body
    if chat.linked is not None:
        full["linked_chat_id"] = chat.linked
    if chat.kind in ("group", "supergroup"):
        full["permissions"] = {"can_send_messages": True, "can_invite_users": True}
    return full


def get_member(world: World, call: Call) -> Json:
    """getChatMember: of a person or of the bot itself."""
    chat = readable(world, target(world, call))
    user_id = call.integer("user_id")
    if user_id == world.bot["id"]:
        return member(world.bot, "member" if chat.is_private else chat.bot)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("invalid user_id specified" if user_id <= 0 else "PARTICIPANT_ID_INVALID")
    if chat.kind == "channel" and chat.bot != "administrator":
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return member(person.user(), standing_of(user_id, chat))


def get_administrators(world: World, call: Call) -> list[Json]:
    """getChatAdministrators: all but other bots; this bot is named when it is one."""
    chat = readable(world, target(world, call))
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    found = [
        member(world.people[one].user(), standing_of(one, chat)) for one in sorted(chat.admins) if one in world.people
    ]
    if chat.bot == "administrator":
        found.append({"user": world.bot, "status": "administrator", "can_be_edited": False, **ADMIN_RIGHTS})
    return found


def count_members(world: World, call: Call) -> int:
    """getChatMemberCount: the bot counts, too."""
    chat = readable(world, target(world, call))
    return 2 if chat.is_private else _count(chat)


def _count(chat: Chat) -> int:
    return len(chat.members | chat.admins) + 1


def leave_chat(world: World, call: Call) -> bool:
    """leaveChat."""
    chat = target(world, call)
    if chat.is_private:
        raise bad_request("chat not found")
    set_bot(world, readable(world, chat), "left")
    return True
