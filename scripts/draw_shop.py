"""Draws the photos of the sample shop: `python -m scripts.draw_shop [folder | --fingerprints]`.

In go the drawings of `scripts/shop_pictures`, out come JPEG files of 1000 × 1000 pixels, by default in
`sandbox/shop/photos`. resvg paints them, without any font or network; Chromium, which the page test needs anyway, packs
them: as PNG the soft shadows would take three times the room. Each file carries the fingerprint of its drawing, so that
a photo older than its drawing is found without painting it again (`--fingerprints` prints what they must carry).
"""

import base64
import hashlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.shop_pictures.cookies import kastengel, nastar
from scripts.shop_pictures.fabric import bergo, pashmina
from scripts.shop_pictures.studio import SIDE
from scripts.shop_pictures.tote import tote
from scripts.shop_pictures.voal import voal

PHOTOS = Path(__file__).parents[1] / "sandbox" / "shop" / "photos"
QUALITY = 0.9  # of the JPEG, 0 to 1: the highest at which every photo stays well below 200 KB
DRAWINGS: dict[str, Callable[[], str]] = {
    "pashmina": pashmina,
    "voal": voal,
    "bergo": bergo,
    "nastar": nastar,
    "kastengel": kastengel,
    "tote": tote,
}
PACK = """async ([png, side, quality]) => {
  const picture = new Image();
  picture.src = 'data:image/png;base64,' + png;
  await picture.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width: side, height: side});
  canvas.getContext('2d').drawImage(picture, 0, 0);
  return canvas.toDataURL('image/jpeg', quality).split(',')[1];
}"""


def fingerprint(drawing: str) -> bytes:
    """What the photo of this drawing must carry: the hash of the SVG text, in words of a JPEG comment."""
    return b"drawing " + hashlib.sha256(drawing.encode()).hexdigest().encode()


def show_fingerprints() -> None:
    """Prints a line `name: fingerprint` for each photo; paints nothing."""
    for name, drawing in DRAWINGS.items():
        sys.stdout.write(f"{name}: {fingerprint(drawing()).decode()}\n")


def draw(folder: Path) -> None:
    """Writes every photo into `folder`, which is made when absent. Raises SystemExit when there is no Chromium."""
    # Only painting needs these two; the fingerprints are read without them.
    import resvg_py
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    browser_path = next(filter(None, map(shutil.which, names)), None)
    if browser_path is None:
        sys.exit("Chromium is needed to pack the photos: sh scripts/browser.sh")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page()
        for name, drawing in DRAWINGS.items():
            png = resvg_py.svg_to_bytes(svg_string=drawing(), skip_system_fonts=True)
            packed = page.evaluate(PACK, [base64.b64encode(png).decode(), SIDE, QUALITY])
            (folder / f"{name}.jpg").write_bytes(_with_comment(base64.b64decode(packed), fingerprint(drawing())))
        browser.close()


def _with_comment(jpeg: bytes, words: bytes) -> bytes:
    """The same picture with a comment segment (marker FFFE) right after the start of the image."""
    return jpeg[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + jpeg[2:]


if __name__ == "__main__":
    wish = sys.argv[1] if len(sys.argv) > 1 else ""
    if wish == "--fingerprints":
        show_fingerprints()
    else:
        draw(Path(wish) if wish else PHOTOS)
