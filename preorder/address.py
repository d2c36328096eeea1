"""Where a parcel goes, and what can be read of it from a pasted block (product 4).

In: one message: `Nama: … No HP: … Alamat: …`, or a name, a number and a street in any order. Out: an `AddressDraft`
with what is sure. Never: guesses; what is doubtful is left None and asked.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from preorder.address_block import read_block
from preorder.errors import NotAnAddress
from preorder.typed_text import has_letters, visible
from preorder.values import dataclass

RECIPIENT_SHORTEST: Final = 2
RECIPIENT_LONGEST: Final = 60
STREET_SHORTEST: Final = 10
STREET_LONGEST: Final = 300

Part: TypeAlias = Literal["recipient", "phone", "street"]
AddressPart: TypeAlias = Literal["recipient", "phone", "street", "rt_rw", "village", "postcode"]
ADDRESS_PARTS: Final[tuple[AddressPart, ...]] = ("recipient", "phone", "street", "rt_rw", "village", "postcode")


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address a courier can use. `phone` is E.164. The parts after `street` bear official names and are empty where
    they are not known: then `street` holds whatever was written. To pick up at the shop, everything but name and
    number is empty."""

    recipient: str
    phone: str
    street: str
    rt_rw: str = ""  # `RT 02/RW 03`
    village: str = ""
    district: str = ""
    city: str = ""
    province: str = ""
    postcode: str = ""

    @property
    def is_pickup(self) -> bool:
        return not self.street

    @property
    def region(self) -> str:
        """`Kemiri Muka, Kec. Beji, Kota Depok, Jawa Barat 16423`; empty when no part is known."""
        district = f"Kec. {self.district}" if self.district else ""
        return " ".join(filter(None, (_joined(self.village, district, self.city, self.province), self.postcode)))

    @property
    def is_placed(self) -> bool:
        """Is it known in which district it is?"""
        return bool(self.district)

    @property
    def whole(self) -> str:
        """Everything that is printed under the name, on one line."""
        return _joined(self.street, self.rt_rw, self.region)


@dataclass(frozen=True, kw_only=True)
class AddressDraft:
    """What is known so far; None is not known yet. `left_out` is text that was pasted and fitted nowhere."""

    recipient: str | None = None
    phone: str | None = None
    street: str | None = None
    left_out: tuple[str, ...] = ()
    rt_rw: str = ""
    is_pickup: bool = False  # fetched at the shop: name and number are enough

    @property
    def missing(self) -> tuple[Part, ...]:
        """Name the parts still to be asked, in the order to ask them."""
        parts: tuple[tuple[Part, str | None], ...] = (
            ("recipient", self.recipient),
            ("phone", self.phone),
            ("street", "" if self.is_pickup else self.street),
        )
        return tuple(part for part, value in parts if value is None)

    def complete(self) -> Address | None:
        """Return the address when nothing is missing; its region is still in `street`."""
        street = "" if self.is_pickup else self.street
        if self.recipient is None or self.phone is None or street is None:
            return None
        return Address(recipient=self.recipient, phone=self.phone, street=street, rt_rw=self.rt_rw)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def check_recipient(text: str) -> str:
    """Return the tidied name. Raises NotAnAddress: `too_short`, `too_long` (2 to 60 characters), `no_letters`."""
    return _checked("recipient", text, RECIPIENT_SHORTEST, RECIPIENT_LONGEST, letters=2)


def check_street(text: str) -> str:
    """Return the tidied street on one line. Raises NotAnAddress: `too_short`, `too_long` (10 to 300), `no_letters`."""
    return _checked("street", text, STREET_SHORTEST, STREET_LONGEST, letters=4)


def read_address(text: str) -> AddressDraft:
    """Read a pasted block or free text; parts that would not pass their check are left None. Raises nothing."""
    block = read_block(text)
    left_out = list(block.left_out)
    recipient = _passing("recipient", block.recipient, left_out)
    street = _passing("street", block.street, left_out)
    return AddressDraft(recipient=recipient, phone=block.phone, street=street, left_out=tuple(left_out))


def _passing(part: NotAnAddress.Part, text: str | None, left_out: list[str]) -> str | None:
    if text is None:
        return None
    try:
        return check_recipient(text) if part == "recipient" else check_street(text)
    except NotAnAddress:
        left_out.append(text)
        return None


def _checked(part: NotAnAddress.Part, text: str, shortest: int, longest: int, letters: int) -> str:
    lines = (" ".join(line.split()).strip(",;") for line in visible(text).splitlines())
    tidy = ", ".join(line for line in lines if line)
    if tidy and not has_letters(tidy, min(letters, 1)):
        raise NotAnAddress(part, "no_letters")
    if len(tidy) < shortest or not has_letters(tidy, letters):
        raise NotAnAddress(part, "too_short", shortest)
    if len(tidy) > longest:
        raise NotAnAddress(part, "too_long", longest)
    return tidy
