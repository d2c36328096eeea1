"""Whole rupiah: amounts as sellers type them, and the down payment rule of a batch (product 3, 5).

In: `150rb`, `Rp 150.000,-`, `1jt500`; `50%`, `dp 50rb`, `lunas`. Out: `Rupiah`, `DownPayment`. Never: a float, a guess.
What has two readings (`1.5`, a bare `150` that may mean 150rb) is refused as doubtful, with both readings.
"""

from __future__ import annotations

import re
from typing import Final, NewType, TypeAlias

from preorder.errors import NotMoney
from preorder.pattern import pattern
from preorder.typed_text import plain, words
from preorder.values import dataclass

Rupiah = NewType("Rupiah", int)
NO_MONEY: Final = Rupiah(0)

MOST: Final = Rupiah(1_000_000_000)
"""No amount of a small shop is larger; what is, is a slip of the finger."""

_THOUSAND: Final = 1_000
_MILLION: Final = 1_000_000
_LONGEST: Final = 40  # characters; longer is no amount
_DIGITS: Final = 15  # above it every number is too large, however many zeros follow

_UNITS: Final = {
    **dict.fromkeys(("rb", "ribu", "rebu", "ribuan", "k"), _THOUSAND),
    **dict.fromkeys(("jt", "juta", "jutaan"), _MILLION),
    **dict.fromkeys(("miliar", "milyar"), 1_000 * _MILLION),
}
_CURRENCY: Final = pattern(r"^(?:rp|idr)\.?\s*|\s*(?:rupiah|idr)$")
_TAIL: Final = pattern(r"\s*(?:[.,]\s*-+|[.,])$")  # `150.000,-` and `150.000.`
_TERM: Final = pattern(r"\s*(\d[\d.,]*)\s*([a-z]+)?\s*")
_GROUPED: Final = pattern(
    r"(?P<whole>\d{1,3}(?:\.\d{3})+)(?:,(?P<a>\d{1,2}))?"
    r"|(?P<whole2>\d{1,3}(?:,\d{3})+)(?:\.(?P<b>\d{1,2}))?"
    r"|(?P<whole3>\d{1,3}(?: \d{3})+)"
)
_DECIMAL: Final = pattern(r"(\d+)[.,](\d+)")


def parse_rupiah(text: str) -> Rupiah:
    """Read an amount: 1 to 1,000,000,000 whole rupiah (product 11: a price of `150rb`).

    Raises NotMoney: `unreadable`, `not_positive`, `not_whole`, `too_large`, or `doubtful` with the readings.
    """
    said = plain(text)
    unsigned = re.sub(r"^((?:rp|idr)\.?\s*)?-\s*(?=[\dri])", r"\1", said)
    amount = _TAIL.sub("", _CURRENCY.sub("", unsigned))
    named = amount != _TAIL.sub("", unsigned)
    if amount.isdecimal() and len(amount) > _DIGITS:
        raise NotMoney("too_large")
    if len(amount) > _LONGEST or not amount[:1].isdecimal():
        raise NotMoney("unreadable")
    if unsigned != said:
        raise NotMoney("not_positive")
    value = _without_unit(amount, named)
    if value is None:
        value = _with_units(amount)
    if value == 0:
        raise NotMoney("not_positive")
    if value > MOST:
        raise NotMoney("too_large")
    return Rupiah(value)


def _without_unit(amount: str, named: bool) -> int | None:
    """Read digits and separators alone; None when there are letters. `named`: a currency stood beside it."""
    if amount.isdecimal():
        # 0812… is a telephone number, 007 a slip: no price begins with a zero.
        if len(amount) > 1 and amount[0] == "0" and int(amount):
            raise NotMoney("unreadable")
        value = int(amount)
        # `150` usually means 150rb. A sheet in an English locale also turns a typed 150.000 into the number 150.
        if 0 < value < _THOUSAND and not named:
            raise NotMoney("doubtful", (value, value * _THOUSAND))
        return value
    grouped = _GROUPED.fullmatch(amount)
    if grouped:
        if int(grouped["a"] or grouped["b"] or 0):
            raise NotMoney("not_whole")
        whole = re.sub(r"\D", "", grouped["whole"] or grouped["whole2"] or grouped["whole3"])
        if whole[0] == "0":
            raise NotMoney("unreadable")
        return int(whole)
    return _bare_decimal(amount)


def _bare_decimal(amount: str) -> int | None:
    decimal = _DECIMAL.fullmatch(amount)
    if not decimal:
        return None
    whole, fraction = int(decimal[1][:_DIGITS]), decimal[2]
    if len(fraction) <= 2 and (whole >= _THOUSAND or whole == 0):
        if int(fraction):
            raise NotMoney("not_whole")
        return whole
    if len(fraction) <= 2:
        scaled = int(decimal[1] + fraction.ljust(3, "0"))  # thousandths
        readings = (scaled, scaled * _THOUSAND)
        raise NotMoney("doubtful", tuple(r for r in readings if r <= MOST))
    raise NotMoney("unreadable")


def _with_units(amount: str) -> int:
    """Read `1,5jt`, `1jt500`, `2 juta 250 ribu`: each unit smaller than the one before it."""
    total, unit_before, at = 0, 0, 0
    while at < len(amount):
        term = _TERM.match(amount, at)
        if not term or (term[2] and term[2] not in _UNITS):
            raise NotMoney("unreadable")
        last = term.end() == len(amount)
        if term[2] is None:
            if not last or not unit_before:
                raise NotMoney("unreadable")
            total += _remainder(term[1], unit_before, total)
        else:
            unit = _UNITS[term[2]]
            value = _in_unit(term[1], unit, alone=last and not unit_before)
            if unit_before and (unit >= unit_before or value >= unit_before):
                raise NotMoney("unreadable")
            total, unit_before = total + value, unit
        at = term.end()
    return total


