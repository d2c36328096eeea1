"""Step → screen for /texts, and its table. The text itself is shown above the screen as its readers get it. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from conversations.announcing import announcement
from conversations.buttons import Button
from conversations.prompt import WAY_OUT, Prompt, one_a_row
from conversations.said import Back, Cancel, Picked, Typed
from conversations.seller_open import leave
from conversations.shop import Shop
from conversations.table import Step, Table, at, on, table
from conversations.wording_flow import (
    OTHER,
    RESET,
    SAVE,
    WRITE,
    EnterText,
    OfText,
    TextCard,
    TextPreview,
    TextsList,
    decide_text,
    enter_text,
    pick_on_text,
    pick_text,
    preview_to_entry,
    text_to_list,
    texts_to_home,
    to_text,
)
from messages.catalog import Label, Message
from messages.catalog.celebrating import AnniversaryNear, BirthdayNear
from messages.catalog.ordering import BatchRow
from messages.catalog.running import CloseReminder, Welcome
from messages.catalog.selling_unclear import SellerHint
from messages.catalog.wordings import AskText, TextPreviewed, TextShown, TextsListed, WordingLine
from preorder.batch import Batch, BatchId, Offer, ProductId, VariantId
from preorder.money import Percent, Rupiah
from preorder.wording import KINDS, Wording, WordingKind, longest, names

LONGEST_CAPTION: Final = 1024

WORDING_FLOW: Final[Table] = table(
    at(TextsList, on(Picked, pick_text), on(Back, texts_to_home), on(Cancel, leave)),
    at(TextCard, on(Picked, pick_on_text), on(Back, text_to_list), on(Cancel, leave)),
    at(EnterText, on(Typed, enter_text), on(Back, to_text), on(Cancel, leave)),
    at(TextPreview, on(Picked, decide_text), on(Back, preview_to_entry), on(Cancel, leave)),
)


def wording_prompt(step: Step, shop: Shop) -> Prompt | None:
    match step:
        case TextsList():
            lines = tuple(
                WordingLine(kind, bool(shop.wording(kind, "id")), bool(shop.wording(kind, "en"))) for kind in KINDS
            )
            buttons = [Button(Label(f"text_{kind}"), kind, choice=True) for kind in KINDS]
            return Prompt(TextsListed(lines), (*one_a_row(buttons), *WAY_OUT))
        case OfText():
            return _of_text(step, shop)
        case _:
            return None


def _of_text(step: OfText, shop: Shop) -> Prompt | None:
    places = names(step.kind, step.locale)
    match step:
        case TextCard():
            body = shop.wording(step.kind, step.locale)
            other = Button(Label("text_in_en" if step.locale == "id" else "text_in_id"), OTHER)
            reset = (Button(Label("text_reset"), RESET),) if body else ()
            buttons = [Button(Label("text_write"), WRITE), *reset, other]
            message = TextShown(step.kind, step.locale, body, places)
            return Prompt(message, (*one_a_row(buttons), *WAY_OUT), before=Prompt(_sample(step.kind, body, shop)))
        case EnterText():
            return Prompt(AskText(step.kind, step.locale, places), WAY_OUT, numbers_are_answers=True)
        case TextPreview():
            is_long = step.kind == "announcement" and longest(step.kind, step.body) > LONGEST_CAPTION
            sample = Prompt(_sample(step.kind, step.body, shop))
            save = (Button(Label("save"), SAVE),)
            return Prompt(TextPreviewed(step.kind, is_long), (save, *WAY_OUT), before=sample)
        case _:
            return None


def _sample(kind: WordingKind, body: str, shop: Shop) -> Message:
    """The message as it would be now: about the latest batch, or about one made up of what is on show. The words count
    for whoever looks at them, whatever their language."""
    own = (Wording(kind, "id", body), Wording(kind, "en", body)) if body else ()
    batch = shop.last_batch or _made_up(shop)
    rows = (BatchRow(batch.title, batch.closes_at, batch.left),)
    day = shop.now.astimezone(shop.zone).date() + timedelta(days=7)
    match kind:
        case "announcement":
            return announcement(batch, own, f"{shop.link}b_{batch.id}")
        case "reminder":
            products = tuple(batch.product_name(product_id) for product_id in batch.products())
            link = f"{shop.link}b_{batch.id}"
            return CloseReminder(batch.title, batch.closes_at, max(1, batch.left), products, own, link)
        case "greeting":
            return Welcome("Rina", rows, None, own)
        case "birthday":
            return BirthdayNear("Rina", day, 7, rows, own)
        case "anniversary":
            return AnniversaryNear("Rina", day, 7, 1, rows, own)


def _made_up(shop: Shop) -> Batch:
    offers = tuple(
        Offer(v.id, p.id, p.name, v.name, v.price, v.weight, v.quota, 0) for p in shop.products[:3] for v in p.variants
    ) or (Offer(VariantId("v"), ProductId("p"), "Hijab Voal", "Sage", Rupiah(85_000), 120, None, 0),)
    return Batch(
        id=BatchId("contoh"),
        title="PO Gajian",
        state="open",
        quota=50,
        taken=0,
        minimum=1,
        maximum=None,
        down_payment=Percent(50),
        hold=timedelta(hours=24),
        opens_at=shop.now,
        closes_at=shop.now + timedelta(days=3),
        production_days=14,
        offers=offers,
    )


WORDING_HINTS: Final[dict[type[Step], Message]] = {
    TextsList: SellerHint("button"),
    TextCard: SellerHint("button"),
    EnterText: SellerHint("text"),
    TextPreview: SellerHint("button"),
}
