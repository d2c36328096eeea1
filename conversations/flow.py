"""The buyer's map (product 4): product → variant → quantity → wish → address → review → confirm.

`FLOW` is the whole map: every step, every word it understands, every transition. The verbs stand in `lines_flow`,
`address_flow` and `review_flow`; each gets where the person is, what they said and a snapshot of the shop, and returns
where they go and what is committed with it. Nothing is read or written here.
"""

from __future__ import annotations

from typing import Final

from conversations.address_flow import (
    back_from_address,
    back_from_place,
    choose_address,
    complete_address,
    enter_address,
    pick_in_address,
    share_missing_phone,
    share_phone,
)
from conversations.celebrating_flow import EnterBirthday, cancel_birthday, enter_birthday, leave_birthday
from conversations.lines_flow import (
    back_to_draft,
    back_to_products,
    back_to_quantity,
    back_to_variants,
    leave,
    leave_products,
    pick_batch,
    pick_product,
    pick_quantity,
    pick_variant,
    pick_wish,
    replace_draft,
    type_quantity,
    type_wish,
)
from conversations.place_flow import (
    cancel_label,
    choose_place,
    enter_label,
    enter_part,
    leave_label,
    part_to_review,
    pick_part,
    pick_place,
    type_place,
)
from conversations.review_flow import (
    back_to_address,
    back_to_changes,
    back_to_review,
    pick_change,
    pick_in_review,
    pick_line_change,
)
from conversations.said import Back, Cancel, Picked, SharedContact, Typed
from conversations.steps import (
    ChangeAddress,
    ChangeLine,
    ChooseAddress,
    ChooseBatch,
    ChooseChange,
    ChoosePlace,
    ChooseProduct,
    ChooseVariant,
    CompleteAddress,
    EnterAddress,
    EnterLabel,
    EnterPart,
    EnterPlace,
    EnterQuantity,
    EnterWish,
    Home,
    ReplaceDraft,
    Review,
    SoldOut,
    StandInLine,
)
from conversations.table import at, on, table
from conversations.waiting_flow import (
    back_from_sold_out,
    back_to_sold_out,
    pick_waiting,
    pick_when_sold_out,
    type_waiting,
)

FLOW: Final = table(
    at(Home),
    at(ChooseBatch, on(Picked, pick_batch), on(Cancel, leave)),
    at(ChooseProduct, on(Picked, pick_product), on(Back, leave_products), on(Cancel, leave)),
    at(ChooseVariant, on(Picked, pick_variant), on(Back, back_to_products), on(Cancel, leave)),
    at(
        EnterQuantity,
        on(Typed, type_quantity),
        on(Picked, pick_quantity),
        on(Back, back_to_variants),
        on(Cancel, leave),
    ),
    at(SoldOut, on(Picked, pick_when_sold_out), on(Back, back_from_sold_out), on(Cancel, leave)),
    at(
        StandInLine,
        on(Typed, type_waiting),
        on(Picked, pick_waiting),
        on(Back, back_to_sold_out),
        on(Cancel, leave),
    ),
    at(EnterWish, on(Typed, type_wish), on(Picked, pick_wish), on(Back, back_to_quantity), on(Cancel, leave)),
    at(
        ChooseAddress,
        on(Picked, choose_address),
        on(Typed, enter_address),
        on(Back, back_from_address),
        on(Cancel, leave),
    ),
    at(
        EnterAddress,
        on(Typed, enter_address),
        on(Picked, pick_in_address),
        on(SharedContact, share_phone),
        on(Back, back_from_address),
        on(Cancel, leave),
    ),
    at(
        CompleteAddress,
        on(Typed, complete_address),
        on(SharedContact, share_missing_phone),
        on(Back, back_from_address),
        on(Cancel, leave),
    ),
    at(
        ChoosePlace,
        on(Picked, choose_place),
        on(Typed, type_place),
        on(Back, back_from_address),
        on(Cancel, leave),
    ),
    at(EnterPlace, on(Picked, pick_place), on(Typed, type_place), on(Back, back_from_place), on(Cancel, leave)),
    at(Review, on(Picked, pick_in_review), on(Back, back_to_address), on(Cancel, leave)),
    at(ChooseChange, on(Picked, pick_change), on(Back, back_to_review), on(Cancel, leave)),
    at(ChangeLine, on(Picked, pick_line_change), on(Back, back_to_changes), on(Cancel, leave)),
    at(
        ChangeAddress,
        on(Picked, pick_part),
        on(Typed, enter_address),
        on(Back, part_to_review),
        on(Cancel, leave),
    ),
    at(EnterPart, on(Typed, enter_part), on(Back, part_to_review), on(Cancel, leave)),
    at(EnterLabel, on(Typed, enter_label), on(Back, leave_label), on(Cancel, cancel_label)),
    at(EnterBirthday, on(Typed, enter_birthday), on(Back, leave_birthday), on(Cancel, cancel_birthday)),
    at(ReplaceDraft, on(Picked, replace_draft), on(Back, back_to_draft), on(Cancel, leave)),
)
