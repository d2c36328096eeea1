"""Who works in the shop: invited, at work in their own part, taken off again (product 1)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import accept, claims, close_by_hand, order, pay
from tests.people import Person, until

DEWI: Final = 7200
EVERYBODYS: Final = "order"


async def invite(floor: Floor, role: str) -> str:
    """Sari makes a link for a role; the payload that it opens the bot with."""
    await floor.sari.say("/team")
    await floor.sari.press("Undang orang")
    await floor.sari.sees("Mau mengundang", role)
    await floor.sari.press(role)
    shown = await floor.sari.sees("Tautan undangan", role, "?start=team_")
    return shown.text.split("?start=")[1].split()[0]


async def hired(floor: Floor, role: str, name: str = "Dewi", person_id: int = DEWI) -> Person:
    """Somebody new who has joined in this role."""
    person = await floor.world.add_person(person_id, name, language_code="id")
    await person.start(await invite(floor, role))
    await person.sees("di tim", role)
    await floor.sari.sees(f"{name} sudah masuk tim", role)
    return person


async def dismiss(floor: Floor, person: Person, name: str = "Dewi") -> None:
    """Sari takes somebody off the staff."""
    await floor.sari.say("/team")
    await floor.sari.press(name)
    await floor.sari.sees(name, "Peran")
    await floor.sari.press("Keluarkan dari tim")
    await floor.sari.sees(f"Keluarkan {name}")
    await floor.sari.press("Ya")
    await floor.sari.sees(f"{name} sudah keluar dari tim")
    await person.sees("tidak lagi di tim")


async def own_part(person: Person) -> list[str]:
    """The commands in somebody's menu that are not everybody's."""
    menu = await person.commands()
    return menu[: menu.index(EVERYBODYS)] if EVERYBODYS in menu else menu


async def has_menu(person: Person, *names: str) -> None:
    """Wait until the menu has these commands beyond everybody's, and no other part's."""

    async def is_so() -> bool:
        return set(names) <= set(await own_part(person)) if names else not await own_part(person)

    await until(is_so, 10.0, f"{person.id} does not get the menu {names}")


def refused(floor: Floor, person: Person) -> list[str]:
    """What this person was refused, oldest first."""
    rows = floor.books.rows("SELECT action FROM audit WHERE person_id = ? AND allowed = 0 ORDER BY at", person.id)
    return [row["action"] for row in rows]


async def test_an_owner_shares_the_money_work_and_takes_it_back(floor: Floor) -> None:
    """Finance joins by a link that works once, judges a proof, and may not open a batch. Taken off, neither a button
    that is still on the screen nor an answer to a question that was still open books anything."""
    payload = await invite(floor, "Keuangan")
    dewi = await floor.world.add_person(DEWI, "Dewi", language_code="id")
    await dewi.start(payload)
    await dewi.sees("di tim", "Keuangan", "Cek bukti")
    await floor.sari.sees("Dewi sudah masuk tim", "Keuangan")
    await floor.budi.start(payload)
    await floor.budi.sees("does not work any more")
    await has_menu(dewi, "proofs", "export")
    assert "open" not in await own_part(dewi)

    await open_batch(floor)
    code = await order(floor.rina)
    await pay(floor.rina, code)
    await floor.sari.sees("Bukti transfer", code)
    await accept(dewi, code)
    await floor.rina.sees(code, "Slot Kakak aman")
    await floor.sari.sees(code, "diterima oleh Dewi")
    await dewi.say("/open")
    await dewi.sees("bukan bagian Keuangan")
    await dewi.say("/team")
    await dewi.sees("bukan bagian Keuangan")

    second = await order(floor.rina)
    await pay(floor.rina, second, seed=2)
    card = await dewi.sees("Bukti transfer", second, "Terima")
    await dewi.press(f"Jumlah lain {second}")
    await dewi.sees("benar-benar masuk", second)
    await dismiss(floor, dewi)
    await dewi.say("20rb")
    await dewi.sees("khusus pengelola toko")
    await dewi.press(f"Terima {second}", card)
    assert "khusus pengelola toko" in await dewi.toast()
    await has_menu(dewi)
    assert claims(floor) == [(code, "confirmed"), (second, "claimed")]
    assert refused(floor, dewi) == ["/open", "/team", "OtherAmount", "proof_ok"]
    await floor.sari.press(f"Terima {second}")
    await floor.rina.sees(second, "Slot Kakak aman")
    floor.books.balance()


async def test_each_role_opens_its_own_part_only(floor: Floor) -> None:
    """Production gets the recap of what is to be made and moves it on; as shipping the same person sends parcels, and
    what was theirs before is refused."""
    dewi = await hired(floor, "Produksi")
    await has_menu(dewi, "recap", "stage")
    await open_batch(floor)
    code = await order(floor.rina)
    await pay(floor.rina, code)
    await accept(floor.sari, code)
    await close_by_hand(floor.sari)
    await dewi.sees("Rekap produksi", "Nastar")
    await dewi.say("/recap")
    shown = await dewi.sees("Rekap produksi", "Nastar")
    assert "Rp" not in shown.text
    await dewi.say("/proofs")
    await dewi.sees("bukan bagian Produksi")
    await dewi.say("/stage")
    await dewi.sees("tahap apa")

    await floor.sari.say("/team")
    for pressed, seen in (("Dewi", "Peran"), ("Ganti peran", "Peran baru untuk Dewi"), ("Pengiriman", "Pengiriman")):
        await floor.sari.press(pressed)
        await floor.sari.sees(seen)
    await dewi.sees("di tim", "Pengiriman")
    await has_menu(dewi, "ship")
    assert "stage" not in await own_part(dewi)
    await dewi.say("siap kirim")
    await dewi.sees("bukan bagian Pengiriman")
    await dewi.press("Kirim resi")
    await dewi.sees(code, "Pesanan mana")
    for said, seen in (("1", "JNE"), ("JNE", "nomor resi"), ("JP1234567890", "Ekspedisi"), ("ya", "sudah dikirim")):
        await dewi.say(said)
        await dewi.sees(seen)
    await floor.rina.sees(code, "JP1234567890")
    floor.books.balance()


async def test_a_link_ends_after_two_days_and_can_be_withdrawn(floor: Floor) -> None:
    """Too old, withdrawn and made up are answered alike; the owner who tries their own link does not use it up."""
    old, withdrawn = await invite(floor, "Admin"), await invite(floor, "Pengiriman")
    await floor.sari.start(withdrawn)
    await floor.sari.sees("tidak perlu undangan")
    await floor.sari.say("/team")
    await floor.sari.sees("1. Admin", "2. Pengiriman")
    await floor.sari.press("Tarik undangan Pengiriman")
    await floor.sari.sees("Undangan Pengiriman sudah ditarik")
    for payload in (withdrawn, "team_", "team_x", "team_" + "A" * 24):
        await floor.rina.start(payload)
        await floor.rina.sees("undangan ini sudah tidak berlaku")
    await floor.advance(timedelta(hours=48))
    await floor.rina.start(old)
    await floor.rina.sees("undangan ini sudah tidak berlaku")
    assert floor.books.value("SELECT COUNT(*) FROM staff") == 0
    assert refused(floor, floor.rina) == ["JoinStaff"] * 5
    kept = [str(value) for row in floor.books.rows("SELECT * FROM invitations") for value in row]
    assert not [value for value in kept if old.removeprefix("team_") in value]


async def test_a_link_is_taken_by_one_of_two(floor: Floor) -> None:
    """Two people open the same link in the same moment: one is on the staff, the other is told to ask for a new one."""
    payload = await invite(floor, "Keuangan")
    await asyncio.gather(floor.rina.start(payload), floor.budi.start(payload))
    await floor.settled()
    last = {person.id: (await person.last()).text for person in (floor.rina, floor.budi)}
    joined = floor.books.value("SELECT person_id FROM staff")
    assert floor.books.value("SELECT COUNT(*) FROM staff") == 1
    assert "Finance" in last[joined] or "Keuangan" in last[joined]
    (other,) = last.keys() - {joined}
    assert "tidak berlaku" in last[other] or "does not work" in last[other]
