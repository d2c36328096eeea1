"""The line for slots that come back (product 4). Inside a turn's transaction.

Whoever gives slots back calls `move_up` in the same transaction: they go to the first in line before anybody else can
see them (decision 0016). An offer's slots are taken like an order's; it is used by an order, given back, or lapses.
"""

from __future__ import annotations

from bot import rule_plans
from bot.turn import Turn
from conversations.buttons import ActionButton, Keyboard
from conversations.effects import JoinLine
from messages.catalog import Label
from messages.catalog.waiting import (
    InLine,
    LineEnded,
    LineGoesOn,
    LineGone,
    LineLeft,
    OfferGone,
    OfferLapsed,
    SlotsOffered,
    SoldWithLine,
)
from preorder.batch import Batch, BatchId, Offer
from preorder.errors import BatchNotOpen, Lost
from preorder.waiting import pieces_to_offer
from storage import batches, interests, schedule, waiting
from storage.waiting import Place


def join(turn: Turn, effect: JoinLine) -> None:
    """Stand in line, and say where. Raises `BatchNotOpen`."""
    batch = batches.find(turn.tx, effect.batch_id)
    offer = batch.offer(effect.variant_id) if batch is not None else None
    if batch is None or offer is None or not batch.is_open_at(turn.now):
        raise BatchNotOpen
    is_new = waiting.join(turn.tx, batch.id, offer.variant_id, turn.person.id, effect.wanted, turn.now)
    move_up(turn, batch.id)
    place = waiting.held_for(turn.tx, batch.id, offer.variant_id, turn.person.id)
    if place is not None and place.state == "waiting":
        turn.say(_in_line(turn, place, batch, offer, is_new=is_new, is_again=not is_new), _leave_button(offer, place))


def _in_line(
    turn: Turn, place: Place, batch: Batch, offer: Offer, *, is_new: bool = False, is_again: bool = False
) -> InLine:
    position = waiting.position(turn.tx, place)
    return InLine(batch.title, offer.product, offer.variant, place.wanted, position, batch.closes_at, is_new, is_again)


def _leave_button(offer: Offer, place: Place) -> Keyboard:
    return ((ActionButton(Label("leave_line", (offer.variant,)), "leave_line", (place.id,)),),)


def _offer_buttons(offer: Offer, place: Place) -> Keyboard:
    take = ActionButton(Label("take_offer", (place.offered, offer.variant)), "take_offer", (place.id,))
    return ((take,), (ActionButton(Label("decline_offer", (offer.variant,)), "leave_line", (place.id,)),))


def show(turn: Turn) -> bool:
    """In /orders: where this person stands in line, and what is kept for them; False when nowhere."""
    places = waiting.of_person(turn.tx, turn.person.id)
    for place in places:
        batch = batches.find(turn.tx, place.batch_id)
        offer = batch.offer(place.variant_id) if batch is not None else None
        if batch is None or offer is None:
            continue
        if place.state == "offered":
            turn.say(_offered(place, batch, offer), _offer_buttons(offer, place))
        else:
            turn.say(_in_line(turn, place, batch, offer), _leave_button(offer, place))
    return bool(places)


def _offered(place: Place, batch: Batch, offer: Offer) -> SlotsOffered:
    until = place.offer_until or batch.closes_at
    return SlotsOffered(batch.title, offer.product, offer.variant, place.offered, place.wanted, until)


# --- slots came back ---------------------------------------------------------------------------------------------


def move_up(turn: Turn, batch_id: BatchId) -> None:
    """Offer what is free to those in line, first come first; whoever cannot use it is passed over. Called by whoever
    gives slots back or raises the quota, in the same transaction."""
    if not waiting.is_anybody(turn.tx, batch_id):
        return
    batches.hold_still(turn.tx, batch_id)
    batch = batches.find(turn.tx, batch_id)
    for place in waiting.line(turn.tx, batch_id):
        if batch is None or not batch.is_open_at(turn.now) or not batch.left:
            return
        offer = batch.offer(place.variant_id)
        if offer is not None and batch.left_of(offer) and _offer(turn, place, batch, offer):
            batch = batches.find(turn.tx, batch_id)


def _offer(turn: Turn, place: Place, batch: Batch, offer: Offer) -> bool:
    """Keep what is free of a variant for somebody and tell them; False when it is of no use to them."""
    mine = batches.pieces_of(turn.tx, batch.id, place.person_id)
    n = pieces_to_offer(place.wanted, batch.left_of(offer), batch.minimum, batch.maximum, mine)
    if not n:
        return False
    # Told at once, but at night the time begins in the morning: nobody loses their place asleep.
    awake = turn.house.quiet.wake(turn.now)
    until = min(awake + rule_plans.waiting_offer(turn.tx, turn.house), batch.closes_at)
    try:
        with turn.tx.attempt():
            batches.take_pieces(turn.tx, batch, place.person_id, {place.variant_id: n}, turn.now)
            if not waiting.offer(turn.tx, place, n, until, turn.now):
                raise BatchNotOpen  # they left meanwhile: nothing is kept
    except Lost:
        return False
    schedule.plan(turn.tx, "waiting_offer_ends", place.id, until)
    kept = waiting.find(turn.tx, place.id) or place
    # The moment belongs to the key: a place of a batch that was opened for longer can be offered something again.
    key = f"offered:{place.id}:{until:%Y%m%d%H%M%S}"
    turn.tell(place.person_id, _offered(kept, batch, offer), _offer_buttons(offer, kept), key=key)
    return True


