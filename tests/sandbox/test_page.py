"""The chat page in a real browser, with the bot's side played by the test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright, expect

from sandbox.scenes import CHANNEL, RINA, SARI
from tests.people import World, make_png
from tests.sandbox.conftest import Api

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# one browser at a time: two would take the whole of a small computer
pytestmark = pytest.mark.xdist_group("browser")


@pytest_asyncio.fixture
async def page(base: str) -> AsyncIterator[Page]:
    """The page on a phone; whatever the browser complains about fails the test."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    chromium = next((path for path in found if path), None)
    assert chromium, "the browser test needs Chromium: apt-get install chromium"
    wrong: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        await page.goto(base)
        await expect(page.get_by_test_id(f"person-{RINA}")).to_have_attribute("aria-current", "true")
        yield page
        await browser.close()
    assert wrong == []


async def newest(api: Api, kind: str) -> Any:
    """The newest update, once it is of this kind."""
    for _ in range(200):
        waiting = await api.updates()
        if waiting and kind in waiting[-1]:
            return waiting[-1][kind]
        await asyncio.sleep(0.02)
    raise AssertionError(f"no {kind} arrives")


async def test_a_talk_with_the_bot(page: Page, api: Api) -> None:
    """Start, read, press, get an answer, type, see an edit: all without reloading."""
    await api.ok("setMyDescription", description="Pre-order Sari Hijab & Kue")
    await expect(page.get_by_test_id("welcome")).to_contain_text("Pre-order Sari Hijab & Kue")
    await page.get_by_test_id("start").click()
    await expect(page.get_by_test_id("message").locator(".link")).to_have_text("/start")
    row = [{"text": "Hijau", "callback_data": "v:1"}, {"text": "Salin nominal", "copy_text": {"text": "75123"}}]
    markup = {"inline_keyboard": [row, [{"text": "Batal", "callback_data": "x", "style": "danger"}]]}
    words = "<b>Pilih</b> &lt;warna&gt; atau /help"
    await api.ok("sendMessage", chat_id=RINA, text=words, parse_mode="HTML", reply_markup=markup)
    message = page.get_by_test_id("message").last
    await expect(message).to_contain_text("Pilih <warna> atau /help")
    await expect(message.locator("b")).to_have_text("Pilih")
    await expect(message.get_by_test_id("button")).to_have_text(["Hijau", "Salin nominal", "Batal"])
    await message.get_by_test_id("button").nth(1).click()
    await expect(page.get_by_test_id("toast")).to_have_text("Disalin: 75123")
    await message.get_by_test_id("button").first.click()
    query = await newest(api, "callback_query")
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Hijau dipilih")
    await expect(page.get_by_test_id("toast").last).to_have_text("Hijau dipilih")
    await api.ok("editMessageText", chat_id=RINA, message_id=query["message"]["message_id"], text="Berapa?")
    await expect(message).to_contain_text("Berapa?")
    await expect(message).to_contain_text("diedit")
    await expect(message.get_by_test_id("button")).to_have_count(0)
    await page.get_by_test_id("composer").fill("2 ya")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("2 ya")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    assert (await newest(api, "message"))["text"] == "2 ya"


