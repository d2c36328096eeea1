"""What people send instead of an answer (product 11), and how a journey holds the bot to one clear answer to it.

In: a person on a screen. Out: the odd thing sent, and its answer checked: one sentence, once, with the screen that was
there before. It knows the sentences only as a buyer or seller reads them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.journeys.floor import Floor
from tests.people import Message, Person, make_png
from tests.screens import plain, tail

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Odd:
    """`do` sends it, `says` is in the answer; a long text arrives, and is answered, in `parts`."""

    do: Callable[[Person], Awaitable[object]]
    says: str
    parts: int = 1


def typed(text: str, says: str, parts: int = 1) -> Odd:
    """Something written."""
    return Odd(lambda person: person.say(text), says, parts)


def sent(kind: str, says: str, **more: object) -> Odd:
    """Something that is not text."""
    return Odd(lambda person: person.send(kind, b"abc", **more), says)


async def _edit_earlier(person: Person) -> None:
    mine = [message for message in await person.messages() if not message.by_bot and message.text]
    await person.edit(mine[-1].id, "3")


async def _album(person: Person) -> None:
    """Three pictures at once: the bot is told of one after the other."""
    album = f"album-{person.since}"
    await person.send_photo(make_png(seed=0), album=album)
    first = person.since
    for seed in (1, 2):
        await person.send_photo(make_png(seed=seed), album=album)
    person.since = first


UNREADABLE: Final = {
    "sticker": sent("sticker", "Stikernya lucu"),
    "voice": sent("voice", "Pesan suara belum bisa saya dengar"),
    "location": sent("location", "Lokasi belum bisa saya baca"),
    "dice": sent("dice", "Dadunya tidak bisa dipakai"),
    "poll": sent("poll", "Polling tidak bisa dipakai"),
    "20 MB video": sent("video", "Video belum bisa saya baca", filename="bukti.mp4", size=20 * MEGABYTE),
    "edited message": Odd(_edit_earlier, "Pesan yang diedit tidak saya baca"),
    "unknown command": typed("/harga 5", "Perintah itu belum saya kenal"),
    "bare slash": typed("/ halo", "Perintah itu belum saya kenal"),
}
CONTACT: Final = {"contact": sent("contact", "Kontak tidak diperlukan di sini")}
# A file may always be a proof; here the buyer has nothing to pay.
FILES: Final = {
    "pdf": sent("document", "tidak ada pesanan Kakak yang perlu dibayar", filename="bukti.pdf"),
    "album": Odd(_album, "tidak ada pesanan Kakak yang perlu dibayar"),
    "empty file": Odd(lambda person: person.send_document(b"", "bukti.pdf"), "Filenya kosong"),
    "21 MB file": sent("document", "terlalu besar", filename="bukti.pdf", size=21 * MEGABYTE),
    "program": sent("document", "kirim sebagai foto atau PDF", filename="bukti.exe"),
}

CHOOSE: Final = "Pilih salah satu tombol"
NO_CHOICE: Final = {
    text: typed(text, CHOOSE) for text in ("0", "-1", "1e9", "dua", "٩٩", "99", "🎉🎉", "<b>x</b> & <i>", "{{7*7}}")
} | {"5,000 characters": typed("a" * 5000, CHOOSE, parts=2)}
NUMBER: Final = "ketik dengan angka"
NO_QUANTITY: Final = {
    "0": typed("0", "Paling sedikit 1"),
    "-1": typed("-1", "Paling sedikit 1"),
    "1e9": typed("1e9", NUMBER),
    "a billion": typed("1000000000", "Slotnya tinggal 10"),
    "arabic 999": typed("٩٩٩", "Slotnya tinggal 10"),
    "words": typed("beberapa", NUMBER),
    "a fraction": typed("2,5", "angka bulat"),
    "emoji": typed("🎉🎉", NUMBER),
    "html": typed("<b>2</b>", NUMBER),
    "5,000 characters": typed("a" * 5000, NUMBER, parts=2),
    "5,000 digits": typed("9" * 5000, "Slotnya tinggal 10", parts=2),
}
NO_WISH: Final = {"5,000 characters": typed("a" * 5000, "paling panjang 200", parts=2)}
ADDRESS: Final = "Alamatnya belum terbaca"
NO_ADDRESS: Final = {
    text: typed(text, ADDRESS) for text in ("0", "-1", "1e9", "dua", "٩٩", "🎉🎉", "<b>x</b>", "{{7*7}}")
} | {"5,000 characters": typed("a" * 5000, ADDRESS, parts=2)}
NAME: Final = "Nama penerimanya belum terbaca"
NO_NAME: Final = {text: typed(text, NAME) for text in ("0", "-1", "٩٩", "🎉🎉", "&")} | {
    "5,000 characters": typed("a" * 5000, NAME, parts=2)
}
PHONE: Final = "Nomornya belum pas"
NO_PHONE: Final = {text: typed(text, PHONE) for text in ("0", "-1", "1e9", "dua", "٩٩", "🎉🎉", "<b>x</b>")} | {
    "two numbers": typed("0812-3456-7890 / 0813-1111-2222", "lebih dari satu nomor"),
    "5,000 characters": typed("a" * 5000, PHONE, parts=2),
    "5,000 digits": typed("8" * 5000, PHONE, parts=2),
}
STREET: Final = "Alamatnya belum lengkap"
NO_STREET: Final = {text: typed(text, STREET) for text in ("0", "-1", "dua", "٩٩", "🎉🎉", "<b>x</b>")} | {
    "5,000 characters": typed("a" * 5000, STREET, parts=2)
}


async def fresh(person: Person) -> list[Message]:
    """What the bot has said, or changed, since one's own last action."""
    return [one for one in await person.messages() if one.by_bot and one.change > person.since]


async def answered(floor: Floor, person: Person, name: str, odd: Odd, screen: str) -> None:
    """Send it; hold that the sentence comes once (for each part), and that the screen is there again, last."""
    await odd.do(person)
    await person.sees(odd.says)
    await floor.settled()
    said = await fresh(person)
    told = [one for one in said if plain(odd.says).casefold() in one.visible().casefold()]
    assert len(told) == odd.parts, f"{name}: answered {len(told)} times\n{tail(said)}"
    assert len(said) <= 2 * odd.parts, f"{name}: more than a sentence and the screen\n{tail(said)}"
    assert plain(screen).casefold() in said[-1].visible().casefold(), f"{name}: no screen to go on with\n{tail(said)}"
