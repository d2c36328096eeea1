"""The Bot API over HTTP: reads a request, meets it with a fault if one is due, calls the method, writes the log.

In: GET or POST; address, form, JSON or multipart. Out: Telegram's JSON with its status. The token may arrive with
`%3A` for its colon; a wrong one gets 401, an unknown method 404.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import time
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.botapi.call import Call, Upload, as_text
from sandbox.botapi.media import MIB, UPLOAD_LIMIT
from sandbox.botapi.methods import METHODS
from sandbox.calls import Calls
from sandbox.errors import ApiError, bad_request, forbidden, too_many
from sandbox.faults import Fault, Faults
from sandbox.world import World

MOST_BODY = UPLOAD_LIMIT + 2 * MIB


class Endpoint:
    """The bot's side of the server."""

    def __init__(self, world: World, token: str, faults: Faults, calls: Calls) -> None:
        self.world = world
        self.token = token
        self.faults = faults
        self.calls = calls

    def routes(self) -> list[web.RouteDef]:
        """What it answers."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method}", self.method),
            web.get("/file/bot{token:[^/]*}/{path:.+}", self.file),
        ]

    async def method(self, request: web.Request) -> web.Response:
        """One method call."""
        started, wall = time.monotonic(), self.world.clock.seconds()
        call = Call(request.match_info["method"].lower())
        failed = ApiError(0, "")
        try:
            call = await read_call(request)
            result = await self._perform(request, call)
            response = _json({"ok": True, "result": result}, 200)
        except ApiError as error:
            failed = error
            response = _refusal(error)
        except _DroppedError:
            failed = ApiError(0, "connection dropped")
            response = web.Response()
        chat = self._chat_id(call)
        took = time.monotonic() - started
        self.calls.add(started, wall, call.method, chat, failed.code or 200, failed.description, took)
        return response

    async def _perform(self, request: web.Request, call: Call) -> Any:
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        fault = self.faults.next(call.method, self._chat_id(call))
        if fault:
            await _before(request, fault)
        result = method(self.world, call)
        if inspect.isawaitable(result):
            result = await result
        if fault:
            await _after(request, fault)
        return result

    def _chat_id(self, call: Call) -> int | None:
        named = call.text("chat_id").strip()
        chat = self.world.find_chat(named) if named else None
        return chat.id if chat else None

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file that getFile has named."""
        if request.match_info["token"] != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        stored = self.world.shelf.at_path(request.match_info["path"])
        if stored is None:
            return _refusal(ApiError(404, "Not Found"))
        return web.Response(body=stored.content, content_type="application/octet-stream")


class _DroppedError(Exception):
    """The connection is closed without an answer."""


async def _before(request: web.Request, fault: Fault) -> None:
    match fault.kind:
        case "429":
            raise too_many(fault.retry_after)
        case "500":
            raise ApiError(500, "Internal Server Error")
        case "502":
            raise ApiError(502, "Bad Gateway")
        case "403":
            raise forbidden("bot was blocked by the user")
        case "slow":
            await asyncio.sleep(fault.seconds)
        case "drop_before":
            _drop(request)
        case "hang_before":
            await asyncio.sleep(fault.seconds)
            _drop(request)


async def _after(request: web.Request, fault: Fault) -> None:
    if fault.kind == "hang_after":
        await asyncio.sleep(fault.seconds)
    if fault.kind in ("drop_after", "hang_after"):
        _drop(request)


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise _DroppedError


async def read_call(request: web.Request) -> Call:
    """A request with everything it carries. Raises ApiError 413 when it is too big, 400 when it cannot be read."""
    call = Call(request.match_info["method"].lower(), dict(request.query))
    if request.content_type == "multipart/form-data":
        await _read_parts(request, call)
        return call
    try:
        if request.content_type == "application/json":
            fields = await request.json() if request.can_read_body else {}
            if not isinstance(fields, dict):
                raise bad_request("object expected as request")
            call.args |= {name: as_text(value) for name, value in fields.items()}
        elif request.can_read_body:
            call.args |= {name: str(value) for name, value in (await request.post()).items()}
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    except ValueError as error:
        raise bad_request("can't parse JSON encoded request") from error
    return call


async def _read_parts(request: web.Request, call: Call) -> None:
    left = MOST_BODY
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        content = bytearray()
        while chunk := await part.read_chunk(65536):
            content += chunk
            left -= len(chunk)
            if left < 0:
                raise ApiError(413, "Request Entity Too Large")
        if part.filename is None:
            call.args[part.name] = content.decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "")
            call.files[part.name] = Upload(part.filename, mime, bytes(content))


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    response = _json(body, error.code)
    if "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


def _json(body: Any, status: int) -> web.Response:
    return web.Response(text=json.dumps(body, separators=(",", ":")), status=status, content_type="application/json")
