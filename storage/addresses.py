"""Saved addresses (product 4): a buyer's own, with labels. Orders keep a copy of the parts, never a reference."""

from __future__ import annotations

from datetime import datetime

from preorder.address import Address
from preorder.order import PersonId
from preorder.values import dataclass
from storage.database import Row, Tx
from storage.ids import short_id
from storage.moments import to_text

MOST = 8  # shown and kept within reach; older ones wait until these are deleted


@dataclass(frozen=True)
class Saved:
    """An address with its id and the buyer's label, empty when it has none."""

    id: str
    label: str
    address: Address


def of_person(tx: Tx, person_id: PersonId, limit: int = MOST) -> list[Saved]:
    """A buyer's addresses, latest used first."""
    return [Saved(row["id"], row["label"], from_row(row)) for row in tx.all("addresses_of", person=person_id, n=limit)]


def keep(tx: Tx, person_id: PersonId, address: Address, now: datetime) -> None:
    """Remember it, or that it was used again."""
    tx.run("put_address", id=short_id(), person=person_id, now=to_text(now), **columns(address))


def label(tx: Tx, person_id: PersonId, address_id: str, text: str) -> bool:
    """Name it; False when it is not this person's, or gone."""
    return tx.run("label_address", id=address_id, person=person_id, label=text) == 1


def delete(tx: Tx, person_id: PersonId, address_id: str) -> bool:
    """Forget it; False when it is not this person's, or gone."""
    return tx.run("delete_address", id=address_id, person=person_id) == 1


def columns(address: Address) -> dict[str, str]:
    """An address as the columns of `addresses` and `orders`."""
    return {
        "recipient": address.recipient,
        "phone": address.phone,
        "street": address.street,
        "rt_rw": address.rt_rw,
        "village": address.village,
        "district": address.district,
        "city": address.city,
        "province": address.province,
        "postcode": address.postcode,
    }


def from_row(row: Row) -> Address:
    """The address in a row that has these columns."""
    return Address(
        recipient=row["recipient"],
        phone=row["phone"],
        street=row["street"],
        rt_rw=row["rt_rw"],
        village=row["village"],
        district=row["district"],
        city=row["city"],
        province=row["province"],
        postcode=row["postcode"],
    )
