"""Pictures from files: bombs refused by what they claim, the camera's notes taken out, the picture left as it was."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from bot.catalog_command import WrongSheet, import_file
from bot.photo_file import LARGEST, WrongPhoto, undress
from storage import catalogue
from storage.databases import database_at, sqlite_path
from tests.camera import SECRETS, SHOP, chunk, claiming, photographed, segment
from tests.journeys.floor import settings_for
from tests.screens import make_png


def as_webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of these chunks."""
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2) for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


VP8X = bytes([0x0C, 0, 0, 0]) + (99).to_bytes(3, "little") + (199).to_bytes(3, "little")
VP8 = b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 100, 200) + b"picture"


def test_a_photo_of_the_shop_stays_as_it_is() -> None:
    """From the first table to the last pixel the sample photos come out the same to the byte."""
    for file in (SHOP / "photos").glob("*.jpg"):
        content = file.read_bytes()
        assert undress(content).endswith(content[content.index(b"\xff\xdb") :])
    assert undress(make_png()) == make_png()


@pytest.mark.parametrize("order", ["<", ">"])
def test_what_a_camera_adds_is_taken_out_of_a_jpeg(order: str) -> None:
    """Place, owner, comments and glued-on data are gone; how it is turned, its colours and every pixel stay."""
    bare = undress(photographed(order=order))
    assert not any(secret in bare for secret in SECRETS)
    assert bare.count(b"Exif") == 1
    assert struct.pack(">HHIH", 0x0112, 3, 1, 6) in bare
    assert b"ICC_PROFILE" in bare
    assert b"MPF" not in bare
    picture = (SHOP / "photos" / "tote.jpg").read_bytes()
    start = picture.index(b"\xff\xdb")
    assert bare.endswith(picture[start:])
    assert undress(bare) == bare


@pytest.mark.parametrize("turned", [0, 1, 9])
def test_a_picture_that_is_not_turned_needs_no_exif(turned: int) -> None:
    """Upright, or nonsense: nothing of EXIF is left."""
    assert b"Exif" not in undress(photographed(turned))


def test_what_programs_add_is_taken_out_of_a_png() -> None:
    """EXIF, texts, the time, and what follows the end; transparency stays."""
    plain = make_png()
    start, end = plain[:33], plain[33:]
    extra = b"".join(chunk(name, b"x\x00" + SECRETS[0]) for name in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"))
    seen = chunk(b"tRNS", bytes(6))
    assert undress(start + extra + seen + end + SECRETS[1]) == start + seen + end


def test_what_programs_add_is_taken_out_of_a_webp() -> None:
    """EXIF and XMP go, and the flags no longer announce them."""
    dressed = as_webp((b"VP8X", VP8X), (b"EXIF", SECRETS[0]), (b"VP8 ", VP8), (b"XMP ", SECRETS[1]))
    assert undress(dressed + SECRETS[2]) == as_webp((b"VP8X", b"\x00" + VP8X[1:]), (b"VP8 ", VP8))
    assert undress(as_webp((b"VP8 ", VP8))) == as_webp((b"VP8 ", VP8))
    lossless = b"\x2f" + struct.pack("<I", 99 | 199 << 14) + b"picture"
    assert undress(as_webp((b"VP8L", lossless))) == as_webp((b"VP8L", lossless))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (claiming(50_000, 50_000, 20_000_000), "photo_too_many_pixels"),
        (claiming(9_000, 100), "photo_too_many_pixels"),
        (claiming(0, 100), "photo_unreadable"),
        (
            b"\xff\xd8" + segment(0xC2, struct.pack(">BHHB", 8, 65_000, 65_000, 3)) + b"\xff\xd9",
            "photo_too_many_pixels",
        ),
        (as_webp((b"VP8X", bytes(4) + b"\xff" * 6)), "photo_too_many_pixels"),
        (make_png() + bytes(LARGEST), "photo_too_large"),
        (make_png()[:-20], "photo_unreadable"),
        (make_png()[:8] + make_png()[33:], "photo_unreadable"),
        ((SHOP / "photos" / "tote.jpg").read_bytes()[:-2], "photo_unreadable"),
        (b"\xff\xd8\xff\xd9", "photo_unreadable"),
        (b"\xff\xd8", "photo_unreadable"),
        (as_webp(), "photo_unreadable"),
        (as_webp((b"ALPH", b"x")), "photo_unreadable"),
        (b"GIF89a" + bytes(100), "photo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_unreadable"),
        (b"", "photo_unreadable"),
    ],
)
def test_what_is_no_photo_for_buyers_is_refused(content: bytes, fault: str) -> None:
    """Bombs by what they claim to be, files that are too large, damaged, empty or of another kind."""
    with pytest.raises(WrongPhoto) as refused:
        undress(content)
    assert refused.value.fault == fault


def test_the_bomb_is_small_and_would_unpack_to_gigabytes() -> None:
    """The control: the refused picture is 20 KiB, and its pixels would be 7 GB."""
    bomb = claiming(50_000, 50_000, 20_000_000)
    assert len(bomb) < 20 * 1024
    assert 50_000 * 50_000 * 3 > 7_000_000_000


def test_damaged_pictures_are_refused_or_undressed_and_never_break_the_reader() -> None:
    """Bytes changed, cut and doubled at random: a picture or a WrongPhoto, and never a camera's word in it."""
    chance = random.Random(7)
    whole = [photographed(), make_png(20, 20), as_webp((b"VP8X", VP8X), (b"EXIF", SECRETS[0]), (b"VP8 ", VP8))]
    refused = 0
    for _ in range(600):
        broken = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 6)):
            broken[chance.randrange(min(len(broken), 400))] = chance.randrange(256)
        del broken[chance.randrange(len(broken)) :]
        try:
            undress(bytes(broken))
        except WrongPhoto:
            refused += 1
    assert refused > 300


async def test_a_sheet_with_a_bomb_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    """`bukapo catalog import` names the row and the photo; a good photo is kept without what the camera wrote."""
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    sheet = tmp_path / "katalog.csv"
    sheet.write_text("produk,harga,berat,foto\nTote,85000,200,tote.jpg\nBom,5000,1,bom.png\n", encoding="utf-8")
    (tmp_path / "tote.jpg").write_bytes(photographed())
    (tmp_path / "bom.png").write_bytes(claiming(50_000, 50_000, 20_000_000))
    with pytest.raises(WrongSheet, match=r'Baris 3, kolom foto: foto "bom\.png" terlalu besar'):
        await import_file(sheet, settings)
    books = sqlite_path(settings.database_url)
    assert books is not None
    assert not books.exists()
    sheet.write_text("produk,harga,berat,foto\nTote,85000,200,tote.jpg\n", encoding="utf-8")
    assert await import_file(sheet, settings) == (1, 1)
    database = database_at(settings.database_url)
    await database.open()
    (product,) = await database.read(catalogue.products)
    kept = await database.read(lambda tx: catalogue.picture(tx, product.photo))
    await database.close()
    assert kept is not None
    assert kept.content == undress(photographed())
