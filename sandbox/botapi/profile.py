"""What the bot says about itself: name, descriptions, menu button, and the commands that each person's menu shows.

In: a call. Out: what was set before, or True. Commands are kept by scope and language; which list a person sees is
`visible_commands`, in the order of the Bot API ("Determining list of commands").
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.botapi.access import target
from sandbox.botapi.call import Call
from sandbox.errors import bad_request
from sandbox.membership import standing_of
from sandbox.world import Chat, Json, Person, World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _: Call) -> Json:
    """getMe."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(world: World, call: Call) -> str:
    scope: Any = call.json("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _PLAIN_SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    inner = Call(call.method, {"chat_id": str(scope.get("chat_id", ""))})
    chat = target(world, inner)
    if kind == "chat_member":
        return f"{kind}:{chat.id}:{scope.get('user_id')}"
    return f"{kind}:{chat.id}"


def _language(call: Call) -> str:
    language = call.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language


def set_commands(world: World, call: Call) -> bool:
    """setMyCommands."""
    commands = call.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        name = str(command.get("command", "")).lstrip("/").lower() if isinstance(command, dict) else ""
        description = str(command.get("description", "")).strip() if isinstance(command, dict) else ""
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    world.profile.commands[(_scope(world, call), _language(call))] = kept
    return _announce(world)


def get_commands(world: World, call: Call) -> list[Json]:
    """getMyCommands: exactly that scope and language, empty when nothing was set."""
    return world.profile.commands.get((_scope(world, call), _language(call)), [])


def delete_commands(world: World, call: Call) -> bool:
    """deleteMyCommands."""
    world.profile.commands.pop((_scope(world, call), _language(call)), None)
    return _announce(world)


def visible_commands(world: World, person: Person, chat: Chat) -> list[Json]:
    """The commands that this person's menu shows in this chat: the narrowest scope first, own language before none."""
    if chat.is_private:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        is_admin = standing_of(person.id, chat) in ("creator", "administrator")
        scopes = [f"chat_member:{chat.id}:{person.id}"]
        scopes += [f"chat_administrators:{chat.id}"] if is_admin else []
        scopes += [f"chat:{chat.id}"]
        scopes += ["all_chat_administrators"] if is_admin else []
        scopes += ["all_group_chats", "default"]
    for scope in scopes:
        for language in (person.language_code[:2], ""):
            if found := world.profile.commands.get((scope, language)):
                return found
    return []


def set_text(world: World, call: Call) -> bool:
    """setMyName, setMyDescription, setMyShortDescription; an empty text takes the translation away."""
    kind = _text_kind(call)
    text = call.text(kind)
    if len(text) > _LENGTHS[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    world.profile.texts[(kind, _language(call))] = text
    return _announce(world)


def get_text(world: World, call: Call) -> Json:
    """getMyName, getMyDescription, getMyShortDescription."""
    kind = _text_kind(call)
    return {kind: visible_text(world, kind, _language(call))}


def visible_text(world: World, kind: str, language: str) -> str:
    """The bot's name or description in a language, in the general one when there is no translation."""
    texts = world.profile.texts
    fallback = world.bot["first_name"] if kind == "name" else ""
    return texts.get((kind, language)) or texts.get((kind, "")) or fallback


def _text_kind(call: Call) -> str:
    tail = call.method.removeprefix("setmy").removeprefix("getmy")
    return {"shortdescription": "short_description"}.get(tail, tail)


def set_menu_button(world: World, call: Call) -> bool:
    """setChatMenuButton."""
    button = call.json("menu_button", "MenuButton") or {"type": "default"}
    world.profile.menu_buttons[call.integer("chat_id")] = button
    return True


def get_menu_button(world: World, call: Call) -> Json:
    """getChatMenuButton."""
    buttons = world.profile.menu_buttons
    return buttons.get(call.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


def _announce(world: World) -> bool:
    world.change += 1
    world.bell.ring()
    return True
