"""The seller's map: every step, every word, every transition, in one table; and how each command enters it.

Pure. `begin_*` take the snapshot (or the proof) and say where the conversation starts, or why there is nothing to do.
"""

from __future__ import annotations

from typing import Final

from conversations import seller_open as opening
from conversations import seller_open_dates as dates
from conversations import seller_products as products
from conversations import seller_quota as quota
from conversations import seller_refunds as refunds
from conversations import seller_work as work
from conversations.said import Back, Cancel, Picked, SentFile, Typed
from conversations.seller_open import begin_open, leave
from conversations.seller_products import begin_products
from conversations.seller_quota import QuotaNumber, QuotaOfWhich, QuotaPart, begin_quota
from conversations.seller_refunds import SettlingRefund
from conversations.seller_steps import (
    CancelPlanConfirm,
    CloseChoose,
    CloseConfirm,
    OpenChange,
    OpenClosing,
    OpenClosingDoubt,
    OpenDownPayment,
    OpenFixedPayment,
    OpenHold,
    OpenMaximum,
    OpenMinimum,
    OpenMoment,
    OpenMomentDoubt,
    OpenPaydayHour,
    OpenProductionDays,
    OpenProducts,
    OpenQuota,
    OpenReview,
    OpenTitle,
    OtherAmount,
    ProductArchive,
    ProductCard,
    ProductDescription,
    ProductName,
    ProductPhoto,
    ProductPreview,
    ProductsList,
    RejectReason,
    ShipChoose,
    ShipConfirm,
    ShipCourier,
    ShipOrderPick,
    ShipTracking,
    StageChoose,
    StageConfirm,
    StagePick,
    VariantMore,
    VariantName,
    VariantPrice,
    VariantWeight,
)
from conversations.seller_work import begin_close, begin_other_amount, begin_reject, begin_ship, begin_stage
from conversations.table import Table, at, on, table
from conversations.team_flow import TEAM_PLACES, begin_team

__all__ = [
    "SELLER_FLOW",
    "begin_close",
    "begin_open",
    "begin_other_amount",
    "begin_products",
    "begin_quota",
    "begin_reject",
    "begin_ship",
    "begin_stage",
    "begin_team",
]

SELLER_FLOW: Final[Table] = table(
    # /open: what, how many, on which terms
    at(
        OpenProducts,
        on(Picked, opening.pick_product),
        on(Typed, opening.name_product),
        on(Back, opening.products_to_home),
        on(Cancel, leave),
    ),
    at(
        OpenTitle,
        on(Picked, opening.pick_title),
        on(Typed, opening.enter_title),
        on(Back, opening.title_to_products),
        on(Cancel, leave),
    ),
    at(
        OpenQuota,
        on(Picked, opening.pick_quota),
        on(Typed, opening.enter_quota),
        on(Back, opening.quota_to_title),
        on(Cancel, leave),
    ),
    at(
        OpenMinimum,
        on(Picked, opening.pick_minimum),
        on(Typed, opening.enter_minimum),
        on(Back, opening.minimum_to_quota),
        on(Cancel, leave),
    ),
    at(
        OpenMaximum,
        on(Picked, opening.pick_maximum),
        on(Typed, opening.enter_maximum),
        on(Back, opening.maximum_to_minimum),
        on(Cancel, leave),
    ),
    at(
        OpenDownPayment,
        on(Picked, opening.pick_down_payment),
        on(Typed, opening.enter_down_payment),
        on(Back, opening.down_payment_to_maximum),
        on(Cancel, leave),
    ),
    at(
        OpenFixedPayment,
        on(Typed, opening.enter_fixed_payment),
        on(Back, opening.fixed_payment_to_rules),
        on(Cancel, leave),
    ),
    at(
        OpenHold,
        on(Picked, opening.pick_hold),
        on(Typed, opening.enter_hold),
        on(Back, opening.hold_to_down_payment),
        on(Cancel, leave),
    ),
    # /open: when
    at(
        OpenMoment,
        on(Picked, dates.pick_moment),
        on(Typed, dates.enter_moment),
        on(Back, dates.moment_to_hold),
        on(Cancel, leave),
    ),
    at(
        OpenMomentDoubt,
        on(Picked, dates.pick_doubted_moment),
        on(Typed, dates.retype_moment),
        on(Back, dates.doubt_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenPaydayHour,
        on(Picked, dates.pick_payday_hour),
        on(Typed, dates.enter_payday_hour),
        on(Back, dates.payday_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenClosing,
        on(Picked, dates.pick_closing),
        on(Typed, dates.enter_closing),
        on(Back, dates.closing_to_moment),
        on(Cancel, leave),
    ),
    at(
        OpenClosingDoubt,
        on(Picked, dates.pick_doubted_closing),
        on(Typed, dates.retype_closing),
        on(Back, dates.doubt_to_closing),
        on(Cancel, leave),
    ),
    at(
        OpenProductionDays,
        on(Picked, dates.pick_production),
        on(Typed, dates.enter_production),
        on(Back, dates.production_to_closing),
        on(Cancel, leave),
    ),
    at(OpenReview, on(Picked, dates.decide_opening), on(Back, dates.review_to_production), on(Cancel, leave)),
    at(OpenChange, on(Picked, dates.pick_change), on(Back, dates.change_to_review), on(Cancel, leave)),
    # /products
    at(
        ProductsList,
        on(Picked, products.pick_listed),
        on(Typed, products.find_listed),
        on(Back, products.list_to_home),
        on(Cancel, leave),
    ),
    at(ProductCard, on(Picked, products.pick_on_card), on(Back, products.card_to_list), on(Cancel, leave)),
    at(ProductArchive, on(Picked, products.decide_archive), on(Back, products.archive_to_card), on(Cancel, leave)),
    at(ProductName, on(Typed, products.enter_name), on(Back, products.name_to_list), on(Cancel, leave)),
    at(
        ProductPhoto,
        on(SentFile, products.send_photo),
        on(Picked, products.skip_photo),
        on(Typed, products.want_photo),
        on(Back, products.photo_to_name),
        on(Cancel, leave),
    ),
    at(
        ProductDescription,
        on(Typed, products.enter_description),
        on(Picked, products.skip_description),
        on(Back, products.description_to_photo),
        on(Cancel, leave),
    ),
    at(
        VariantName,
        on(Typed, products.enter_variant),
        on(Picked, products.single_variant),
        on(Back, products.variant_to_description),
        on(Cancel, leave),
    ),
    at(VariantPrice, on(Typed, products.enter_price), on(Back, products.price_to_variant), on(Cancel, leave)),
    at(
        VariantWeight,
        on(Typed, products.enter_weight),
        on(Picked, products.skip_weight),
        on(Back, products.weight_to_price),
        on(Cancel, leave),
    ),
    at(
        VariantMore,
        on(Picked, products.decide_more),
        on(Typed, products.type_next_variant),
        on(Back, products.more_to_weight),
        on(Cancel, leave),
    ),
    at(ProductPreview, on(Picked, products.decide_save), on(Back, products.preview_to_more), on(Cancel, leave)),
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
    # /quota
    at(QuotaOfWhich, on(Picked, quota.choose_batch), on(Back, work.leave_work), on(Cancel, leave)),
    at(QuotaPart, on(Picked, quota.choose_part), on(Back, quota.quota_back), on(Cancel, leave)),
    at(QuotaNumber, on(Typed, quota.enter_quota), on(Back, quota.quota_back), on(Cancel, leave)),
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
