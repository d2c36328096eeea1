"""Take a pasted address apart into name, telephone and street, by its labels or by its shape.

In: the text of one message. Out: a `Block` of raw parts and what was left over. Never: decides whether a part is good
enough (`preorder/address.py` does), and never names a person it is not sure of.
"""

from __future__ import annotations

import re
from typing import Final

from preorder.address_words import (
    BARE_LABEL,
    BARE_PHONE,
    BESIDE_MARK,
    BULLET,
    EMPHASIS,
    FOR_PERSON,
    HONORIFIC,
    LABEL,
    LABELS,
    NUMBER_MARK,
    PLACES,
    ROAD,
    STREET_SIGN,
    TALK,
    Field,
)
from preorder.errors import NotAPhone
from preorder.phone import find_phones, parse_phone
from preorder.typed_text import visible
from preorder.values import dataclass

_LONGEST: Final = 2_000  # characters read; an address is never longer


@dataclass(frozen=True)
class Block:
    """The parts as written; `phone` is E.164."""

    recipient: str | None
    phone: str | None
    street: str | None
    left_out: tuple[str, ...]


def read_block(text: str) -> Block:
    """Take the text apart. Raises nothing; a part that is not sure is None and its text is in `left_out`."""
    fields, free = _by_label(EMPHASIS.sub("", visible(text[:_LONGEST])))
    free_lines, free_numbers = _without_numbers(free)
    street_lines, street_numbers = _without_numbers(fields.get("street", []))
    name_lines, name_numbers = _without_numbers(fields.get("recipient", []))
    phone, left_out = _one_number(fields.get("phone", []), free_numbers + street_numbers + name_numbers)

    # `Nama: Siti` with the street after it without a label: only the label's own piece is the name.
    names = _all_pieces(name_lines)
    recipient, free_lines = (names[0] if names else None), names[1:] + free_lines
    if recipient is None:
        recipient, free_lines = _name_by_shape(free_lines, is_block=bool(street_lines))
    unplaced, street = _all_pieces(free_lines), _all_pieces(street_lines)
    if not street and _is_street(unplaced):
        # In one line the label comes without its colon: `…, alamat Jl. Anggrek 5`.
        street, unplaced = [BARE_LABEL.sub("", piece) for piece in unplaced], []
    street += _regions(fields)
    left_out += unplaced + _all_pieces(fields.get("other", []))
    return Block(recipient, phone, ", ".join(street) or None, tuple(left_out))


def _by_label(seen: str) -> tuple[dict[Field, list[str]], list[str]]:
    """Cut the text at its labels: lines under each label, and lines under none."""
    fields: dict[Field, list[str]] = {}
    free: list[str] = []
    current: Field | None = None
    for raw in seen.splitlines():
        line = _tidy(raw)
        if not line or _is_talk(line):
            continue
        line, start = _bare_label(line)
        current = start or current
        at, kind = 0, ""
        for label in LABEL.finditer(line):
            _put(fields, free, current, kind + line[at : label.start()])
            current, at = _field_of(label), label.end()
            kind = _kind_of_city(label["city"])
            fields.setdefault(current, [])
        _put(fields, free, current, kind + line[at:])
        # Only a street goes on over several lines; a name or a number ends with its line, once something stands there.
        if current != "street" and (current is None or fields.get(current)):
            current = None
    return fields, free


def _kind_of_city(label: str | None) -> str:
    """Keep what a label says about the place: Kota Bogor and Kab. Bogor are two."""
    if not label or "/" in label:
        return ""
    return {"kot": "Kota ", "kab": "Kab. "}.get(label[:3].casefold(), "")


def _field_of(label: re.Match[str]) -> Field:
    return next(field for field in LABELS if label[field])


def _bare_label(line: str) -> tuple[str, Field | None]:
    """Cut a label without colon off the start of a line: `HP 0812…`, `Nama Siti`, `Alamat Jl. …`."""
    phone = BARE_PHONE.match(line)
    if phone and not LABEL.match(line):
        return line[phone.end() :], "phone"
    start = BARE_LABEL.match(line)
    if start and not LABEL.match(line):
        return line[start.end() :], "recipient" if start["recipient"] else "street"
    return line, None


def _put(fields: dict[Field, list[str]], free: list[str], current: Field | None, text: str) -> None:
    text = _tidy(text)
    if text:
        (free if current is None else fields.setdefault(current, [])).append(text)


def _tidy(text: str) -> str:
    return BULLET.sub("", BULLET.sub("", text.strip())).strip()


