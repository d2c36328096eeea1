"""Pictures as cameras and programs write them: with place and owner in them, or claiming to be larger than they are."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

SHOP = Path(__file__).parents[1] / "sandbox" / "shop"
SECRETS = (b"Jl. Melati No. 5", b"-6.917464", b"Rina Wulandari")


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def claiming(width: int, height: int, weight: int = 0) -> bytes:
    """A PNG that says it is so large, `weight` bytes of zeros packed inside."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(weight), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def segment(marker: int, content: bytes) -> bytes:
    """A part of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(turned: int, order: str = ">") -> bytes:
    """What a phone writes: how it was held, and where the seller lives."""
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(f"{order}HHII", 0x8298, 2, 16, 50)
    name = b"II" if order == "<" else b"MM"
    head = name + struct.pack(f"{order}HIH", 42, 8, 2)
    return b"Exif\x00\x00" + head + entries + struct.pack(f"{order}I", 0) + b"".join(SECRETS)


def photographed(turned: int = 6, order: str = ">") -> bytes:
    """A real photo of the sample shop with all that cameras and programs add."""
    plain = (SHOP / "photos" / "tote.jpg").read_bytes()
    dressed = segment(0xE1, exif(turned, order)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRETS[0])
    dressed += segment(0xED, b"Photoshop 3.0\x00" + SECRETS[1]) + segment(0xFE, SECRETS[2])
    dressed += segment(0xE2, b"MPF\x00" + SECRETS[0]) + segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
    return plain[:2] + dressed + plain[2:] + SECRETS[2]
