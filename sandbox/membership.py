"""Who belongs to what: joining, leaving, blocking, and what the bot is told of it.

In: the world and one change. Out: the new standing, the service message that a chat shows, and the updates
(`my_chat_member`, `chat_member`) that follow. Also the ChatMember object, since it says the same thing.
"""

from __future__ import annotations

from sandbox.errors import ImpossibleError
from sandbox.world import Chat, Json, Person, Standing, World


def block(world: World, person: Person) -> None:
    """Stop the bot: from now on it gets 403."""
    if not person.blocked:
        person.blocked = True
        _standing(world, person, world.chats[person.id], "member", "kicked")


def unblock(world: World, person: Person) -> None:
    """Let the bot write again."""
    if person.blocked:
        person.blocked = False
        _standing(world, person, world.chats[person.id], "kicked", "member")


def _standing(world: World, person: Person, chat: Chat, old: str, new: str) -> None:
    body = {
        "chat": world.chat_json(chat),
        "from": person.user(),
        "date": world.clock.unix(),
        "old_chat_member": member(world.bot, old),
        "new_chat_member": member(world.bot, new),
    }
    world.touch(chat)
    world.update("my_chat_member", body, chat.id)


def member(user: Json, status: str) -> Json:
    """A ChatMember object; an administrator has all ordinary rights."""
    match status:
        case "kicked":
            return {"user": user, "status": status, "until_date": 0}
        case "creator":
            return {"user": user, "status": status, "is_anonymous": False}
        case "administrator":
            return {"user": user, "status": status, "can_be_edited": False, **ADMIN_RIGHTS}
    return {"user": user, "status": status}


ADMIN_RIGHTS: Json = {
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": True,
    "can_edit_stories": True,
    "can_delete_stories": True,
    "can_post_messages": True,
    "can_edit_messages": True,
    "can_pin_messages": True,
}


def standing_of(person_id: int, chat: Chat) -> str:
    """What somebody is in a chat, as ChatMember calls it. The first administrator is the creator."""
    if person_id in chat.admins:
        return "creator" if person_id == min(chat.admins) else "administrator"
    return "member" if person_id in chat.members or chat.id == person_id else "left"


def join(world: World, chat: Chat, person: Person) -> None:
    """Somebody comes in."""
    if person.id in chat.members:
        return
    chat.members.add(person.id)
    _moved(world, chat, person, "left", "member")
    _service(world, chat, person, {"new_chat_members": [person.user()]})


def leave(world: World, chat: Chat, person: Person, kicked: bool = False) -> None:
    """Somebody goes, or is sent away."""
    if person.id not in chat.members:
        return
    was = standing_of(person.id, chat)
    chat.members.discard(person.id)
    chat.admins.discard(person.id)
    _moved(world, chat, person, was, "kicked" if kicked else "left")
    _service(world, chat, person, {"left_chat_member": person.user()})


def set_bot(world: World, chat: Chat, standing: Standing, by: Person | None = None) -> None:
    """Somebody (an administrator unless named) makes the bot a member or administrator, or sends it away."""
    old, chat.bot = chat.bot, standing
    actor = by or world.people.get(min(chat.admins | chat.members, default=0))
    if old != standing and actor is not None:
        _standing(world, actor, chat, old, standing)


def migrate(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup with another id. Raises ImpossibleError for what is not a basic group."""
    if chat.kind != "group" or chat.migrated_to is not None:
        raise ImpossibleError("only a basic group becomes a supergroup, once")
    new_id = -1_002_000_000_000 - abs(chat.id)
    new = Chat(new_id, "supergroup", chat.title, chat.username, set(chat.members), set(chat.admins), chat.bot)
    world.add_chat(new)
    actor = world.people.get(min(chat.admins | chat.members, default=0))
    if actor is not None:
        _service(world, chat, actor, {"migrate_to_chat_id": new_id})
        _service(world, new, actor, {"migrate_from_chat_id": chat.id})
    chat.migrated_to = new_id
    return new


def _service(world: World, chat: Chat, actor: Person, content: Json) -> None:
    if chat.kind == "channel":
        return
    message = world.post(chat, {"from": actor.user()}, content)
    if chat.bot not in ("left", "kicked"):
        world.update("message", message.body, chat.id)


def _moved(world: World, chat: Chat, person: Person, old: str, new: str) -> None:
    world.touch(chat)
    if chat.bot != "administrator":
        return
    body = {
        "chat": world.chat_json(chat),
        "from": person.user(),
        "date": world.clock.unix(),
        "old_chat_member": member(person.user(), old),
        "new_chat_member": member(person.user(), new),
    }
    world.update("chat_member", body, chat.id)
