"""What hangs under a message: the `reply_markup` of a request, checked as strictly as Telegram checks it.

In: the parsed JSON. Out: the markup as Telegram would send it back, without fields it does not know. Limits: exactly
one action a button, callback_data 1 to 64 bytes, copy_text 1 to 256 characters, at most 100 buttons.
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import bad_request

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
STYLES = ("danger", "success", "primary")
MOST_BUTTONS = 100
_LOOK = ("icon_custom_emoji_id", "style")
_REPLY_REQUESTS = ("request_users", "request_chat", "request_contact", "request_location", "request_poll", "web_app")
_LINK = re.compile(r"(?i)(https?://[^\s/?#]+\.?[^\s]*|tg://\S+)")
_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}([/?#:]\S*)?")

Json = dict[str, Any]


def read_markup(markup: Any) -> Json | None:
    """The markup that will be kept; None for none. Raises ApiError 400."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        return _reply(markup)
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True, "selective": bool(markup.get("selective"))}
    if markup.get("force_reply"):
        return _kept(markup, ("force_reply", "input_field_placeholder", "selective"))
    return None


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise bad_request(f'field "{what}" must be an Array of Arrays')
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline(rows: Any) -> Json | None:
    kept = [[_inline_button(button) for button in row] for row in _rows(rows, "inline_keyboard")]
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = _label(button, "inline keyboard button")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one optional field must be used")
    action = actions[0]
    return {"text": text, **_look(button), action: _action(action, button[action], text)}


def _label(button: Json, what: str) -> str:
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"{what} text must be non-empty")
    return text.strip()


def _look(button: Json) -> Json:
    if "style" in button and button["style"] not in STYLES:
        raise bad_request("can't parse keyboard button: invalid button style specified")
    return {name: button[name] for name in _LOOK if button.get(name)}


def _action(action: str, value: Any, text: str) -> Any:
    match action:
        case "callback_data":
            if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            return _address(value)
        case "copy_text":
            copied = value.get("text") if isinstance(value, dict) else None
            if not isinstance(copied, str) or not 1 <= len(copied) <= 256:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
            return {"text": copied}
        case "web_app" | "login_url":
            address = value.get("url") if isinstance(value, dict) else None
            if not isinstance(address, str) or not address.startswith("https://"):
                raise bad_request(f'inline keyboard button "{text}" has an invalid URL: only HTTPS links are allowed')
    return value


def _address(address: Any) -> str:
    if isinstance(address, str) and _LINK.fullmatch(address.strip()):
        return address.strip()
    if isinstance(address, str) and _DOMAIN.fullmatch(address.strip()):
        return f"http://{address.strip()}"
    raise bad_request("BUTTON_URL_INVALID")


def _reply(markup: Json) -> Json:
    rows = [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"], "keyboard")]
    if not rows:
        raise bad_request("reply keyboard must be non-empty")
    options = ("is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective")
    return {"keyboard": rows, **_kept(markup, options)}


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    requests = [name for name in _REPLY_REQUESTS if button.get(name)]
    if len(requests) > 1:
        raise bad_request("can't parse keyboard button: at most one optional field must be used")
    return {"text": _label(button, "keyboard button"), **_look(button), **{name: button[name] for name in requests}}


def _kept(markup: Json, names: tuple[str, ...]) -> Json:
    return {name: markup[name] for name in names if markup.get(name)}
