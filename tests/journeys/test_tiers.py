"""Gifts and discounts for the first orders: promised, taken, lost at the last moment, passed on (product 3, tiers)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.journeys.floor import Floor, open_batch
from tests.journeys.walking import accept, code_in, confirm, newcomers, order, pay, walk_to

TIERS = "1 pertama: gratis scrunchie; 1 berikutnya: potong 10rb"


async def with_tiers(floor: Floor, tiers: str = TIERS, hold: str = "24 jam", quota: str = "10") -> None:
    """An open batch that promises its first orders something."""
    await open_batch(floor, extras=("Lewati", "Lewati", "Lewati", tiers), hold=hold, quota=quota)


def got(floor: Floor, code: str) -> tuple[str, int, int]:
    """(gift, discount, total) of an order."""
    row = floor.books.rows("SELECT gift, discount, total FROM orders WHERE code = ?", code)[0]
    return row["gift"], row["discount"], row["total"]


async def test_the_first_orders_get_what_was_promised_and_see_it_before_they_confirm(floor: Floor) -> None:
    """The first one reads of the gift at the review, the second of the discount, the third of neither; the recap and
    the order say the same."""
    await with_tiers(floor)
    first, second, third = floor.rina, *await newcomers(floor, 2)
    assert "Gratis scrunchie" in (await walk_to(first)).text
    code = await confirm(first)
    assert got(floor, code) == ("scrunchie", 0, 110_000)
    review = await walk_to(second)
    assert "Potongan −Rp 10.000" in review.visible()
    assert "Total Rp 100.000" in review.visible()
    assert "DP 50%) Rp 50.000" in review.visible(), "the down payment is of what is left"
    assert got(floor, await confirm(second)) == ("", 10_000, 100_000)
    assert "Potongan" not in (await walk_to(third)).text
    assert got(floor, await confirm(third)) == ("", 0, 110_000)
    await first.say("/orders")
    await first.sees(code, "Gratis scrunchie")
    await floor.sari.say("/recap")
    await floor.sari.sees("Gratis scrunchie: 1 dari 1", "Potongan Rp 10.000: 1 dari 1")
    floor.books.balance()


async def test_what_the_review_promised_and_another_got_is_shown_anew_before_it_counts(floor: Floor) -> None:
    """Two look at the same discount, one confirms: the other reads so, sees the new total, and only then confirms; a
    second press that was on its way places nothing."""
    await with_tiers(floor, "1 pertama: potong 10rb")
    quick, slow = await newcomers(floor, 2)
    await walk_to(quick)
    review = await walk_to(slow)
    assert "Total Rp 100.000" in review.visible()
    await confirm(quick)
    await slow.press("Konfirmasi pesanan", review)
    again = await slow.sees("baru saja didapat pembeli lain", "Total Rp 110.000", "Konfirmasi pesanan")
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 1
    await slow.forge(again, review.button("Konfirmasi pesanan").callback)  # type: ignore[union-attr]  # it was there
    await slow.sees("Total Rp 110.000")
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 1
    assert got(floor, await confirm(slow)) == ("", 0, 110_000)
    floor.books.balance()


async def test_ten_confirm_at_once_for_two_places(floor: Floor) -> None:
    """Exactly two get the discount; whoever saw it and lost it is asked again, and nobody pays more than they read."""
    await with_tiers(floor, "2 pertama: potong 10rb", quota="20")
    buyers = await newcomers(floor, 10)
    for person in buyers:
        await walk_to(person)
    await asyncio.gather(*(person.press("Konfirmasi pesanan") for person in buyers))
    await floor.settled()
    assert floor.books.value("SELECT COUNT(*) FROM orders WHERE discount = 10000") == 2
    assert floor.books.value("SELECT COUNT(*) FROM orders") == 2
    floor.books.balance()


async def test_a_freed_place_goes_to_the_earliest_order_without_one_once(floor: Floor) -> None:
    """The first order expires: the gift goes to the one that came too late for it, who is told once; the discount that
    the second cancels goes to the third, whose total shrinks."""
    await with_tiers(floor, hold="2 jam", quota="10")
    first, second, third, fourth = await newcomers(floor, 4)
    await order(first)
    await floor.advance(timedelta(hours=1))
    cancelled, lucky, last = await order(second), await order(third), await order(fourth)
    await pay(fourth, last, seed=4)
    await accept(floor.sari, last)
    await floor.advance(timedelta(hours=1))
    await first.sees("sudah habis", "slotnya kami lepas")
    told = await third.sees("Kabar baik", lucky, "gratis scrunchie")
    assert got(floor, lucky) == ("scrunchie", 0, 110_000)
    floor.books.balance()
    await second.say("/orders")
    await second.press(f"Batalkan {cancelled}")
    await second.press(f"Ya, batalkan {cancelled}")
    await fourth.sees("Kabar baik", last, "potongan Rp 10.000", "Total jadi Rp 100.000", "Sisa Rp 45.000")
    await floor.settled()
    assert got(floor, last) == ("", 10_000, 100_000)
    assert got(floor, cancelled) == ("", 0, 110_000)
    assert sum(told.text == message.text for message in await third.messages()) == 1
    floor.books.balance()


async def test_an_order_keeps_its_discount_when_it_is_changed_and_never_shrinks_below_it(floor: Floor) -> None:
    """Two pieces become one: the discount stays; an order is never worth less than its discount."""
    await with_tiers(floor, "1 pertama: potong 10rb")
    rina = floor.rina
    code = await order(rina, quantity="2")
    assert got(floor, code) == ("", 10_000, 210_000)
    await rina.say("/orders")
    await rina.press(f"Ubah {code}")
    await rina.sees("Potongan −Rp 10.000", "Total Rp 210.000")
    await rina.press("✏️ Ubah")
    await rina.sees("Apa yang mau diubah")
    await rina.press("Nastar Wisman Toples 500 g × 2")
    await rina.sees("Hapus item")
    await rina.press("Jumlah")
    await rina.sees("Mau berapa")
    await rina.say("1")
    await rina.sees("Potongan −Rp 10.000", "Total Rp 100.000")
    await rina.press("Simpan perubahan")
    changed = await rina.sees("sudah diubah", "Total Rp 100.000")
    assert code_in(changed) == code
    floor.books.balance()
