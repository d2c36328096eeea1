-- name: move_dates(id, closes_before, production_before, shipping_before, closes, production, shipping, now)!
-- Other dates for a batch, or no change when it has others than those that were seen, is on its way, or has closed and
-- its closing is to move.
UPDATE batches SET closes_at = :closes, production_days = :production, shipping_days = :shipping
WHERE id = :id AND closes_at = :closes_before AND production_days = :production_before
  AND shipping_days = :shipping_before AND state IN ('scheduled', 'open', 'closed', 'producing', 'ready')
  AND (:closes = :closes_before OR (state IN ('scheduled', 'open') AND closes_at > :now));

-- name: supersede_delay(batch)!
-- A later delay asks anew.
UPDATE delays SET state = 'superseded' WHERE batch_id = :batch AND state = 'asked';

-- name: put_delay(id, batch, closes_before, production_before, shipping_before, closes, production, shipping, reason, by, now)!
-- The dates of a batch have moved.
INSERT INTO delays (id, batch_id, state, closes_at_before, production_days_before, shipping_days_before,
                    closes_at, production_days, shipping_days, reason, made_by, made_at)
VALUES (:id, :batch, 'asked', :closes_before, :production_before, :shipping_before,
        :closes, :production, :shipping, :reason, :by, :now);

-- name: ask_about_delay(delay, order_id, now)!
-- The buyer of this order is asked.
INSERT INTO delay_answers (delay_id, order_id, asked_at) VALUES (:delay, :order_id, :now);

-- name: delay_of_batch(batch)^
-- The delay of a batch that counts.
SELECT id, batch_id, closes_at_before, production_days_before, shipping_days_before,
       closes_at, production_days, shipping_days, reason, made_at
FROM delays WHERE batch_id = :batch AND state = 'asked';

-- name: delays_asked_about()
-- Delays that count, of batches whose parcels are not on their way, with orders that have not answered.
SELECT d.id, d.batch_id, d.closes_at_before, d.production_days_before, d.shipping_days_before,
       d.closes_at, d.production_days, d.shipping_days, d.reason, d.made_at
FROM delays d JOIN batches b ON b.id = d.batch_id
WHERE d.state = 'asked' AND b.state IN ('scheduled', 'open', 'closed', 'producing', 'ready')
  AND EXISTS (SELECT 1 FROM delay_answers a WHERE a.delay_id = d.id AND a.waits_at = '' AND a.cancelled_at = '')
ORDER BY d.made_at, d.id;

-- name: delay_of_order(order_id)^
-- The delay that counts for an order whose buyer was asked, and whether they said that they wait.
SELECT d.id, d.batch_id, d.closes_at_before, d.production_days_before, d.shipping_days_before,
       d.closes_at, d.production_days, d.shipping_days, d.reason, d.made_at, a.waits_at
FROM delay_answers a JOIN delays d ON d.id = a.delay_id
WHERE a.order_id = :order_id AND d.state = 'asked';

-- name: delay_wait(delay, order_id, now)!
-- Guarded: the first "wait" counts, while the delay counts and the order is on.
UPDATE delay_answers SET waits_at = :now
WHERE delay_id = :delay AND order_id = :order_id AND waits_at = '' AND cancelled_at = ''
  AND EXISTS (SELECT 1 FROM delays d WHERE d.id = :delay AND d.state = 'asked')
  AND EXISTS (SELECT 1 FROM orders o WHERE o.id = :order_id AND o.state IN ('held', 'confirmed'));

-- name: delay_cancel(order_id, now)!
-- The order was cancelled by its buyer while a delay was asked about.
UPDATE delay_answers SET cancelled_at = :now
WHERE order_id = :order_id AND cancelled_at = ''
  AND delay_id IN (SELECT d.id FROM delays d WHERE d.state = 'asked');

-- name: delay_answers(delay)^
-- How did the buyers answer? Orders that are over for another reason are not counted.
SELECT COALESCE(SUM(CASE WHEN a.cancelled_at <> '' THEN 1 ELSE 0 END), 0) AS cancelled,
       COALESCE(SUM(CASE WHEN a.cancelled_at = '' AND a.waits_at <> ''
                          AND o.state IN ('held', 'confirmed', 'shipped') THEN 1 ELSE 0 END), 0) AS waiting,
       COALESCE(SUM(CASE WHEN a.cancelled_at = '' AND a.waits_at = ''
                          AND o.state IN ('held', 'confirmed', 'shipped') THEN 1 ELSE 0 END), 0) AS silent
FROM delay_answers a JOIN orders o ON o.id = a.order_id WHERE a.delay_id = :delay;

-- name: delay_silent(delay)
-- Orders whose buyer has not answered and has not been reminded, oldest first.
SELECT a.order_id FROM delay_answers a JOIN orders o ON o.id = a.order_id
WHERE a.delay_id = :delay AND a.waits_at = '' AND a.cancelled_at = '' AND a.reminded_at = ''
  AND o.state IN ('held', 'confirmed')
ORDER BY o.placed_at, o.id;

-- name: delay_remind(delay, order_id, now)!
-- Guarded: once.
UPDATE delay_answers SET reminded_at = :now
WHERE delay_id = :delay AND order_id = :order_id AND waits_at = '' AND cancelled_at = '' AND reminded_at = '';
