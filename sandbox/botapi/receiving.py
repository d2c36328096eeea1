"""Methods by which the bot gets its updates: long polling, or the settings of a webhook.

In: a call. Out: updates. An update is confirmed when a getUpdates *arrives* with an offset above it; until then it
comes again. Of two who poll at once the older is sent away with 409.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from sandbox.botapi.call import Call
from sandbox.errors import ApiError, bad_request
from sandbox.mailbox import Mailbox, Webhook
from sandbox.world import Json, World

LONGEST_POLL = 50
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LOCAL = ("127.0.0.1", "localhost", "::1")


async def get_updates(world: World, call: Call) -> list[Json]:
    """getUpdates: waits at most `timeout` real seconds, 50 at most."""
    mailbox = world.mailbox
    if mailbox.webhook:
        raise ApiError(409, WEBHOOK_ACTIVE)
    _allow(mailbox, call)
    if offset := call.integer("offset"):
        mailbox.confirm(offset)
    limit = call.integer("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    mailbox.polls += 1
    mine = mailbox.polls
    mailbox.bell.ring()
    loop = asyncio.get_running_loop()
    until = loop.time() + min(max(call.integer("timeout"), 0), LONGEST_POLL)
    while True:
        found = [one.body for one in mailbox.waiting()[:limit]]
        left = until - loop.time()
        if found or left <= 0:
            return found
        await mailbox.bell.heard(left)
        if mailbox.polls != mine:
            raise ApiError(409, TERMINATED)
        if mailbox.webhook:
            raise ApiError(409, "Conflict: terminated by setWebhook request")


def set_webhook(world: World, call: Call) -> bool:
    """setWebhook: HTTPS, or plain HTTP to this computer, as a Bot API server of one's own allows."""
    mailbox = world.mailbox
    url = call.text("url").strip()
    if not url:
        return delete_webhook(world, call)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if call.flag("drop_pending_updates"):
        mailbox.clear()
    _allow(mailbox, call)
    most = call.integer("max_connections", 40)
    mailbox.webhook = Webhook(url, secret, min(max(most, 1), 100))
    mailbox.bell.ring()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """deleteWebhook."""
    if call.flag("drop_pending_updates"):
        world.mailbox.clear()
    world.mailbox.webhook = None
    world.mailbox.bell.ring()
    return True


def webhook_info(world: World, _: Call) -> Json:
    """getWebhookInfo."""
    mailbox = world.mailbox
    webhook = mailbox.webhook
    known: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(mailbox.waiting()),
    }
    if webhook:
        known["max_connections"] = webhook.max_connections
        if webhook.last_error_date is not None:
            known["last_error_date"] = webhook.last_error_date
            known["last_error_message"] = webhook.last_error_message
    if mailbox.allowed:
        known["allowed_updates"] = list(mailbox.allowed)
    return known


def _allow(mailbox: Mailbox, call: Call) -> None:
    kinds = call.json("allowed_updates", "allowed_updates")
    if isinstance(kinds, list):
        mailbox.allow(str(kind) for kind in kinds)
