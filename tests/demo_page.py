"""The demo as a newcomer meets it: `bukapo demo` as its own process, and its chat page in Chromium.

In: a folder for the demo's books. Out: a `Demo` that runs, and a `Page` on a phone whose complaints are collected.
Shared by the page test and by the script that takes the README's pictures; it knows only what is on the page.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from sandbox.scenes import BUDI, CHANNEL, RINA, SARI

__all__ = ["BUDI", "CHANNEL", "RINA", "SARI", "Demo", "Visitor", "open_browser", "running_demo"]

FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE: Final = (390, 844)
STARTS_WITHIN: Final = 20.0
STOPS_WITHIN: Final = 15.0
SEEN_WITHIN: Final = 15_000  # milliseconds


def chromium() -> str:
    """Where the browser is. Raises AssertionError that says how to get one."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    path = next((path for path in found if path), None)
    assert path, "the browser test needs Chromium: apt-get install chromium"
    return path


@dataclass
class Demo:
    """A demo that runs. `stop` presses Ctrl-C."""

    process: asyncio.subprocess.Process
    address: str
    folder: Path

    @property
    def database(self) -> Path:
        """The books of the sample shop."""
        return self.folder / "data" / "demo" / "bukapo.db"

    async def stop(self) -> tuple[int, str, str]:
        """Ctrl-C, then wait: exit code, what it said since its greeting, what it complained about."""
        self.process.send_signal(signal.SIGINT)
        said, complained = await asyncio.wait_for(self.process.communicate(), STOPS_WITHIN)
        return self.process.returncode or 0, said.decode(), complained.decode()


@asynccontextmanager
async def running_demo(folder: Path) -> AsyncIterator[Demo]:
    """`bukapo demo --port 0` in `folder`, until the block ends or the demo was stopped in it."""
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("bukapo")),
        "demo",
        "--port",
        "0",
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Demo(process, await asyncio.wait_for(_address(process), STARTS_WITHIN), folder)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.communicate(), STOPS_WITHIN)


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := re.search(r"http://\S+", line.decode()):
            return found[0]
    raise AssertionError("the demo ended before it told its address")


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Visitor:
    """Whoever sits before the page and is Rina, Budi and Sari in turn. `wrong` is what the browser complained about."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    @classmethod
    async def arrive(cls, browser: Browser, address: str, size: tuple[int, int] = PHONE, scale: float = 1.0) -> Visitor:
        """Open the page; `scale` is the screen's pixels for each of CSS."""
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale)
        page.set_default_timeout(SEEN_WITHIN)
        visitor = cls(page)
        page.on("pageerror", lambda error: visitor.wrong.append(str(error)))
        page.on("console", lambda said: visitor.wrong.append(said.text) if said.type == "error" else None)
        await page.goto(address)
        await visitor.become(RINA)
        return visitor

    async def become(self, person: int) -> None:
        """Be somebody, in the private chat with the bot."""
        await self.page.get_by_test_id(f"person-{person}").click()
        await expect(self.page.get_by_test_id(f"person-{person}")).to_have_attribute("aria-current", "true")

    async def look_at_channel(self, viewer: int) -> None:
        """Read the channel as somebody."""
        await self.page.get_by_test_id(f"chat-{CHANNEL}").click()
        await self.page.get_by_test_id(f"viewer-{viewer}").click()

    async def start(self) -> None:
        """Press START."""
        await self.page.get_by_test_id("start").click()

    async def say(self, text: str) -> None:
        """Type and send."""
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        """Press the newest button with this in its label."""
        await self.page.get_by_test_id("button").filter(has_text=label).last.click()

    async def send_sample_proof(self) -> None:
        """Let the page draw and send a transfer proof over the amount that the bot asked for."""
        await self.page.get_by_test_id("attach").click()
        await self.page.get_by_test_id("sample-proof").click()

    async def sees(self, *needles: str) -> Locator:
        """Wait until the newest message but one's own, and but what is said about pins and members, shows all of these,
        text and buttons; the kind of space does not matter."""
        newest = self.page.locator('.message[data-testid="message"]:not([data-own="true"])').last
        for needle in needles:
            spaced = re.compile(r"\s+".join(re.escape(word) for word in needle.split()), re.IGNORECASE)
            await expect(newest).to_contain_text(spaced, timeout=SEEN_WITHIN)
        return newest

    async def answer(self, *steps: tuple[str, str]) -> None:
        """Walk through screens: for each (what the screen shows, what to say or `>label` to press)."""
        for shown, said in steps:
            await self.sees(shown)
            if said.startswith(">"):
                await self.press(said[1:])
            else:
                await self.say(said)

    async def overflow(self) -> list[str]:
        """What sticks out of the screen on the right; empty when all is well."""
        outside: list[str] = await self.page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.people'))
                .map((node) => `${node.className || node.tagName}: ${node.textContent.slice(0, 40)}`)"""
        )
        return outside