def _in_unit(number: str, unit: int, alone: bool) -> int:
    if number.isdecimal():
        return int(number[: _DIGITS + 1]) * unit
    decimal = _DECIMAL.fullmatch(number)
    if not decimal:
        raise NotMoney("unreadable")
    digits, places = decimal[1] + decimal[2], len(decimal[2])
    scale: int = 10**places
    value, crumbs = divmod(int(digits) * unit, scale)
    if crumbs:
        raise NotMoney("not_whole")
    # `1.250rb`: 1.250 thousands, or one and a quarter? Nobody says 1.250 million when meaning a price.
    if alone and places == 3 and unit == _THOUSAND:
        raise NotMoney("doubtful", tuple(r for r in (value, int(digits) * unit) if 0 < r <= MOST))
    return value


def _remainder(number: str, unit: int, total: int) -> int:
    """Read what follows the last unit without one of its own: `1jt500` is 1,500,000, never 1,000,500."""
    digits = number if number.isdecimal() else re.sub(r"[.,]", "", number) if _GROUPED.fullmatch(number) else ""
    if not digits or len(digits) > _DIGITS:
        raise NotMoney("unreadable")
    value = int(digits)
    if len(digits) <= 3 and unit == _MILLION:
        if len(digits) < 3:  # `1jt5` is said for 1,500,000 and could be 1,005,000
            tenth = value * unit // 10 ** len(digits)
            raise NotMoney("doubtful", tuple(sorted({total + value * _THOUSAND, total + tenth})))
        value *= _THOUSAND
    elif len(digits) < 3 and unit == _THOUSAND:
        raise NotMoney("unreadable")
    if value >= unit or unit > _MILLION:
        raise NotMoney("unreadable")
    return value


@dataclass(frozen=True)
class Percent:
    """So many hundredths of the order's total, 1 to 100."""

    percent: int

    def __post_init__(self) -> None:
        if not 1 <= self.percent <= 100:
            raise ValueError(f"a down payment is 1 to 100 percent, not {self.percent}")


@dataclass(frozen=True)
class Fixed:
    """The same amount (rupiah) for each piece."""

    amount_a_piece: Rupiah

    def __post_init__(self) -> None:
        if not 1 <= self.amount_a_piece <= MOST:
            raise ValueError(f"a down payment a piece is 1 to {MOST} rupiah, not {self.amount_a_piece}")


@dataclass(frozen=True)
class Full:
    """Everything is paid at once."""


DownPayment: TypeAlias = Percent | Fixed | Full


def down_payment(rule: DownPayment, total: Rupiah, pieces: int) -> Rupiah:
    """Return what must arrive first (rupiah): rounded up to the whole rupiah, never more than `total` (product 3)."""
    if total < 0 or pieces < 0:
        raise ValueError("an order has no negative total and no negative number of pieces")
    match rule:
        case Percent(percent):
            return Rupiah(-(-total * percent // 100))
        case Fixed(amount):
            return Rupiah(min(amount * pieces, total))
        case Full():
            return total


def rule_text(rule: DownPayment) -> str:
    """Write a rule as short text for storage: `50%`, `25000/pcs`, `full`. `parse_rule` reads it back."""
    match rule:
        case Percent(percent):
            return f"{percent}%"
        case Fixed(amount):
            return f"{amount}/pcs" if amount >= _THOUSAND else f"Rp{amount}/pcs"
        case Full():
            return "full"


_ALL_AT_ONCE: Final = frozenset(
    words(
        "lunas|full|full payment|full bayar|bayar full|bayar penuh|bayar lunas|langsung lunas|penuh|tanpa dp|no dp"
        "|paid in full|pay in full",
        "|",
    )
)
_HALF: Final = frozenset({"setengah", "separuh", "half", "1/2"})
_PERCENT: Final = pattern(r"(-?)\s*(\d{1,6})(?:[.,](\d{1,3}))?\s*(?:%|persen|percent)")
_DP_WORDS: Final = pattern(r"^(?:dp|uang muka|down payment)\b\s*[:=]?\s*|\s*\b(?:dp|down payment|di muka|upfront)$")
_A_PIECE: Final = pattern(r"\s*(?:/|\bper\s*|\ba\s+|\btiap\s+)\s*(?:pcs|pc|pieces?|biji|buah|item|barang|box|dus)$")


def parse_rule(text: str) -> DownPayment:
    """Read a rule from storage or as a seller types it: `50%`, `dp 50rb`, `50rb/pcs`, `lunas`.

    An amount without `/pcs` is meant a piece too. Raises NotMoney; a bare `50` is `doubtful` (percent or thousands).
    """
    said = plain(text)
    if said in _ALL_AT_ONCE:
        return Full()
    said = _DP_WORDS.sub("", said)
    if said in _ALL_AT_ONCE:
        return Full()
    if said in _HALF:
        return Percent(50)
    percent = _PERCENT.fullmatch(said)
    if not percent:
        return Fixed(parse_rupiah(_A_PIECE.sub("", said)))
    if percent[1] or not (int(percent[2]) or int(percent[3] or 0)):
        raise NotMoney("not_positive")
    if int(percent[3] or 0):
        raise NotMoney("not_whole")
    if int(percent[2]) > 100:
        raise NotMoney("too_large")
    return Percent(int(percent[2]))
