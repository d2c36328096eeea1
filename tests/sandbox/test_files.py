"""Pictures and documents, both ways."""

from __future__ import annotations

import json

import pytest

from sandbox.pictures import dimensions
from tests.people import Person, make_png
from tests.sandbox.conftest import CHANNEL, Api

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080030004001011100ffd9")
GIF = b"GIF89a" + bytes([64, 0, 48, 0, 0, 0, 0])
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + bytes([63, 0, 0, 47, 0, 0])
PDF = b"%PDF-1.4 bukti"


def test_width_and_height_are_read_from_the_file() -> None:
    """PNG, JPEG, GIF and WebP say their size in their first bytes; other files have none."""
    assert dimensions(make_png(64, 48)) == (64, 48)
    assert dimensions(JPEG) == (64, 48)
    assert dimensions(GIF) == (64, 48)
    assert dimensions(WEBP) == (64, 48)
    for wrong in (b"", PDF, make_png()[:18], JPEG[:8], b"RIFF"):
        assert dimensions(wrong) is None


async def test_a_photo_has_sizes_and_can_be_sent_again_by_its_id(api: Api, rina: Person) -> None:
    """Sizes go from small to the real one; the id works for this bot, in any chat, as a photo only."""
    status, answer = await api.upload("sendPhoto", {"photo": ("a.png", make_png(1000, 500))}, chat_id=str(rina.id))
    assert status == 200
    sizes = answer["result"]["photo"]
    assert [(one["width"], one["height"]) for one in sizes] == [(90, 45), (320, 160), (800, 400), (1000, 500)]
    again = await api.ok("sendPhoto", chat_id=CHANNEL, photo=sizes[1]["file_id"])
    assert again["photo"] == sizes
    assert await api.refused("sendDocument", chat_id=rina.id, document=sizes[0]["file_id"]) == (
        400,
        "Bad Request: can't use file of type Photo as Document",
    )


async def test_a_file_comes_back_byte_for_byte(api: Api, rina: Person) -> None:
    """getFile gives a path, the path gives the bytes, also with the token's colon written %3A."""
    picture = make_png(300, 200, seed=3)
    await rina.send_photo(picture, "bukti <b>")
    message = (await api.updates())[-1]["message"]
    assert message["caption"] == "bukti <b>"
    found = await api.ok("getFile", file_id=message["photo"][-1]["file_id"])
    for token in (api.token, api.token.replace(":", "%3A")):
        async with api.session.get(f"{api.base}/file/bot{token}/{found['file_path']}") as answer:
            assert await answer.read() == picture
    async with api.session.get(f"{api.base}/file/bot1:x/{found['file_path']}") as answer:
        assert answer.status == 401
    async with api.session.get(f"{api.base}/file/bot{api.token}/photos/none.jpg") as answer:
        assert answer.status == 404


async def test_the_same_picture_has_the_same_unique_id(api: Api, rina: Person, sari: Person) -> None:
    """Whoever sends it, the content is recognised; another picture is another."""
    await rina.send_photo(make_png(seed=1))
    await sari.send_photo(make_png(seed=1))
    await sari.send_photo(make_png(seed=2))
    ids = [one["message"]["photo"][-1]["file_unique_id"] for one in (await api.updates())[-3:]]
    assert ids[0] == ids[1] != ids[2]


