"""Every method this server knows, in one table. What is not here is answered 404, as an unknown method.

In: a method's name in small letters. Out: the function that does it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sandbox.botapi import chats, editing, profile, receiving, sending
from sandbox.botapi.call import Call
from sandbox.botapi.files import get_file
from sandbox.world import World

Method = Callable[[World, Call], Any]

METHODS: Final[dict[str, Method]] = {
    "getupdates": receiving.get_updates,
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
    "getwebhookinfo": receiving.webhook_info,
    "getme": profile.get_me,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendvideo": sending.send_video,
    "sendmediagroup": sending.send_media_group,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_text,
    "editmessagecaption": editing.edit_caption,
    "editmessagemedia": editing.edit_media,
    "editmessagereplymarkup": editing.edit_markup,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "pinchatmessage": editing.pin,
    "unpinchatmessage": editing.unpin,
    "answercallbackquery": editing.answer_press,
    "getfile": get_file,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_member,
    "getchatadministrators": chats.get_administrators,
    "getchatmembercount": chats.count_members,
    "leavechat": chats.leave_chat,
    "setmycommands": profile.set_commands,
    "getmycommands": profile.get_commands,
    "deletemycommands": profile.delete_commands,
    "setmyname": profile.set_text,
    "getmyname": profile.get_text,
    "setmydescription": profile.set_text,
    "getmydescription": profile.get_text,
    "setmyshortdescription": profile.set_text,
    "getmyshortdescription": profile.get_text,
    "setchatmenubutton": profile.set_menu_button,
    "getchatmenubutton": profile.get_menu_button,
}
