"""What the courier takes: rounding, zones, free above, pick-up, told later; and the zone table as a sheet."""

from __future__ import annotations

import pytest

from preorder.address import Address
from preorder.batch import VariantId
from preorder.catalogue_cells import SheetCell, read_weight
from preorder.money import Full, Percent, Rupiah
from preorder.order import Line, first_due
from preorder.shipping import (
    FREE,
    LATER,
    OUTSIDE,
    PICKUP,
    Shipping,
    ShippingRule,
    Zone,
    charged_kilograms,
    shipping_again,
    volumetric_grams,
)
from preorder.zones import COLUMNS, ZoneErrors, is_zones, read_zones
from storage import region_table

HOME = Address(recipient="Rina", phone="+6281234567890", street="Jl. Melati 5", district="Sukajadi",
               city="Kota Bandung", province="Jawa Barat")  # fmt: skip
ZONES = (
    Zone("Jawa Barat", "Kota Bandung", Rupiah(9_000)),
    Zone("Jawa Barat", "", Rupiah(12_000)),
    Zone("", "", Rupiah(45_000)),
)
RULE = ShippingRule("zones", "Jl. Anggrek 3", Rupiah(500_000), ZONES)
LINES = (Line(VariantId("v"), "Nastar", "", Rupiah(100_000), 2, ""),)


@pytest.mark.parametrize(
    ("grams", "kilograms"),
    [(0, 1), (1, 1), (1_000, 1), (1_300, 1), (1_301, 2), (2_300, 2), (2_301, 3), (10_300, 10), (10_301, 11)],
)
def test_couriers_forgive_three_hundred_grams(grams: int, kilograms: int) -> None:
    """facts, Trade: up to 1.3 kg counts as 1, up to 2.3 as 2."""
    assert charged_kilograms(grams) == kilograms


def test_what_is_large_and_light_counts_by_its_volume() -> None:
    """cm³/6000 is kilograms, rounded up to the gram."""
    assert volumetric_grams(30, 20, 10) == 1_000
    assert volumetric_grams(31, 20, 10) == 1_034
    assert read_weight("250 g 30x20x10") == 1_000
    assert read_weight("1,5 kg, 30 x 20 x 10 cm") == 1_500
    assert read_weight("40×30×20") == 4_000


def test_the_nearest_zone_counts() -> None:
    """City before province before everywhere else; a place that is not known is told later."""
    assert RULE.shipping(HOME, 1_301, Rupiah(100_000)) == Shipping("zone", Rupiah(18_000))
    bogor = Address(recipient="R", phone="+62", street="Jl. A 1", city="Kota Bogor", province="Jawa Barat")
    assert RULE.shipping(bogor, 500, Rupiah(100_000)).cost == 12_000
    bali = Address(recipient="R", phone="+62", street="Jl. A 1", city="Kota Denpasar", province="Bali")
    assert RULE.shipping(bali, 500, Rupiah(100_000)).cost == 45_000
    nowhere = Address(recipient="R", phone="+62", street="Jl. A 1")
    assert RULE.shipping(nowhere, 500, Rupiah(100_000)) == LATER


def test_free_pickup_and_outside() -> None:
    """Goods worth enough travel free, a pick-up costs nothing, a shop without a rule settles it outside."""
    assert RULE.shipping(HOME, 900, Rupiah(500_000)) == FREE
    assert RULE.shipping(HOME, 900, Rupiah(499_999)).kind == "zone"
    assert RULE.shipping(Address(recipient="R", phone="+62", street=""), 900, Rupiah(1)) == PICKUP
    assert ShippingRule().shipping(HOME, 900, Rupiah(1)) == OUTSIDE
    assert ShippingRule("later").shipping(HOME, 900, Rupiah(1)) == LATER


def test_the_down_payment_is_of_the_goods() -> None:
    """A percentage leaves shipping to the balance; paying in full takes it along when it is known."""
    cost = Shipping("zone", Rupiah(18_000))
    assert first_due(Percent(50), LINES, cost) == 100_000
    assert first_due(Full(), LINES, cost) == 218_000
    assert first_due(Full(), LINES, LATER) == 200_000


def test_what_was_told_stays_told() -> None:
    """An order that is changed keeps the cost the seller told for that district, and one settled outside stays so."""
    told = Shipping("told", Rupiah(20_000))
    elsewhere = Address(recipient="R", phone="+62", street="Jl. B 2", district="Ubud", city="Kab. Gianyar")
    assert shipping_again(told, HOME, HOME, LATER) == told
    assert shipping_again(told, HOME, elsewhere, LATER) == LATER
    assert shipping_again(OUTSIDE, HOME, elsewhere, LATER) == OUTSIDE


def test_a_sheet_becomes_zones_with_official_names() -> None:
    """Names in any spelling, prices as sellers type them; empty rows are passed over."""
    rows: list[list[SheetCell]] = [
        ["jabar", "kota bandung", "9rb"],
        [None, None, None],
        ["DKI", "", "11.000"],
        ["Lainnya", "", 45_000.0],
    ]
    zones = read_zones(COLUMNS, rows, region_table.load())
    assert zones == (ZONES[0], Zone("DKI Jakarta", "", Rupiah(11_000)), ZONES[2])
    assert is_zones(COLUMNS)
    assert not is_zones(("kode", "produk", "harga"))


def test_every_wrong_cell_is_named() -> None:
    """All or nothing: row, column and reason of each."""
    rows: list[list[SheetCell]] = [
        ["Jawa Barat", "Bandung", 9_000],  # two are called so
        ["Jawa Tengah", "Kota Bandung", 9_000],
        ["Atlantis", "", 9_000],
        ["Bali", "", "murah"],
        ["Bali", "", 20_000],
        ["Bali", "", 21_000],
        ["", "Kota Medan", 1],
        ["Aceh", "", None],
    ]
    with pytest.raises(ZoneErrors) as wrong:
        read_zones(COLUMNS, rows, region_table.load())
    assert [(cell.row, cell.column, cell.reason) for cell in wrong.value.cells] == [
        (2, "kota", "city_unknown"),
        (3, "kota", "city_elsewhere"),
        (4, "provinsi", "province_unknown"),
        (5, "ongkir per kg", "price_unreadable"),
        (7, "provinsi", "twice"),
        (8, "provinsi", "province_missing"),
        (8, "ongkir per kg", "price_unreadable"),
        (9, "ongkir per kg", "price_missing"),
    ]