async def test_a_document_keeps_its_name_and_type(api: Api, rina: Person) -> None:
    """A PDF as proof arrives as it was sent, and can be fetched from the page."""
    await rina.send_document(PDF, "bukti tf.pdf", "application/pdf")
    document = (await api.updates())[-1]["message"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == (
        "bukti tf.pdf",
        "application/pdf",
        14,
    )
    sent = await api.ok("sendDocument", chat_id=rina.id, document=document["file_id"], caption="rekap")
    assert sent["document"] == document
    assert await rina.fetch(await rina.last()) == PDF


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file must be non-empty"),
        (PDF, "IMAGE_PROCESS_FAILED"),
        (make_png(6000, 1)[:64], "PHOTO_INVALID_DIMENSIONS"),
        (make_png(21 * 20, 20), "PHOTO_INVALID_DIMENSIONS"),
        (
            make_png() + b"\0" * 10 * 1024 * 1024,
            "file of size {size} bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_what_is_no_photo_is_refused(api: Api, rina: Person, content: bytes, why: str) -> None:
    """Not a picture, too long and thin, too big: each has its sentence."""
    status, answer = await api.upload("sendPhoto", {"photo": ("a.png", content)}, chat_id=str(rina.id))
    assert status == 400
    assert answer["description"] == "Bad Request: " + why.format(size=len(content))


async def test_other_wrong_files_are_refused(api: Api, rina: Person) -> None:
    """No file, an id of nobody's, a file too big to fetch or to send."""
    assert await api.refused("sendPhoto", chat_id=rina.id) == (400, "Bad Request: there is no photo in the request")
    assert await api.refused("sendPhoto", chat_id=rina.id, photo="AgAC-wrong") == (
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    )
    assert (await api.refused("getFile", file_id="x"))[0] == 400
    await rina.send("video", b"film", filename="bukti.mp4", size=25_000_000)
    video = (await api.updates())[-1]["message"]["video"]
    assert video["file_size"] == 25_000_000
    assert await api.refused("getFile", file_id=video["file_id"]) == (400, "Bad Request: file is too big")
    _, answer = await api.upload(
        "sendPhoto", {"photo": ("a.png", make_png())}, chat_id=str(rina.id), caption="x" * 1025
    )
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_too_big_an_upload_is_413(api: Api, rina: Person) -> None:
    """Above 50 MiB the server takes nothing."""
    big = b"\0" * (50 * 1024 * 1024 + 1)
    status, answer = await api.upload("sendDocument", {"document": ("a.bin", big)}, chat_id=str(rina.id))
    assert (status, answer["description"]) == (413, "Request Entity Too Large")


async def test_an_album_is_sent_in_one_request(api: Api, rina: Person) -> None:
    """2 to 10 of one sort, new and known files mixed, tied together by one group id."""
    _, answer = await api.upload("sendPhoto", {"photo": ("a.png", make_png())}, chat_id=str(rina.id))
    known = answer["result"]["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": "attach://one", "caption": "Depan"}, {"type": "photo", "media": known}]
    status, album = await api.upload(
        "sendMediaGroup", {"one": ("b.png", make_png(seed=5))}, chat_id=str(rina.id), media=json.dumps(media)
    )
    assert status == 200
    assert len({one["media_group_id"] for one in album["result"]}) == 1
    assert album["result"][0]["caption"] == "Depan"
    for wrong, why in (
        (media[1:], "too few messages to send as an album"),
        (media[1:] * 11, "too many messages to send as an album"),
        ([], "there are no messages to send"),
        ([media[1], {"type": "document", "media": known}], "document can't be mixed with other media types"),
        ([media[0], media[1]], "there is no photo in the request"),
    ):
        assert await api.refused("sendMediaGroup", chat_id=rina.id, media=wrong) == (400, f"Bad Request: {why}")


async def test_everything_people_send(api: Api, rina: Person) -> None:
    """Sticker, voice, video, place, contact, dice, poll and an album arrive shaped as Telegram shapes them."""
    await api.forget()
    for kind in ("sticker", "voice", "video", "location", "contact", "dice", "poll"):
        await rina.send(kind, b"x")
    await rina.send_photo(make_png(), album="77")
    messages = [one["message"] for one in await api.updates()]
    kinds = ("sticker", "voice", "video", "location", "contact", "dice", "poll", "photo")
    assert all(kind in message for kind, message in zip(kinds, messages, strict=True))
    assert messages[4]["contact"]["user_id"] == rina.id
    assert messages[7]["media_group_id"] == "77"
    with pytest.raises(AssertionError, match="a photo is a PNG"):
        await rina.send_photo(PDF)
