"""The seller's map: every step, every word, every transition, in one table; and how each command enters it.

Pure. `begin_*` take the snapshot (or the proof) and say where the conversation starts, or why there is nothing to do.
"""

from __future__ import annotations

from typing import Final

from conversations import seller_batches as batches
from conversations import seller_board as board
from conversations import seller_broadcast as broadcast
from conversations import seller_holidays as holidays
from conversations import seller_minimum as minimum
from conversations import seller_quota as quota
from conversations import seller_refunds as refunds
from conversations import seller_schedule as plans
from conversations import seller_terms as terms
from conversations import seller_work as work
from conversations.opening_steps import BatchCard, BatchesList, CourierPause, HolidayDay, HolidaysList
from conversations.product_flow import PRODUCT_FLOW
from conversations.said import Back, Cancel, Picked, SentFile, Typed
from conversations.seller_batches import begin_batches
from conversations.seller_board import begin_board
from conversations.seller_delay import DELAY_FLOW, begin_delay
from conversations.seller_flow_open import OPENING_FLOW
from conversations.seller_holidays import begin_holidays
from conversations.seller_minimum import CancelBatchConfirm, LongerOpen, LongerOpenDoubt
from conversations.seller_open import begin_open, begin_open_with, leave
from conversations.seller_products import begin_products
from conversations.seller_quota import QuotaNumber, QuotaOfWhich, QuotaPart, begin_quota
from conversations.seller_refunds import SettlingRefund
from conversations.seller_shipping import SHIPPING_FLOW, begin_shipping
from conversations.seller_steps import (
    CancelPlanConfirm,
    CloseChoose,
    CloseConfirm,
    OtherAmount,
    RejectReason,
    ShipChoose,
    ShipConfirm,
    ShipCourier,
    ShipOrderPick,
    ShipTracking,
    StageChoose,
    StageConfirm,
    StagePick,
)
from conversations.seller_terms import ConfirmTerms, EnterTerms
from conversations.seller_work import begin_close, begin_other_amount, begin_reject, begin_ship, begin_stage
from conversations.table import Table, at, on, table
from conversations.team_flow import TEAM_PLACES, begin_team
from conversations.wording_flow import begin_texts
from conversations.wording_prompts import WORDING_FLOW

__all__ = [
    "SELLER_FLOW",
    "begin_batches",
    "begin_board",
    "begin_close",
    "begin_delay",
    "begin_holidays",
    "begin_open",
    "begin_open_with",
    "begin_other_amount",
    "begin_products",
    "begin_quota",
    "begin_reject",
    "begin_ship",
    "begin_shipping",
    "begin_stage",
    "begin_team",
    "begin_texts",
]

