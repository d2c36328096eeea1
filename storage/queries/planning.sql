-- name: tiers_of(batch)
-- What the first orders of a batch get, the first tier first.
SELECT position, places, kind, gift, discount, taken FROM tiers WHERE batch_id = :batch ORDER BY position;

-- name: put_tier(batch, position, places, kind, gift, discount)!
-- Promise the next so many orders a gift or a discount.
INSERT INTO tiers (batch_id, position, places, kind, gift, discount)
VALUES (:batch, :position, :places, :kind, :gift, :discount);

-- name: replan_batch(id, title, state, quota, minimum, maximum, dp_rule, hold_minutes, opens_at, closes_at, production_days, minimum_total, target, shipping_days, audience, before, now)!
-- Guarded: other answers for a batch that has not opened yet.
UPDATE batches SET title = :title, state = :state, quota = :quota, minimum = :minimum, maximum = :maximum,
       dp_rule = :dp_rule, hold_minutes = :hold_minutes, opens_at = :opens_at, closes_at = :closes_at,
       production_days = :production_days, minimum_total = :minimum_total, target = :target,
       shipping_days = :shipping_days, audience = :audience, state_at = :now
WHERE id = :id AND state = :before;

-- name: forget_offers(batch)!
-- A batch that has not opened offers something else.
DELETE FROM offers WHERE batch_id = :batch;

-- name: forget_tiers(batch)!
-- A batch that has not opened promises something else.
DELETE FROM tiers WHERE batch_id = :batch;

-- name: earlier_batches(n)
-- The batches planned last, whatever became of them: the newest first.
SELECT id FROM batches WHERE state <> 'draft' ORDER BY created_at DESC, id LIMIT :n;

-- name: moved_holidays()
-- The days that the shop has given to holidays.
SELECT name, year, day FROM holidays_moved ORDER BY year, name;

-- name: move_holiday(name, year, day, by, now)!
-- A holiday falls on this day, whatever the calendar says.
INSERT INTO holidays_moved (name, year, day, moved_by, moved_at) VALUES (:name, :year, :day, :by, :now)
ON CONFLICT (name, year) DO UPDATE SET day = excluded.day, moved_by = excluded.moved_by, moved_at = excluded.moved_at;

-- name: unmove_holiday(name, year)!
-- A holiday falls where the calendar says again.
DELETE FROM holidays_moved WHERE name = :name AND year = :year;
