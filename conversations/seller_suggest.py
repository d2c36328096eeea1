"""/open with everything filled in: a suggestion pressed, or a batch that could not open while the bot was away. Pure.

In: the snapshot, an earlier batch, the moment it is to open. Out: the review, where one press opens and every answer
can be changed; or the first question, when there is nothing to repeat.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations.seller_open import begin_open
from conversations.seller_open_review import draft_like
from conversations.seller_steps import BatchDraft, OpenProducts, OpenReview
from conversations.shop import Shop
from conversations.steps import Home
from conversations.table import Go
from preorder.batch import Batch, BatchId


def begin_again(
    shop: Shop, batch: Batch | None, opens_at: datetime | None, title: str = ""
) -> Go[OpenReview] | Go[OpenProducts] | Go[Home]:
    """Like `batch`, as far as the catalogue still has it, from `opens_at` on (UTC; None: now) for as long as it was."""
    draft = None if batch is None else draft_like(batch, BatchId(shop.fresh), shop)
    if batch is None or draft is None or not draft.products:
        started = begin_open(shop)
        if isinstance(started.to, OpenProducts):
            return Go(OpenProducts(BatchDraft(started.to.draft.id, opens_at=opens_at)), say=started.say)
        return Go(Home(), say=started.say)
    closes_at = (opens_at or shop.now) + (batch.closes_at - batch.opens_at)
    draft = replace(draft, title=title or draft.title, opens_at=opens_at, closes_at=closes_at)
    return Go(OpenReview(draft))
