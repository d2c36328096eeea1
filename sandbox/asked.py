"""What a control request asks for, with its values read and checked.

In: JSON or a multipart form. Out: typed values, or ImpossibleError with a sentence that names the field.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.errors import ImpossibleError


class Asked:
    """The fields of one request."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = fields

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.fields.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self.fields.get(name)
        return default if value is None else str(value)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number. Raises ImpossibleError when it is missing without a default, or no number."""
        value = self.fields.get(name)
        if value is None and default is not None:
            return default
        try:
            return int(value)  # type: ignore[arg-type] # None is a TypeError, which is what is caught
        except (TypeError, ValueError) as error:
            raise ImpossibleError(f"{name} must be a whole number") from error

    def maybe_whole(self, name: str) -> int | None:
        """A whole number, or None when it is not there."""
        return self.whole(name) if self.fields.get(name) not in (None, "") else None

    def number(self, name: str, default: float) -> float:
        """A number with fractions."""
        try:
            return float(self.fields.get(name, default))
        except (TypeError, ValueError) as error:
            raise ImpossibleError(f"{name} must be a number") from error

    def flag(self, name: str) -> bool:
        """A boolean; "false", "0" and "" are false."""
        return str(self.fields.get(name, "")).lower() in ("true", "1", "yes", "on")

    def wholes(self, name: str) -> set[int]:
        """A list of whole numbers."""
        value = self.fields.get(name) or []
        if not isinstance(value, list):
            raise ImpossibleError(f"{name} must be a list of whole numbers")
        return {int(one) for one in value}

    def content(self, name: str) -> bytes:
        """Bytes: a part of a form, or base64 in JSON."""
        value = self.fields.get(name, b"")
        if isinstance(value, bytes):
            return value
        try:
            return base64.b64decode(str(value or ""), validate=True)
        except binascii.Error as error:
            raise ImpossibleError(f"{name} must be base64") from error


async def asked(request: web.Request) -> Asked:
    """Everything in the address and the body of a request."""
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                content = bytes(await part.read())
                fields[part.name] = content.decode() if part.filename is None else content
                if part.filename is not None:
                    fields.setdefault("filename", part.filename)
                    fields.setdefault("mime", part.headers.get("Content-Type", ""))
    elif request.can_read_body:
        try:
            body = await request.json()
        except ValueError as error:
            raise ImpossibleError("the body must be JSON") from error
        if not isinstance(body, dict):
            raise ImpossibleError("the body must be a JSON object")
        fields |= body
    return Asked(fields)
