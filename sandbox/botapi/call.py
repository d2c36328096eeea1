"""One request of the bot: its method, parameters and files, read as leniently as Telegram reads them.

In: what came over HTTP, all values as text. Out: typed values. Numbers and booleans may arrive as text, structures as
JSON in text; a parameter that is missing is empty, and whoever needs it says so in Telegram's words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import bad_request
from sandbox.html import Entity


@dataclass(frozen=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime: str
    content: bytes


@dataclass
class Call:
    """A request. `method` is in small letters."""

    method: str
    args: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text; empty when missing."""
        return self.args.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; `default` when missing or not a number."""
        try:
            return int(self.args.get(name, "").strip())
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """A boolean, in any of the ways people write one."""
        return self.args.get(name, "").strip().lower() in ("true", "yes", "1")

    def json(self, name: str, what: str = "") -> Any:
        """A structure; None when missing. Raises ApiError 400 naming `what` when it is not JSON."""
        source = self.args.get(name, "").strip()
        if not source:
            return None
        try:
            return json.loads(source)
        except ValueError as error:
            raise bad_request(f"can't parse {what or name} JSON object") from error

    def entities(self, name: str) -> list[Entity] | None:
        """Entities that the bot marked itself instead of a parse mode."""
        given = self.json(name, "message entities")
        if given is None:
            return None
        if not isinstance(given, list) or not all(
            isinstance(one, dict)
            and isinstance(one.get("type"), str)
            and isinstance(one.get("offset"), int)
            and isinstance(one.get("length"), int)
            for one in given
        ):
            raise bad_request("can't parse MessageEntity: an Array of Objects with type, offset and length is expected")
        return given


def as_text(value: Any) -> str:
    """A JSON value as Telegram would have got it in a form."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)