def _one_number(labelled: list[str], others: list[str]) -> tuple[str | None, list[str]]:
    """Choose the number: the labelled one, else the only one. Return it with what was left out."""
    text = " ".join(labelled)
    found = {f.number for f in find_phones(text)}
    try:
        phone: str | None = parse_phone(text)
    except NotAPhone:
        phone = found.pop() if len(found) == 1 else None
    if phone is None and not labelled and len(set(others)) == 1:
        phone = others[0]
    left_out = labelled if phone is None else []
    return phone, left_out + sorted({number for number in others if number != phone})


def _without_numbers(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take the numbers out of the lines, leaving a mark where each stood."""
    rest, numbers = [], []
    for line in lines:
        marked = line
        for found in reversed(find_phones(line)):
            numbers.append(found.number)
            marked = marked[: found.start] + NUMBER_MARK + marked[found.end :]
        rest.append(marked)
    return rest, numbers


def _pieces(line: str) -> list[str]:
    """Split at the marks; what only introduced the number (`HP`, brackets) goes with it."""
    parts = BESIDE_MARK.split(line) if NUMBER_MARK in line else [line]
    return [tidy for piece in parts if (tidy := _tidy(piece))]


def _all_pieces(lines: list[str]) -> list[str]:
    return [piece for line in lines for piece in _pieces(line)]


def _name_by_shape(lines: list[str], is_block: bool) -> tuple[str | None, list[str]]:
    """Find the name in lines without label; return it and the lines without it.

    Sure enough: `a.n Siti`; or it opens the text and something other than a name follows; or it stands on one line
    with the number; or it begins with Kak, Bu, Pak …. A lone name-like line at the end may as well be a town.
    """
    pieces = [(piece, NUMBER_MARK in line) for line in _opening(lines) for piece in _pieces(line)]
    for i, (piece, _) in enumerate(pieces):
        person = FOR_PERSON.search(piece)
        if person and _looks_like_a_name(person["name"]):
            texts = [text for text, _ in pieces]
            return _tidy(person["name"]), [*texts[:i], piece[: person.start()], *texts[i + 1 :]]
    if not (is_block or any(NUMBER_MARK in line for line in lines) or any(_is_street([p]) for p, _ in pieces[1:])):
        return None, lines
    names = [i for i, (piece, _) in enumerate(pieces) if _looks_like_a_name(piece)]
    first = [i for i in names if i == 0 and (1 not in names or pieces[0][1])]
    beside_number = [i for i in names if pieces[i][1]]
    polite = [i for i in names if HONORIFIC.match(pieces[i][0])]
    sure = first or beside_number or polite
    if len(sure) != 1:
        return None, lines
    return pieces[sure[0]][0], [piece for i, (piece, _) in enumerate(pieces) if i != sure[0]]


def _opening(lines: list[str]) -> list[str]:
    """Cut a single line at its commas, and the first line before `Jl.`, so that a name can stand alone."""
    if not lines:
        return lines
    cut = ROAD.split(lines[0], maxsplit=1)
    if len(cut) == 2 and _looks_like_a_name(cut[0].replace(NUMBER_MARK, "")):
        return cut + lines[1:]
    if len(lines) == 1:
        head, comma, tail = lines[0].partition(",")
        if comma and _looks_like_a_name(head.replace(NUMBER_MARK, "")):
            return [head, tail]
        head, comma, tail = lines[0].rpartition(",")
        if comma and NUMBER_MARK in tail:
            return [head, tail]
    return lines


def _looks_like_a_name(text: str) -> bool:
    bare = HONORIFIC.sub("", _tidy(text))
    named = re.findall(r"[^\W\d_]+", bare.casefold())
    return (
        bool(re.fullmatch(r"[^\W\d_][^\d:;/@#!?_]{1,39}", bare))
        and 1 <= len(named) <= 5
        and not PLACES.intersection(named)
        and not TALK.intersection(named)
    )


def _is_talk(line: str) -> bool:
    said = re.findall(r"[^\W_]+", line.casefold())
    return bool(said) and TALK.issuperset(said)


def _is_street(pieces: list[str]) -> bool:
    text = ", ".join(pieces)
    return bool(STREET_SIGN.search(text)) and sum(c.isalpha() for c in text) >= 4


def _regions(fields: dict[Field, list[str]]) -> list[str]:
    """Write the labelled regions the way they stand on a parcel: `Kel. …, Kec. …, city, province postcode`."""
    written = []
    forms: tuple[tuple[Field, str], ...] = (
        ("near", "Patokan: "),
        ("village", "Kel. "),
        ("district", "Kec. "),
        ("city", ""),
        ("province", ""),
        ("postcode", ""),
    )
    for field, before in forms:
        value = ", ".join(piece for line in fields.get(field, []) for piece in _pieces(line))
        if value:
            written.append(value if value.casefold().startswith(before[:3].casefold()) else before + value)
    return written
