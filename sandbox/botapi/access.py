"""Which chat a request means, and whether the bot may do there what it asks.

In: the world and a call. Out: chat or message, or the refusal that Telegram gives (400 not found, 403 blocked, no
rights). Nothing is changed here.
"""

from __future__ import annotations

from sandbox.botapi.call import Call
from sandbox.errors import bad_request, forbidden
from sandbox.world import Chat, Message, World


def target(world: World, call: Call, name: str = "chat_id") -> Chat:
    """The chat that the request names. Raises 400 when it names none, or one that the bot has never met."""
    wanted = call.text(name).strip()
    if not wanted:
        raise bad_request(f"{name} is empty")
    chat = world.find_chat(wanted)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def readable(world: World, chat: Chat) -> Chat:
    """A chat that the bot may look at. Raises 403 when it was sent away, 400 when the person never wrote."""
    if chat.is_private:
        if not world.people[chat.id].started:
            raise bad_request("chat not found")
        return chat
    if chat.bot == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.bot == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def writable(world: World, chat: Chat) -> Chat:
    """A chat that the bot may write to. Raises 400 or 403 as Telegram does."""
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.is_private:
        person = world.people[chat.id]
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    readable(world, chat)
    if chat.kind == "channel" and chat.bot != "administrator":
        raise bad_request("need administrator rights in the channel chat")
    return chat


def message_at(chat: Chat, call: Call, purpose: str, name: str = "message_id") -> Message:
    """The message that the request names. `purpose` is what Telegram calls it: edit, delete, pin, copy, forward."""
    message_id = call.integer(name)
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.message(message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message
