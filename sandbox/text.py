"""Texts as Telegram keeps them: trimmed, counted, and with the entities that it finds by itself.

In: what a bot or a person wrote. Out: text and entities, or Telegram's refusal (empty, too long). Lengths are counted
in code points after parsing; offsets in UTF-16 units.
"""

from __future__ import annotations

import re

from sandbox.errors import bad_request
from sandbox.html import Entity, parse_html, utf16

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

# Enough of Telegram's own rules for what appears in a shop's chat; what they find is shown as a link on the page.
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{5,32})?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#&])#\w*[^\W\d]\w*)"
)
_UNTOUCHED = {"code", "pre", "text_link", "text_mention"}


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim white space at both ends (in front only up to the first entity) and clip the entities to what is left."""
    text = text.replace("\r", "").replace("\0", " ")
    kept = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=utf16(kept))
    blank = len(kept) - len(kept.lstrip())
    cut = min(blank, first)  # white space is one UTF-16 unit a character
    kept = kept[cut:]
    end = utf16(kept)
    clipped = []
    for entity in entities:
        begin = entity["offset"] - cut
        length = min(entity["length"], end - begin)
        if length > 0:
            clipped.append({**entity, "offset": begin, "length": length})
    return kept, clipped


def find_entities(text: str, known: list[Entity]) -> list[Entity]:
    """`known` with the commands, links, mentions and hashtags that Telegram finds in any text."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in known if e["type"] in _UNTOUCHED]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16(text[: match.start()])
        length = utf16(match[0])
        if not any(begin < offset + length and offset < end for begin, end in taken):
            found.append({"offset": offset, "length": length, "type": match.lastgroup})
    return sorted(known + found, key=lambda entity: (entity["offset"], -entity["length"]))


def formatted(source: str, parse_mode: str, given: list[Entity] | None) -> tuple[str, list[Entity]]:
    """What a bot sends, parsed and trimmed. Raises ApiError for what Telegram cannot read."""
    mode = parse_mode.lower()
    if mode not in ("", "html"):
        raise bad_request("unsupported parse_mode: the sandbox reads HTML only")
    text, entities = parse_html(source) if mode else (source, list(given or []))
    text, entities = tidy(text, entities)
    return text, find_entities(text, entities)


def message_text(source: str, parse_mode: str = "", given: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """The text of a message: 1 to 4096 code points after parsing."""
    text, entities = formatted(source, parse_mode, given)
    if not text:
        raise bad_request("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def caption_text(source: str, parse_mode: str = "", given: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """A caption: 0 to 1024 code points after parsing."""
    text, entities = formatted(source, parse_mode, given)
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities
