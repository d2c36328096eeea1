"""Telephone numbers: read as people type them, kept as `+62…`, shown as `0812-3456-7890` (product 4, glossary).

In: `0812-3456-7890 (WA)`, `62812…`, `+65 9123 4567`. Out: E.164 text. Never: rings, sends, or accepts a number that
the numbering plan does not know. The tables come from phonenumberslite, loaded when the first number is read.
"""

from __future__ import annotations

import re
from typing import Final

from preorder.errors import NotAPhone
from preorder.pattern import pattern
from preorder.typed_text import plain, visible
from preorder.values import dataclass

_HOME: Final = "ID"
_LONGEST: Final = 80  # characters; longer is a message, not a number
# A run that may be a number: begins with +, 0, 62 or 8, so that house numbers and postcodes are left alone.
_RUN: Final = pattern(r"(?<![\w+])(?:\+\s?\d|\(\+?\s?\d|0|62|8)(?:[ \t]?[-.()–]{0,2}[ \t]?\d){7,16}(?!\d)")
_NOTE: Final = pattern(
    r"\((?=[^)]*[a-z])[^)]*\)|https?://|wa\.me/|\b(?:no(?:mor)?|wa|whatsapp|hp|handphone|telp?|telepon|tlp|phone|mobile"
    r"|call|chat|only|aktif|kak|ya|saya|ini|my|number|is)\b[.:/]*"
)


@dataclass(frozen=True)
class FoundPhone:
    """A number inside a longer text: where it stands (character offsets) and what it is (E.164)."""

    start: int
    end: int
    number: str


def parse_phone(text: str) -> str:
    """Read one number and return it as E.164 (`+6281234567890`); without a country it is Indonesian.

    Raises NotAPhone: `unreadable`, `too_short`, `too_long`, `unknown_prefix`, `several`.
    """
    if len(text) > _LONGEST:
        raise NotAPhone("unreadable")
    found = [phone.number for phone in find_phones(text)]
    if len(found) > 1:
        if len(set(found)) > 1:
            raise NotAPhone("several")
        return found[0]
    said = _NOTE.sub(" ", plain(text)).strip(" .,;:/")
    if not re.fullmatch(r"\(?\+?[\d\s().\-/]+", said):
        raise NotAPhone("unreadable")
    return _checked(re.sub(r"[^\d+]", "", said))


def find_phones(text: str) -> tuple[FoundPhone, ...]:
    """Find the numbers in a longer text (offsets count in `visible(text)`); what cannot be dialled is left out."""
    found = []
    for run in _RUN.finditer(visible(text)):
        try:
            found.append(FoundPhone(run.start(), run.end(), _checked(re.sub(r"[^\d+]", "", run[0]))))
        except NotAPhone:
            continue
    return tuple(found)


def show_phone(number: str) -> str:
    """Show a stored number: Indonesian ones as dialled at home (`0812-3456-7890`), others with their country."""
    import phonenumbers  # the tables are only needed once somebody has a number

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    if parsed.country_code == 62:
        style = phonenumbers.PhoneNumberFormat.NATIONAL
    return phonenumbers.format_number(parsed, style)


def _checked(digits: str) -> str:
    """Check `digits` (with or without a plus) against the numbering plan and return E.164."""
    import phonenumbers  # the tables are only needed once somebody types a number

    dialled = _with_country(digits)
    try:
        parsed = phonenumbers.parse(dialled, _HOME)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.TOO_LONG:
            raise NotAPhone("too_long") from error
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            raise NotAPhone("unknown_prefix") from error
        raise NotAPhone("too_short" if any(map(str.isdecimal, digits)) else "unreadable") from error
    if phonenumbers.is_valid_number(parsed):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    length = phonenumbers.is_possible_number_with_reason(parsed)
    national = len(str(parsed.national_number))
    if length == phonenumbers.ValidationResult.TOO_LONG or (parsed.country_code == 62 and national > 12):
        raise NotAPhone("too_long")
    if length != phonenumbers.ValidationResult.IS_POSSIBLE or (parsed.country_code == 62 and national < 9):
        raise NotAPhone("too_short")
    raise NotAPhone("unknown_prefix")


def _with_country(digits: str) -> str:
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("62") and len(digits) > 9:
        digits = "+" + digits
    elif digits[:1] == "8":
        digits = "+62" + digits
    elif digits[:1] not in ("0", "+"):
        # Without its 0 an area code cannot be told from the number: `21 555…` may be anything.
        raise NotAPhone("too_short" if len(digits) < 9 else "unknown_prefix")
    # `+62 0812…` is written so often that it is no mistake worth a question.
    return "+62" + digits[4:] if digits.startswith("+620") else digits