def use_offers(turn: Turn, batch_id: BatchId) -> None:
    """An order is about to take slots: what is kept for its buyer in this batch is theirs to take. The caller takes the
    slots in the same transaction and then lets the line move up by what is left over."""
    batches.hold_still(turn.tx, batch_id)
    for place in waiting.offers_to(turn.tx, batch_id, turn.person.id):
        if waiting.end(turn.tx, place, "taken", turn.now):
            schedule.drop(turn.tx, "waiting_offer_ends", place.id, turn.now)


# --- an offer, or a place, ends ----------------------------------------------------------------------------------


def own(turn: Turn, place_id: str) -> tuple[Place, Batch, Offer] | None:
    """A place of this person's in a line that still goes on; else it is said that there is none."""
    place = waiting.find(turn.tx, place_id)
    if place is None or place.person_id != turn.person.id:
        turn.toast(LineGone())
        return None
    batch = batches.find(turn.tx, place.batch_id)
    offer = batch.offer(place.variant_id) if batch is not None else None
    if batch is None or offer is None or place.state not in ("waiting", "offered"):
        turn.toast(OfferGone())
        return None
    return place, batch, offer


def leave(turn: Turn, place_id: str) -> None:
    """The buyer does not wait any more, or declines what is kept for them: the next in line is asked."""
    found = own(turn, place_id)
    if found is None:
        return
    place, batch, offer = found
    batches.hold_still(turn.tx, batch.id)
    if not waiting.end(turn.tx, place, "left", turn.now):
        turn.toast(OfferGone())
        return
    schedule.drop(turn.tx, "waiting_offer_ends", place.id, turn.now)
    left = LineLeft(offer.product, offer.variant)
    if turn.press is not None:
        turn.replace_screen(left)
    else:
        turn.say(left)
    move_up(turn, batch.id)


def give_back_all(turn: Turn) -> None:
    """Nothing is kept for this person any more: the next in each line are asked."""
    kept = [place for place in waiting.of_person(turn.tx, turn.person.id) if place.state == "offered"]
    for batch_id in sorted({place.batch_id for place in kept}):
        batches.hold_still(turn.tx, batch_id)
        for place in kept:
            if place.batch_id == batch_id and waiting.end(turn.tx, place, "left", turn.now):
                schedule.drop(turn.tx, "waiting_offer_ends", place.id, turn.now)
        move_up(turn, batch_id)


def offer_ends(turn: Turn, place_id: str) -> None:
    """The time of an offer is over: its slots go to the next in line."""
    place = waiting.find(turn.tx, place_id)
    if place is None or place.state != "offered" or place.offer_until is None or place.offer_until > turn.now:
        return
    batches.hold_still(turn.tx, place.batch_id)
    if not waiting.end(turn.tx, place, "lapsed", turn.now):
        return
    batch = batches.find(turn.tx, place.batch_id)
    offer = batch.offer(place.variant_id) if batch is not None else None
    if batch is None or offer is None:
        return
    still_open = batch.is_open_at(turn.now)
    again: Keyboard = ()
    if still_open:
        order = ActionButton(Label("queue_for", (offer.product,)), "order_product", (batch.id, offer.product_id))
        again = ((order,),)
    lapsed = OfferLapsed(batch.title, offer.product, offer.variant, still_open)
    turn.tell(place.person_id, lapsed, again, key=f"lapsed:{place.id}")
    move_up(turn, batch.id)


def end_line(turn: Turn, batch_id: BatchId) -> None:
    """The batch has closed: everybody in line is told, what was kept is given back, and they are on the interest list
    of the product, to be told when it opens again."""
    batch = batches.find(turn.tx, batch_id)
    for place in waiting.whole_line(turn.tx, batch_id):
        if not waiting.end(turn.tx, place, "ended", turn.now):
            continue
        schedule.drop(turn.tx, "waiting_offer_ends", place.id, turn.now)
        offer = batch.offer(place.variant_id) if batch is not None else None
        if batch is not None and offer is not None:
            interests.add(turn.tx, offer.product_id, place.person_id, turn.now)
            ended = LineEnded(batch.title, offer.product, offer.variant)
            turn.tell(place.person_id, ended, key=f"line-ended:{place.id}:{batch.closes_at:%Y%m%d%H%M}")


def go_on_with_line(turn: Turn, batch: Batch) -> None:
    """The batch is open for longer: whoever stood in its line stands there again, before anybody new. What is free is
    offered to the first at once; the others are told that they wait on."""
    batches.hold_still(turn.tx, batch.id)
    if not waiting.go_on(turn.tx, batch.id, turn.now):
        return
    move_up(turn, batch.id)
    for place in waiting.line(turn.tx, batch.id):
        offer = batch.offer(place.variant_id)
        if offer is not None:
            position = waiting.position(turn.tx, place)
            told = LineGoesOn(batch.title, offer.product, offer.variant, place.wanted, position, batch.closes_at)
            turn.tell(place.person_id, told, _leave_button(offer, place), key=f"line-on:{turn.origin}:{place.id}")


def tell_sold_with_line(turn: Turn, batch: Batch) -> bool:
    """Every slot is paid: with people in line the batch stays open, and the seller decides; False without a line."""
    people, pieces = waiting.length(turn.tx, batch.id)
    if not people:
        return False
    turn.tell_sellers(SoldWithLine(batch.title, people, pieces), key=f"sold-line:{batch.id}:{batch.quota}")
    return True
