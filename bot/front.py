"""The front of the shop: greeting, catalogue, beginning an order, language, news (product 2, 4, 9). In a turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot import conversation, late_work, snapshot
from bot.house import as_locale
from bot.turn import Turn
from conversations import lines_flow
from conversations.buttons import ActionButton, Keyboard
from conversations.shop import Shop
from conversations.steps import ChooseBatch, Ordering, ReplaceDraft
from conversations.table import Go, Outcome
from messages.catalog import Label
from messages.catalog.ordering import BatchHasClosed, BatchRow, NothingOpen
from messages.catalog.running import (
    AskLanguage,
    Help,
    LanguageSet,
    Subscribed,
    UnknownLink,
    Unsubscribed,
    Welcome,
)
from messages.formats import LOCALES
from preorder.batch import Batch, BatchId, ProductId
from storage import batches, interests, people, wordings

LINK_TO_BATCH: Final = "b_"
HELLO: Final = "hello"  # the link that brings people from a group into the private chat
HOME_BUTTONS: Final[Keyboard] = (
    (ActionButton(Label("order_now"), "order"),),
    (ActionButton(Label("catalog"), "catalog"), ActionButton(Label("my_orders"), "orders")),
)


def start(turn: Turn, payload: str, greet_staff: Callable[[], None]) -> None:
    """/start, also by a deep link: `b_<batch>` begins an order there. Starting again subscribes again."""
    people.subscribe(turn.tx, turn.person.id, True)
    if payload.startswith(LINK_TO_BATCH):
        order_in(turn, payload.removeprefix(LINK_TO_BATCH))
        return
    if payload not in ("", HELLO):
        conversation.answer(turn, UnknownLink(), HOME_BUTTONS)
        return
    if turn.is_staff:
        greet_staff()
    else:
        shop = snapshot.load(turn)
        rows = tuple(BatchRow(b.title, b.closes_at, b.left) for b in shop.open_batches)
        own = wordings.of(turn.tx, "greeting")
        turn.say(Welcome(turn.person.first_name, rows, _next_opening(turn), own), HOME_BUTTONS)
    conversation.go_on(turn)


def help_(turn: Turn, commands: tuple[str, ...], help_staff: Callable[[], None]) -> None:
    """/help; `commands` are those that everybody has."""
    if turn.is_staff:
        help_staff()
    else:
        turn.say(Help(commands), HOME_BUTTONS)
    conversation.go_on(turn)


# --- ordering ----------------------------------------------------------------------------------------------------


def order(turn: Turn) -> None:
    """/order: go on with what is unfinished, else begin; with several batches open, choose one first."""
    if conversation.is_busy(turn):
        conversation.go_on(turn)
        return
    shop = snapshot.load(turn)
    match shop.open_batches:
        case ():
            turn.say(NothingOpen(_next_opening(turn)))
        case (batch,):
            conversation.start(turn, lines_flow.begin(shop, batch.id))
        case _:
            conversation.start(turn, Go(ChooseBatch()))


def order_in(turn: Turn, batch_id: str) -> None:
    """A deep link or an announcement's button: begin, or go on, in that batch."""
    begin_in(turn, BatchId(batch_id), None, lambda shop: lines_flow.begin(shop, BatchId(batch_id)))


def order_product(turn: Turn, batch_id: str, product_id: str) -> None:
    """A catalogue card's button: the same with the product chosen."""

    def begin(shop: Shop) -> lines_flow.Entered:
        step, _ = conversation.where(turn)
        draft = lines_flow.draft_in(step, BatchId(batch_id)) or lines_flow.new_draft(shop, BatchId(batch_id))
        return lines_flow.begin_with(shop, draft, ProductId(product_id))

    begin_in(turn, BatchId(batch_id), ProductId(product_id), begin)


def begin_in(turn: Turn, batch_id: BatchId, product_id: ProductId | None, begin: Callable[[Shop], Outcome]) -> None:
    """Begin an order in a batch where `begin` says, or go on with it; another's that is unfinished is asked about."""
    shop = snapshot.load(turn)
    if shop.open_batch(batch_id) is None:
        _not_open(turn, batch_id)
        return
    step, _ = conversation.where(turn)
    if isinstance(step, Ordering) and step.draft.lines and step.draft.batch_id != batch_id:
        # product 4: nothing entered is lost; the buyer says which order goes on.
        draft = step.draft
        if not isinstance(step, ReplaceDraft) and shop.open_batch(draft.batch_id) is not None:
            conversation.start(turn, Go(ReplaceDraft(draft, batch_id, product_id)))
            return
    if product_id is None and isinstance(step, Ordering) and step.draft.batch_id == batch_id:
        conversation.go_on(turn)
        return
    conversation.start(turn, begin(shop))


def _not_open(turn: Turn, batch_id: BatchId) -> None:
    """product 11: a deep link to a closed, coming or unknown batch."""
    batch = batches.find(turn.tx, batch_id)
    if batch is None:
        conversation.answer(turn, UnknownLink(), HOME_BUTTONS)
    elif batch.state == "scheduled" and batch.closes_at > turn.now:
        conversation.answer(turn, NothingOpen(batch.opens_at if batch.opens_at > turn.now else None))
    else:
        _has_closed(turn, batch)


def _has_closed(turn: Turn, batch: Batch) -> None:
    """With buttons to want it again, unless a screen is up that has its own."""
    if not conversation.show_again(turn, BatchHasClosed(batch.title)):
        turn.say(*late_work.closed(turn, batch))


def _next_opening(turn: Turn) -> datetime | None:
    # After an outage somebody may ask before what fell due meanwhile is done: a moment that has passed is not named.
    planned = batches.in_states(turn.tx, ("scheduled",))
    return min((batch.opens_at for batch in planned if batch.opens_at > turn.now), default=None)


# --- language and news -------------------------------------------------------------------------------------------


def ask_language(turn: Turn) -> None:
    turn.say(
        AskLanguage(),
        (
            (
                ActionButton(Label("language_id"), "language", ("id",)),
                ActionButton(Label("language_en"), "language", ("en",)),
            ),
        ),
    )


def set_language(turn: Turn, locale: str, help_anew: Callable[[], None]) -> None:
    if locale not in LOCALES:
        conversation.old_button(turn)
        return
    people.choose_locale(turn.tx, turn.person.id, as_locale(locale))
    turn.person = turn.reader(turn.person.id)
    turn.toast(LanguageSet())
    if not conversation.show_again(turn) and turn.press is not None:
        help_anew()


def unsubscribe(turn: Turn) -> None:
    """product 7: every broadcast can be stopped; what happens to an order is still told."""
    people.subscribe(turn.tx, turn.person.id, False)
    interests.forget(turn.tx, turn.person.id)
    turn.say(Unsubscribed(), ((ActionButton(Label("subscribe"), "subscribe"),),))


def subscribe(turn: Turn) -> None:
    people.subscribe(turn.tx, turn.person.id, True)
    turn.say(Subscribed())
