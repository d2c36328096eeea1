"""Telegram's HTML: text with tags in, plain text and entities out, or the refusal that Telegram would give.

Source: Bot API, "HTML style", and the wording of the open Bot API server. Entity offsets and lengths count UTF-16
units, error offsets count bytes of the UTF-8 text, as there. It never guesses: an unknown tag, a missing end or a
stray `<` is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, bad_request

SPACES = " \t\r\n"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")

Entity = dict[str, Any]


def utf16(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts entities."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._put(self._character())
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _character(self) -> str:
        """The character here, a reference such as `&lt;` decoded; an unknown reference stays as it is typed."""
        if self.source[self.at] == "&":
            found = _REFERENCE.match(self.source, self.at)
            if found and (decoded := _decode(found)):
                self.at = found.end()
                return decoded
        self.at += 1
        return self.source[self.at - 1]

    def _put(self, character: str) -> None:
        self.out.append(character)
        self.length += 2 if character > "\uffff" else 1

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_spaces(self) -> None:
        while self._peek() and self._peek() in SPACES:
            self.at += 1

    def _word(self, stops: str) -> str:
        begin = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(SPACES + ">").lower()
        if not self._peek():
            raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in KINDS:
            raise refused(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.at += 1
        self.open.append(_Open(tag, argument, self.length, len(self.out)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._word(SPACES + "=>").lower()
        if not name and self._peek():
            raise refused(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self._skip_spaces()
        value = ""
        if self._peek() == "=":
            self.at += 1
            self._skip_spaces()
            value = self._value(begin)
        elif self._peek() and not (tag == "blockquote" and name == "expandable"):
            raise refused(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset '
                f"{self._byte(begin)}"
            )
        if not self._peek():
            raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return name, value

    def _value(self, begin: int) -> str:
        quote = self._peek()
        if quote not in ("'", '"') or not quote:
            token = self.at
            found = _NAME_TOKEN.match(self.source, self.at)
            self.at = found.end() if found else self.at
            if self._peek() and self._peek() not in SPACES + ">":
                raise refused(f"Unexpected end of name token at byte offset {self._byte(token)}")
            return self.source[token : self.at].lower()
        self.at += 1
        value = ""
        while self._peek() and self._peek() != quote:
            value += self._character()
        if not self._peek():
            raise refused(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise refused(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        found = self._word(SPACES + ">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise refused(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        last = self.open.pop()
        if found and found != last.tag:
            raise refused(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{last.tag}>", found "</{found}>"'
            )
        if self.length > last.offset:
            self._close(last)

    def _close(self, last: _Open) -> None:
        entity: Entity = {"offset": last.offset, "length": self.length - last.offset, "type": KINDS[last.tag]}
        inside = "".join(self.out[last.begin :])
        if last.tag == "a":
            link = _link(last.argument or inside)
            if link is None:
                return
            entity |= link
        elif last.tag == "blockquote" and last.argument:
            entity["type"] = "expandable_blockquote"
        elif last.tag == "tg-emoji":
            if not last.argument.isdigit():
                raise refused("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = last.argument
        elif last.tag == "code" and self.open and self.open[-1].tag == "pre" and self.open[-1].offset == last.offset:
            # <pre><code class="language-x"> is one block with a language, not two entities
            self.open[-1].argument = last.argument
            return
        elif last.tag == "pre" and last.argument:
            entity["language"] = last.argument
        self.entities.append(entity)


def refused(why: str) -> ApiError:
    """Telegram's refusal of a text that it cannot read."""
    return bad_request(f"can't parse entities: {why}")


def _decode(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
        case "blockquote", "expandable":
            return "1"
    return ""


def _link(address: str) -> Entity | None:
    """What a link becomes; one that leads nowhere is silently only text, as in Telegram."""
    address = address.strip()
    person = re.fullmatch(r"tg://user\?id=(\d+)", address)
    if person:
        return {"type": "text_mention", "mentioned": int(person[1])}
    if re.match(r"(?i)(https?|tg|ton)://[^\s]+", address):
        return {"url": address}
    if re.fullmatch(r"[\w-]+(\.[\w-]+)*\.[a-zA-Z]{2,}([/?#:]\S*)?", address):
        return {"url": f"http://{address}"}
    return None


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and its entities. Raises ApiError 400 with Telegram's sentence for what cannot be read."""
    return _Parser(source).parse()