async def test_a_proof_is_sent_in_three_ways(page: Page, api: Api, world: World) -> None:
    """A picture, a document, and the drawn sample, whose amount is the one that the bot asked for."""
    await page.get_by_test_id("start").click()
    keys = {"inline_keyboard": [[{"text": "Salin", "copy_text": {"text": "75123"}}]]}
    await api.ok("sendMessage", chat_id=RINA, text="Transfer Rp 75.123 ya, Kak", reply_markup=keys)
    await expect(page.get_by_test_id("message")).to_have_count(2)
    picture = make_png(320, 480, seed=4)
    await page.get_by_test_id("composer").fill("ini buktinya")
    await page.get_by_test_id("file-photo").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture}
    )
    await expect(page.get_by_test_id("message").last).to_contain_text("ini buktinya")
    assert await world.person(RINA).fetch((await world.person(RINA).messages())[-1]) == picture
    await page.get_by_test_id("message").last.locator("img").click()
    await expect(page.get_by_test_id("lightbox")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_test_id("file-document").set_input_files(
        {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    await expect(page.get_by_test_id("message").last).to_contain_text("bukti.pdf")
    await page.get_by_test_id("attach").click()
    await page.get_by_test_id("sample-proof").click()
    await expect(page.get_by_test_id("message").last.locator("img")).to_be_visible()
    assert (await newest(api, "message"))["photo"][-1]["width"] == 720


async def test_the_channel_leads_to_the_bot(page: Page, api: Api) -> None:
    """A deep link in the channel opens the bot for whom one is; what waits elsewhere is counted."""
    markup = {"inline_keyboard": [[{"text": "Pesan", "url": "https://t.me/bukapo_bot?start=b_7"}]]}
    posted = await api.ok("sendMessage", chat_id=CHANNEL, text="PO dibuka", reply_markup=markup)
    await api.ok("pinChatMessage", chat_id=CHANNEL, message_id=posted["message_id"])
    channel = page.get_by_test_id(f"chat-{CHANNEL}")
    await expect(channel.get_by_test_id("unread")).to_have_text("2")
    await channel.click()
    await expect(page.get_by_test_id("pinned")).to_contain_text("PO dibuka")
    await expect(channel.get_by_test_id("unread")).to_have_count(0)
    await page.get_by_test_id(f"viewer-{SARI}").click()
    await page.get_by_test_id("button").click()
    await expect(page.get_by_test_id("message")).to_contain_text("/start b_7")
    assert (await newest(api, "message"))["from"]["id"] == SARI


async def test_commands_keyboard_and_alert(page: Page, api: Api) -> None:
    """The command menu, the reply keyboard and an alert work with the keyboard alone."""
    await page.get_by_test_id("start").focus()
    await page.keyboard.press("Enter")
    await api.ok("setMyCommands", commands=[{"command": "catalog", "description": "Katalog"}])
    await page.get_by_test_id("commands").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("/catalog")
    keyboard = {"keyboard": [[{"text": "Bagikan nomor", "request_contact": True}]], "resize_keyboard": True}
    await api.ok("sendMessage", chat_id=RINA, text="Nomor HP?", reply_markup=keyboard)
    await page.get_by_test_id("key").press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("Rina")
    assert (await newest(api, "message"))["contact"]["user_id"] == RINA
    keys = {"inline_keyboard": [[{"text": "Cek", "callback_data": "c"}]]}
    await api.ok("sendMessage", chat_id=RINA, text="Cek?", reply_markup=keys)
    await page.get_by_test_id("button").press("Enter")
    query = await newest(api, "callback_query")
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Sedang dicek", show_alert=True)
    await expect(page.get_by_test_id("alert")).to_contain_text("Sedang dicek")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("alert")).to_be_hidden()


async def test_the_clock_is_moved_from_the_page(page: Page, world: World) -> None:
    """A press lets a day pass; a date can be typed, in the shop's time."""
    before = await world.now()
    await page.get_by_test_id("clock-day").click()
    await expect(page.get_by_test_id("clock")).to_contain_text("WIB")
    assert timedelta(hours=23) < await world.now() - before < timedelta(hours=25)
    await page.get_by_test_id("clock-to").click()
    await page.get_by_test_id("clock-input").fill("2026-12-25T10:00")
    await page.get_by_test_id("clock-set").click()
    await expect(page.get_by_test_id("clock")).to_contain_text("25 Des 2026 · 10.00 WIB")
    assert (await world.now()).isoformat().startswith("2026-12-25T03:00")


async def test_nothing_overflows(page: Page, api: Api) -> None:
    """Long words, names and buttons stay within the screen, on a phone and on a desk."""
    await page.get_by_test_id("start").click()
    long = "panjangsekali" * 40
    keys = {"inline_keyboard": [[{"text": long[:120], "callback_data": "a"}, {"text": "Batal", "callback_data": "b"}]]}
    sent = await api.ok(
        "sendMessage", chat_id=RINA, text=f"{long}\n<pre>{long}</pre>", parse_mode="HTML", reply_markup=keys
    )
    await api.ok("pinChatMessage", chat_id=RINA, message_id=sent["message_id"])
    await api.upload("sendDocument", {"document": (f"{long[:80]}.xlsx", b"x")}, chat_id=str(RINA), caption=long)
    await api.upload("sendPhoto", {"photo": ("a.png", make_png(1200, 300))}, chat_id=str(RINA), caption=long)
    await expect(page.get_by_test_id("message").last.locator("img")).to_be_visible()
    for width in (360, 390, 768, 1280):
        await page.set_viewport_size({"width": width, "height": 844})
        outside = await page.evaluate(
            """() => [...document.querySelectorAll('.bar *, .chat *')]
                .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
                .map((node) => node.className || node.tagName)"""
        )
        assert outside == []
        assert await page.evaluate("document.documentElement.scrollWidth") == width
