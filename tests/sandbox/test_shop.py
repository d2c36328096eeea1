"""The sample shop is complete: its sheet and its drawn photos fit together."""

import csv
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "sandbox" / "shop"
PHOTOS = sorted((SHOP / "photos").iterdir())


def rows() -> list[dict[str, str]]:
    with (SHOP / "catalog.csv").open(newline="", encoding="utf-8") as sheet:
        return list(csv.DictReader(sheet))


def pieces_of_jpeg(picture: bytes) -> dict[int, bytes]:
    """Marker → content of the segments before the pixels, the first of each kind; fails on any other file."""
    assert picture.startswith(b"\xff\xd8")
    assert picture.endswith(b"\xff\xd9")
    found: dict[int, bytes] = {}
    at = 2
    while picture[at + 1] != 0xDA:
        assert picture[at] == 0xFF
        long = int.from_bytes(picture[at + 2 : at + 4], "big")
        found.setdefault(picture[at + 1], picture[at + 4 : at + 2 + long])
        at += 2 + long
    return found


def test_the_shop_has_hijab_cookies_and_bags_in_two_to_four_variants() -> None:
    """Whoever tries the demo finds products of each kind, and something to choose in each."""
    variants = {code: [row["varian"] for row in its] for code, its in groupby(rows(), key=lambda row: row["kode"])}
    assert {"pashmina", "bergo", "nastar", "kastengel", "tote-nama"} <= variants.keys()
    assert all(2 <= len(names) <= 4 and len(set(names)) == len(names) for names in variants.values())


def test_every_row_has_a_price_a_weight_and_a_quota_that_a_seller_would_write() -> None:
    """Prices are whole thousands of rupiah, weights are grams of a parcel, quotas are what a kitchen can make."""
    for row in rows():
        assert 20_000 <= int(row["harga"]) <= 500_000
        assert int(row["harga"]) % 1000 == 0
        assert 50 <= int(row["berat"]) <= 2_000
        assert 1 <= int(row["kuota"]) <= 100


def test_the_first_row_of_a_product_describes_it_within_the_limits_of_the_catalogue() -> None:
    """Code, name, description and variant fit product section 2, so that the sheet imports without one wrong cell."""
    for code, its in groupby(rows(), key=lambda row: row["kode"]):
        first, *_ = own = list(its)
        assert re.fullmatch(r"[a-z0-9-]{1,12}", code)
        assert 0 < len(first["produk"]) <= 60
        assert 40 <= len(first["deskripsi"]) <= 800
        assert first["foto"]
        assert all(0 < len(row["varian"]) <= 40 and row["produk"] == first["produk"] for row in own)


def test_every_photo_named_in_the_sheet_is_there_and_no_other() -> None:
    """No product without its picture, no picture without its product."""
    assert {SHOP / row["foto"] for row in rows() if row["foto"]} == set(PHOTOS)


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.stem)
def test_a_photo_is_a_square_jpeg_fit_for_a_chat(photo: Path) -> None:
    """At least 800 pixels a side to look good, less than 200 KB to stay quick in a clone."""
    picture = photo.read_bytes()
    frame = pieces_of_jpeg(picture)[0xC0]
    high, wide = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    assert high == wide >= 800
    assert 20_000 < len(picture) < 200_000


def test_no_photo_is_older_than_its_drawing() -> None:
    """Each photo carries the fingerprint of the drawing as it is now; if not, run `python -m scripts.draw_shop`."""
    told = subprocess.run(
        [sys.executable, "-m", "scripts.draw_shop", "--fingerprints"],
        capture_output=True,
        text=True,
        check=True,
    )
    wanted = dict(line.split(": ") for line in told.stdout.splitlines())
    assert {photo.stem: pieces_of_jpeg(photo.read_bytes())[0xFE].decode() for photo in PHOTOS} == wanted


def test_the_same_drawing_has_the_same_fingerprint_in_another_run() -> None:
    """Drawings know neither chance nor the order of a set: two processes with different hash seeds agree."""
    runs = [
        subprocess.run(
            [sys.executable, "-m", "scripts.draw_shop", "--fingerprints"],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != b""
