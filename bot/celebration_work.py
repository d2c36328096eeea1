"""Birthdays and the day of the first order: what a buyer wants, and the invitations before it (product 7). In a turn.

Asked for by each buyer, sent as news: never at night, never to who stopped the news, once a person and year. Whoever
was missed (an outage, told late) is invited as long as the day is still to come; on the day itself it is too late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from bot import conversation, rule_plans
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.celebrating_flow import begin_birthday
from messages.catalog import Label, Message
from messages.catalog.celebrating import (
    AnniversaryNear,
    AnniversarySet,
    BirthdayCard,
    BirthdayForgotten,
    BirthdayNear,
)
from messages.catalog.ordering import BatchRow
from preorder.celebrating import CelebrationKind, as_text, is_near, next_on, shown
from preorder.order import Order, PersonId
from storage import batches, celebrations, schedule, wordings
from storage.celebrations import Celebrant
from storage.outbox import Priority
from storage.schedule import Broadcast, Due

CHUNK: Final = 10
TELL: Final[Keyboard] = ((ActionButton(Label("birthday_set"), "birthday_set"),),)


# --- what a buyer wants ------------------------------------------------------------------------------------------


def show(turn: Turn) -> None:
    """/birthday: what is kept, and the buttons to change it; then the unfinished screen again."""
    wanted = celebrations.of(turn.tx, turn.person.id)
    day = shown(wanted.birthday) if wanted.birthday else None
    first = (ActionButton(Label("birthday_change" if day else "birthday_set"), "birthday_set"),)
    forget = ((ActionButton(Label("birthday_forget"), "birthday_forget"),),) if day else ()
    switch = "off" if wanted.anniversary else "on"
    yearly = (ActionButton(Label(f"anniversary_{switch}"), "anniversary", (switch,)),)
    has_news = turn.person.subscribed
    news = () if has_news else ((ActionButton(Label("subscribe"), "subscribe"),),)
    turn.say(BirthdayCard(day, wanted.anniversary, has_news), (first, *forget, yearly, *news))
    conversation.go_on(turn)


def ask(turn: Turn) -> None:
    """It is typed; an order that is being put together is finished first."""
    if conversation.is_busy(turn):
        conversation.go_on(turn)
    else:
        conversation.start(turn, begin_birthday())


def forget(turn: Turn) -> None:
    celebrations.keep_birthday(turn.tx, turn.person.id, "")
    turn.replace_screen(BirthdayForgotten())


def set_anniversary(turn: Turn, switch: str) -> None:
    if switch not in ("on", "off"):
        conversation.old_button(turn)
        return
    celebrations.want_anniversary(turn.tx, turn.person.id, switch == "on")
    turn.replace_screen(AnniversarySet(switch == "on"))


def offered_with(turn: Turn, order: Order) -> Keyboard:
    """Beside the thanks for the first order that is paid for: once, an offer to be thought of."""
    is_first = order.state == "confirmed" and celebrations.offer(turn.tx, order.person_id)
    return TELL if is_first else ()


# --- invitations -------------------------------------------------------------------------------------------------


def begin(turn: Turn, kind: CelebrationKind, due: Due) -> None:
    """Those whose day is near are written to, and the next look is planned."""
    schedule.begin_broadcast(turn.tx, f"{kind}-{due.id}", kind, due.subject, turn.now)
    rule_plans.plan_celebration(turn.tx, turn.house, kind, turn.now)


def write_out(turn: Turn, kind: CelebrationKind, broadcast: Broadcast) -> None:
    """The next chunk of invitations, by the shop's day as it is now."""
    today = turn.now.astimezone(turn.house.settings.timezone).date()
    found = celebrations.near(turn.tx, kind, today, _ahead(turn, kind), broadcast.cursor, CHUNK)
    open_now = tuple(b for b in batches.in_states(turn.tx, ("open",)) if b.is_open_at(turn.now) and b.left)
    rows = tuple(BatchRow(b.title, b.closes_at, b.left) for b in open_now if b.audience == "everyone")
    for celebrant, on, years in _to_invite(turn, kind, today, found):
        if celebrations.invite(turn.tx, celebrant.person.id, kind, on.year, turn.now):
            message = _invitation(turn, kind, celebrant, on, (on - today).days, years, rows)
            _tell(turn, celebrant.person.id, message, broadcast.id, is_open=bool(rows))
    cursor = found[-1].person.id if found else broadcast.cursor
    schedule.advance_broadcast(turn.tx, broadcast.id, cursor, len(found) < CHUNK, len(found))


def skip(turn: Turn, kind: CelebrationKind, day: str) -> None:
    """A seller has called a day's invitations off: whoever would have got one then gets none for this year."""
    today, cursor = date.fromisoformat(day), 0
    while found := celebrations.near(turn.tx, kind, today, _ahead(turn, kind), cursor, CHUNK):
        for celebrant, on, _ in _to_invite(turn, kind, today, found):
            celebrations.invite(turn.tx, celebrant.person.id, kind, on.year, turn.now)
        cursor = found[-1].person.id


def _ahead(turn: Turn, kind: CelebrationKind) -> int:
    return rule_plans.rule(turn.tx, turn.house, kind).days


def _to_invite(
    turn: Turn, kind: CelebrationKind, today: date, found: list[Celebrant]
) -> Iterator[tuple[Celebrant, date, int]]:
    """Those whose day is near and for which they were not invited, with the day and the years it makes."""
    for one in found:
        first = one.first.astimezone(turn.house.settings.timezone).date() if one.first is not None else None
        on = next_on(one.birthday if first is None else as_text(first), today)
        years = on.year - first.year if first is not None else 0
        is_one = first is None or years > 0
        if is_one and one.invited < on.year and is_near(on, today, _ahead(turn, kind)):
            yield one, on, years


def _invitation(
    turn: Turn, kind: CelebrationKind, to: Celebrant, on: date, days: int, years: int, rows: tuple[BatchRow, ...]
) -> Message:
    own = wordings.of(turn.tx, kind)
    if kind == "birthday":
        return BirthdayNear(to.person.first_name, on, days, rows, own)
    return AnniversaryNear(to.person.first_name, on, days, years, rows, own)


def _tell(turn: Turn, person_id: PersonId, message: Message, broadcast_id: str, *, is_open: bool) -> None:
    order = ActionButton(Label("order_now"), "order") if is_open else ActionButton(Label("catalog"), "catalog")
    stop = ActionButton(Label("unsubscribe"), "unsubscribe")
    turn.tell(person_id, message, ((order,), (stop,)), key=f"b:{broadcast_id}", priority=Priority.BROADCAST)
