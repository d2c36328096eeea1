"""A seller at the table, without bot, database or clock: says something, and the flow table answers.

In: the snapshot. Out: the step, what was said, the effects. As the engine does, a typed label or number becomes its
button; beyond it, every step is stored and read back, and every screen and sentence is worded in both languages.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from conversations.buttons import BACK, CANCEL, typed_value
from conversations.codec import from_text, to_text
from conversations.effects import Effect
from conversations.prompt import Prompt
from conversations.said import Back, Cancel, Picked, SentFile, Typed, Word
from conversations.seller_flow import SELLER_FLOW
from conversations.seller_prompts import seller_prompt
from conversations.shop import BatchTotals, Shop, ShopProduct, ShopVariant
from conversations.steps import Home
from conversations.table import Go, Stay, Step
from messages.catalog import Message
from messages.formats import LOCALES
from messages.render import Words
from preorder.address import Address
from preorder.batch import Batch, BatchId, BatchState, Offer, ProductId, VariantId
from preorder.money import Percent, Rupiah
from preorder.order import Order, OrderId, OrderState, PersonId
from preorder.picture import Shot
from tests.screens import plain

ZONE: Final = ZoneInfo("Asia/Jakarta")
NOW: Final = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # Sunday, 10.00 WIB
WORDS: Final = Words("Toko Aisyah", ZONE)


def product(key: str, name: str, price: int = 50_000, photo: str = "") -> ShopProduct:
    variant = ShopVariant(VariantId(f"{key}-1"), "Sage", Rupiah(price), 250, None)
    pictures = (Shot("photo", photo),) if photo else ()
    return ShopProduct(ProductId(key), name, "Bahan voal.", (variant,), pictures=pictures)


HIJAB: Final = product("hijab", "Hijab Voal", 75_000, photo="foto-hijab")
BAG: Final = product("tas", "Tas Kanvas", 120_000)
COOKIES: Final = product("done", "Kue Nastar", 50_000)  # a shop's own code may be a word the buttons use too


def batch(key: str, state: BatchState, title: str = "", offers: tuple[ShopProduct, ...] = (HIJAB,)) -> Batch:
    return Batch(
        id=BatchId(key),
        title=title or f"PO {key}",
        state=state,
        quota=40,
        taken=12,
        minimum=2,
        maximum=6,
        down_payment=Percent(40),
        hold=timedelta(hours=12),
        opens_at=NOW + timedelta(days=1) if state == "scheduled" else NOW - timedelta(days=3),
        closes_at=NOW + timedelta(days=4),
        production_days=10,
        offers=tuple(Offer(p.variants[0].id, p.id, p.name, "Sage", p.variants[0].price, 250, None, 12) for p in offers),
    )


def order(code: str, batch_id: str = "b1", paid: int = 100_000, state: OrderState = "confirmed") -> Order:
    return Order(
        id=OrderId(f"id-{code}"),
        code=code,
        batch_id=BatchId(batch_id),
        batch=f"PO {batch_id}",
        person_id=PersonId(7),
        state=state,
        total=Rupiah(100_000),
        first_due=Rupiah(50_000),
        paid=Rupiah(paid),
        hold_until=NOW,
        placed_at=NOW,
        address=Address(recipient="Siti <Aminah>", phone="+6281234567890", street="Jl. Melati 5, Bandung"),
        lines=(),
    )


def totals(key: str, confirmed: int = 9) -> BatchTotals:
    return BatchTotals(BatchId(key), confirmed + 2, 2, confirmed, 12, Rupiah(900_000), Rupiah(450_000), 1)


def shop(
    *batches: Batch, products: tuple[ShopProduct, ...] = (HIJAB, BAG, COOKIES), orders: tuple[Order, ...] = ()
) -> Shop:
    return Shop(
        now=NOW,
        zone=ZONE,
        person_id=PersonId(1),
        fresh="fresh1",
        open_batches=tuple(b for b in batches if b.state == "open"),
        products=products,
        batches=batches,
        orders=orders,
        batch_totals=tuple(totals(b.id) for b in batches),
    )


def worded(message: Message) -> str:
    """A message in Indonesian; that it has English words too is seen on the way."""
    return [plain(WORDS.text(message, locale)) for locale in reversed(LOCALES)][-1]


class Seller:
    """Where the seller is (`step`), what the bot said last (`heard`, `why` when it stayed) and what was done."""

    def __init__(self, beginning: Go[Step], snapshot: Shop) -> None:
        self.shop = snapshot
        self.step: Step = Home()
        self.heard: tuple[Message, ...] = ()
        self.why: Message | None = None
        self.done: list[Effect] = []
        self._follow(beginning)

    @property
    def screen(self) -> Prompt:
        prompt = seller_prompt(self.step, self.shop)
        assert prompt is not None, f"{type(self.step).__name__} has no screen"
        return prompt

    def where(self) -> Step:
        """The step, by a call: a compared attribute would be taken by the type checker for settled from then on."""
        return self.step

    def say(self, *texts: str) -> Seller:
        """Type, one text after the other; a text that names or numbers a button presses it."""
        for text in texts:
            prompt = self.screen
            names = [WORDS.label_in_all(button.label) for button in prompt.buttons]
            value = typed_value(text, prompt.buttons, names, by_number=not prompt.numbers_are_answers)
            self.hear(Typed(text) if value is None else self._pressed(value))
        return self

    def press(self, *values: str) -> Seller:
        """Press buttons by their value; one that is not on the screen fails the test."""
        for value in values:
            assert value in {button.value for button in self.screen.buttons}, f"no button {value}"
            self.hear(self._pressed(value))
        return self

    def back(self) -> Seller:
        return self.hear(Back())

    def cancel(self) -> Seller:
        return self.hear(Cancel())

    def send(self, file: SentFile) -> Seller:
        return self.hear(file)

    def hear(self, word: Word) -> Seller:
        outcome = SELLER_FLOW[type(self.step)][type(word)](self.step, word, self.shop)
        self._follow(outcome)
        return self

    def at(self, moment: datetime) -> Seller:
        """Time has passed."""
        self.shop = replace(self.shop, now=moment)
        return self

    @staticmethod
    def _pressed(value: str) -> Word:
        return {BACK: Back(), CANCEL: Cancel()}.get(value) or Picked(value)

    def _follow(self, outcome: Go[Step] | Stay) -> None:
        if isinstance(outcome, Stay):
            self.why, self.heard = outcome.why, ()
            worded(outcome.why)
            return
        self.step, self.heard, self.why = outcome.to, outcome.say, None
        self.done.extend(outcome.do)
        for message in outcome.say:
            worded(message)
        if isinstance(self.step, Home):
            return
        assert from_text(to_text(self.step)) == self.step, "a stored step comes back as it was"
        worded(self.screen.message)
        for button in self.screen.buttons:
            WORDS.label_in_all(button.label)
