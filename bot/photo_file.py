"""Pictures that come as files, before they are kept and passed on to buyers: checked by their headers, and undressed.

In: bytes that call themselves a photo. Out: the same picture without what the camera wrote about place, time and owner
(EXIF, XMP, IPTC, comments, whatever is glued to the end), or `WrongPhoto`. Nothing is ever decoded: a small file that
unpacks to gigabytes is refused by the width and height it claims. How the picture is turned is kept, the rest of EXIF
is not; colours (ICC, gamma) and transparency stay.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, Literal

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of a photo (Bot API, sendPhoto)."""
LONGEST_SIDES: Final = 10_000
"""Width plus height in pixels (Bot API, sendPhoto)."""
FLATTEST: Final = 20
"""How many times longer than wide, or wider than long (Bot API, sendPhoto)."""

Fault = Literal["photo_unreadable", "photo_too_large", "photo_too_many_pixels"]
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"})
_WEBP_DROPPED: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_EXIF_AND_XMP: Final = 0x0C  # bits in the flags of VP8X that announce the chunks
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of frame; the three are tables
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_ORIENTATION: Final = 0x0112


class WrongPhoto(Exception):
    """The file cannot be a photo on show; `bound` is the limit in megabytes or pixels."""

    def __init__(self, fault: Fault, bound: int | None = None) -> None:
        super().__init__(fault)
        self.fault: Fault = fault
        self.bound = bound


def undress(content: bytes) -> bytes:
    """The picture alone. JPEG, PNG or WebP. Raises `WrongPhoto`."""
    if len(content) > LARGEST:
        raise WrongPhoto("photo_too_large", LARGEST // (1024 * 1024))
    try:
        if content.startswith(_PNG):
            return _undress_png(content)
        if content[:2] == b"\xff\xd8":
            return _undress_jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _undress_webp(content)
    except (struct.error, IndexError):
        pass
    raise WrongPhoto("photo_unreadable")


def _check_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise WrongPhoto("photo_unreadable")
    if width + height > LONGEST_SIDES or max(width, height) > FLATTEST * min(width, height):
        raise WrongPhoto("photo_too_many_pixels", LONGEST_SIDES)


# --- PNG ---------------------------------------------------------------------------------------------------------


def _undress_png(content: bytes) -> bytes:
    kept = [_PNG]
    place = len(_PNG)
    while True:
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content) or (len(kept) == 1) != (name == b"IHDR"):
            raise WrongPhoto("photo_unreadable")
        if name == b"IHDR":
            _check_size(*struct.unpack_from(">II", content, place + 8))
        if name in _PNG_KEPT:
            kept.append(content[place:end])
        if name == b"IEND":
            return b"".join(kept)
        place = end


# --- JPEG --------------------------------------------------------------------------------------------------------


def _undress_jpeg(content: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    has_size = False
    for marker, segment in _segments(content):
        body = segment[4:]
        if marker in _SIZES:
            height, width = struct.unpack_from(">HH", body, 1)
            _check_size(width, height)
            has_size = True
        if marker == _APP1 and (turned := _orientation(body)) > 1:
            kept.append(_only_orientation(turned))
        if _is_picture(marker, body):
            kept.append(segment)
    if not has_size:
        raise WrongPhoto("photo_unreadable")
    return b"".join([*kept, b"\xff\xd9"])


def _is_picture(marker: int, body: bytes) -> bool:
    """Adobe's APP14 says how the colours are coded, an ICC profile what they mean; all else of APPn is about people."""
    if marker == _APP2:
        return body.startswith(b"ICC_PROFILE\x00")
    if marker == _APP0:
        return body.startswith(b"JFIF\x00")
    return marker == _APP14 or not (_APP0 <= marker <= _APP15 or marker == _COMMENT)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(marker, whole segment) up to the end of the image; a scan's segment holds its data too."""
    place = 2
    while True:
        if content[place] != 0xFF:
            raise WrongPhoto("photo_unreadable")
        while content[place + 1] == 0xFF:
            place += 1
        marker = content[place + 1]
        if marker == _EOI:
            return
        end = place + 2
        if marker not in _BARE:
            end += struct.unpack_from(">H", content, place + 2)[0]
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if marker == _SOI or end > len(content):
            raise WrongPhoto("photo_unreadable")
        yield marker, content[place:end]
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker is: in a scan 0xFF is followed by 0 or by a restart marker."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise WrongPhoto("photo_unreadable")
        after = content[place + 1]
        if after != 0xFF and after != 0 and after not in _BARE:
            return place
        place += 1 if after == 0xFF else 2


def _orientation(body: bytes) -> int:
    """1 to 8: how the picture is to be turned; 1, as it is, when nothing sensible says otherwise."""
    if not body.startswith(b"Exif\x00\x00"):
        return 1
    tiff = body[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for number in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if (tag, kind) == (_ORIENTATION, 3):
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _only_orientation(turned: int) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body


# --- WebP --------------------------------------------------------------------------------------------------------


def _undress_webp(content: bytes) -> bytes:
    kept: list[bytes] = []
    place, end_of_file = 12, min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    while place < end_of_file:
        name, length = struct.unpack_from("<4sI", content, place)
        end = place + 8 + length + length % 2
        if end > end_of_file:
            raise WrongPhoto("photo_unreadable")
        chunk = content[place:end]
        if not kept:
            _check_size(*_webp_size(name, chunk[8:]))
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_EXIF_AND_XMP]) + chunk[9:]
        if name not in _WEBP_DROPPED:
            kept.append(chunk)
        place = end
    if not kept:
        raise WrongPhoto("photo_unreadable")
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _webp_size(name: bytes, body: bytes) -> tuple[int, int]:
    """Width and height from the first chunk, which is one of three."""
    if name == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if name == b"VP8L" and body[0] == 0x2F:
        (bits,) = struct.unpack_from("<I", body, 1)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise WrongPhoto("photo_unreadable")