_OWN: Final[Table] = table(
    # /batches
    at(
        BatchesList,
        on(Picked, batches.pick_batch),
        on(Typed, batches.name_batch),
        on(Back, batches.batches_to_home),
        on(Cancel, leave),
    ),
    at(BatchCard, on(Picked, batches.pick_on_batch), on(Back, batches.batch_to_list), on(Cancel, leave)),
    # /holidays
    at(
        HolidaysList,
        on(Picked, holidays.pick_listed_holiday),
        on(Typed, holidays.name_listed_holiday),
        on(Back, holidays.holidays_to_home),
        on(Cancel, leave),
    ),
    at(
        HolidayDay,
        on(Picked, holidays.pick_holiday_day),
        on(Typed, holidays.enter_holiday_day),
        on(Back, holidays.day_to_holidays),
        on(Cancel, leave),
    ),
    at(
        CourierPause,
        on(Picked, holidays.pick_pause),
        on(Typed, holidays.enter_pause),
        on(Back, holidays.day_to_holidays),
        on(Cancel, leave),
    ),
    # /close
    at(CloseChoose, on(Picked, work.choose_to_close), on(Back, work.leave_work), on(Cancel, leave)),
    at(CloseConfirm, on(Picked, work.decide_close), on(Back, work.confirm_to_close), on(Cancel, leave)),
    at(CancelPlanConfirm, on(Picked, work.decide_cancel_plan), on(Back, work.confirm_to_close), on(Cancel, leave)),
    # /stage
    at(StageChoose, on(Picked, work.choose_to_make), on(Back, work.leave_work), on(Cancel, leave)),
    at(StagePick, on(Picked, work.pick_stage), on(Back, work.stage_to_choice), on(Cancel, leave)),
    at(StageConfirm, on(Picked, work.decide_stage), on(Back, work.stage_confirm_to_pick), on(Cancel, leave)),
    # /ship
    at(ShipChoose, on(Picked, work.choose_to_ship), on(Back, work.leave_work), on(Cancel, leave)),
    at(
        ShipOrderPick,
        on(Picked, work.pick_parcel),
        on(Typed, work.type_parcel),
        on(Back, work.parcel_to_choice),
        on(Cancel, leave),
    ),
    at(
        ShipCourier,
        on(Picked, work.pick_courier),
        on(Typed, work.enter_courier),
        on(Back, work.courier_to_parcel),
        on(Cancel, leave),
    ),
    at(ShipTracking, on(Typed, work.enter_tracking), on(Back, work.tracking_to_courier), on(Cancel, leave)),
    at(ShipConfirm, on(Picked, work.decide_ship), on(Back, work.ship_confirm_to_tracking), on(Cancel, leave)),
    # proofs that are not simply confirmed
    at(
        RejectReason,
        on(Picked, work.pick_reason),
        on(Typed, work.type_reason),
        on(Back, work.proof_to_home),
        on(Cancel, leave),
    ),
    at(OtherAmount, on(Typed, work.enter_amount), on(Back, work.proof_to_home), on(Cancel, leave)),
    # a batch below its minimum
    at(
        LongerOpen,
        on(Picked, minimum.pick_longer),
        on(Typed, minimum.type_longer),
        on(Back, minimum.leave_undecided),
        on(Cancel, leave),
    ),
    at(
        LongerOpenDoubt,
        on(Picked, minimum.pick_doubted),
        on(Typed, minimum.type_longer),
        on(Back, minimum.doubt_to_longer),
        on(Cancel, leave),
    ),
    at(CancelBatchConfirm, on(Picked, minimum.decide_cancel), on(Back, minimum.leave_undecided), on(Cancel, leave)),
    # /quota
    at(QuotaOfWhich, on(Picked, quota.choose_batch), on(Back, work.leave_work), on(Cancel, leave)),
    at(QuotaPart, on(Picked, quota.choose_part), on(Back, quota.quota_back), on(Cancel, leave)),
    at(QuotaNumber, on(Typed, quota.enter_quota), on(Back, quota.quota_back), on(Cancel, leave)),
    # /schedule
    at(plans.ScheduleList, on(Picked, plans.pick_coming), on(Back, plans.list_to_home), on(Cancel, leave)),
    at(plans.ScheduleOne, on(Picked, plans.decide_coming), on(Back, plans.one_to_list), on(Cancel, leave)),
    at(plans.RulesList, on(Picked, plans.pick_rule), on(Back, plans.rules_to_list), on(Cancel, leave)),
    at(
        plans.RuleEdit,
        on(Picked, plans.pick_setting),
        on(Typed, plans.type_setting),
        on(Back, plans.edit_to_rules),
        on(Cancel, leave),
    ),
    # /board
    at(board.BoardMenu, on(Picked, board.pick_on_board), on(Back, board.board_to_home), on(Cancel, leave)),
    # /broadcast
    at(
        broadcast.BroadcastAudience,
        on(Picked, broadcast.pick_audience),
        on(Back, broadcast.audience_to_home),
        on(Cancel, leave),
    ),
    at(broadcast.BroadcastWhich, on(Picked, broadcast.pick_which), on(Back, broadcast.to_audience), on(Cancel, leave)),
    at(broadcast.BroadcastCity, on(Typed, broadcast.type_city), on(Back, broadcast.to_audience), on(Cancel, leave)),
    at(
        broadcast.BroadcastWords,
        on(Typed, broadcast.type_words),
        on(SentFile, broadcast.send_photo),
        on(Picked, broadcast.keep_words),
        on(Back, broadcast.words_to_audience),
        on(Cancel, leave),
    ),
    at(
        broadcast.BroadcastReview,
        on(Picked, broadcast.decide_broadcast),
        on(Back, broadcast.review_to_words),
        on(Cancel, leave),
    ),
    # /terms
    at(EnterTerms, on(Typed, terms.enter_terms), on(Back, work.leave_work), on(Cancel, leave)),
    at(
        ConfirmTerms,
        on(Picked, terms.decide_terms),
        on(Typed, terms.retype_terms),
        on(Back, terms.back_to_terms),
        on(Cancel, leave),
    ),
    # /refunds
    at(
        SettlingRefund,
        on(SentFile, refunds.send_proof),
        on(Picked, refunds.without_photo),
        on(Back, work.leave_work),
        on(Cancel, leave),
    ),
    # /team
    *TEAM_PLACES,
)
SELLER_FLOW: Final[Table] = OPENING_FLOW | _OWN | DELAY_FLOW | PRODUCT_FLOW | WORDING_FLOW | SHIPPING_FLOW
