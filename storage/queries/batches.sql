-- name: batches_in(person, states)
-- Batches in any of the comma-separated states, newest first, with what this person has in them.
SELECT b.id, b.title, b.state, b.quota, b.taken, b.minimum, b.maximum, b.dp_rule, b.hold_minutes, b.opens_at,
       b.closes_at, b.production_days, b.stage, b.minimum_total, b.target, b.shipping_days, b.audience, b.decision,
       EXISTS (SELECT 1 FROM tiers t WHERE t.batch_id = b.id) AS has_tiers, COALESCE(s.pieces, 0) AS mine,
       EXISTS (SELECT 1 FROM waiting w WHERE w.batch_id = b.id AND w.person_id = :person AND w.state = 'offered') AS is_promised,
       (SELECT COALESCE(MAX(t.version), 0) FROM terms t) AS terms
FROM batches b LEFT JOIN buyer_slots s ON s.batch_id = b.id AND s.person_id = :person
WHERE b.state NOT IN ('done', 'cancelled') AND :states LIKE '%,' || b.state || ',%'
ORDER BY b.created_at DESC, b.id;

-- name: batch(id, person)^
-- One batch, with what this person has in it.
SELECT b.id, b.title, b.state, b.quota, b.taken, b.minimum, b.maximum, b.dp_rule, b.hold_minutes, b.opens_at,
       b.closes_at, b.production_days, b.stage, b.minimum_total, b.target, b.shipping_days, b.audience, b.decision,
       EXISTS (SELECT 1 FROM tiers t WHERE t.batch_id = b.id) AS has_tiers, COALESCE(s.pieces, 0) AS mine,
       EXISTS (SELECT 1 FROM waiting w WHERE w.batch_id = b.id AND w.person_id = :person AND w.state = 'offered') AS is_promised,
       (SELECT COALESCE(MAX(t.version), 0) FROM terms t) AS terms
FROM batches b LEFT JOIN buyer_slots s ON s.batch_id = b.id AND s.person_id = :person
WHERE b.id = :id;

-- name: last_batch()^
-- The batch planned last: its settings are the next one's defaults.
SELECT id FROM batches ORDER BY created_at DESC, id LIMIT 1;

-- name: offers_of(batch)
-- What a batch offers, in the shop's order.
SELECT variant_id, product_id, product, variant, price, weight, quota, taken FROM offers
WHERE batch_id = :batch ORDER BY position;

-- name: put_batch(id, title, state, quota, minimum, maximum, dp_rule, hold_minutes, opens_at, closes_at, production_days, minimum_total, target, shipping_days, audience, by, now)!
-- Plan a batch; planning the same one again changes nothing.
INSERT INTO batches (id, title, state, quota, minimum, maximum, dp_rule, hold_minutes, opens_at, closes_at,
                     production_days, minimum_total, target, shipping_days, audience, created_by, created_at, state_at)
VALUES (:id, :title, :state, :quota, :minimum, :maximum, :dp_rule, :hold_minutes, :opens_at, :closes_at,
        :production_days, :minimum_total, :target, :shipping_days, :audience, :by, :now, :now)
ON CONFLICT (id) DO NOTHING;

-- name: put_offer(batch, variant, product_id, product, variant_name, price, weight, quota, position)!
-- Put a variant on offer at today's price.
INSERT INTO offers (batch_id, variant_id, product_id, product, variant, price, weight, quota, position)
VALUES (:batch, :variant, :product_id, :product, :variant_name, :price, :weight, :quota, :position);

-- name: move_batch(id, before, after, now)!
-- Guarded move: changes a row only when the batch is in one of the comma-separated states.
UPDATE batches SET state = :after, state_at = :now WHERE id = :id AND :before LIKE '%,' || state || ',%';

-- name: close_batch(id, reason, now)!
-- Close an open batch, saying why.
UPDATE batches SET state = 'closed', close_reason = :reason, state_at = :now WHERE id = :id AND state = 'open';

-- name: move_stage(id, stage, state, now)!
-- Move a closed batch to another stage; a repeat of the same stage changes nothing.
UPDATE batches SET stage = :stage, state = :state, state_at = :now
WHERE id = :id AND stage <> :stage AND state IN ('closed', 'producing', 'ready', 'shipping');

-- name: take_batch_slots(batch, n, now)!
-- Take slots of an open batch, or change nothing when closed, past its closing moment or too few are left.
UPDATE batches SET taken = taken + :n
WHERE id = :batch AND state = 'open' AND closes_at > :now AND taken + :n <= quota;

-- name: take_offer_slots(batch, variant, n)!
-- Take slots of a variant, or change nothing when its own quota is too small.
UPDATE offers SET taken = taken + :n
WHERE batch_id = :batch AND variant_id = :variant AND (quota IS NULL OR taken + :n <= quota);

-- name: take_buyer_slots(batch, person, n, maximum)!
-- Count pieces for a buyer, or change nothing when it would be more than one buyer may have.
INSERT INTO buyer_slots (batch_id, person_id, pieces)
SELECT :batch, :person, CAST(:n AS BIGINT) WHERE CAST(:n AS BIGINT) <= :maximum
ON CONFLICT (batch_id, person_id) DO UPDATE SET pieces = buyer_slots.pieces + excluded.pieces
WHERE buyer_slots.pieces + excluded.pieces <= :maximum;

-- name: return_batch_slots(batch, n)!
-- Slots come back.
UPDATE batches SET taken = taken - :n WHERE id = :batch;

-- name: return_offer_slots(batch, variant, n)!
-- Slots of a variant come back.
UPDATE offers SET taken = taken - :n WHERE batch_id = :batch AND variant_id = :variant;

-- name: return_buyer_slots(batch, person, n)!
-- A buyer has fewer pieces in the batch.
UPDATE buyer_slots SET pieces = pieces - :n WHERE batch_id = :batch AND person_id = :person;

-- name: batch_totals(batch)^
-- A batch in figures, over the orders that hold slots.
SELECT COUNT(*) AS orders,
       COALESCE(SUM(CASE WHEN o.state = 'held' THEN 1 ELSE 0 END), 0) AS held,
       COALESCE(SUM(CASE WHEN o.state <> 'held' THEN 1 ELSE 0 END), 0) AS confirmed,
       CAST(COALESCE(SUM(o.total), 0) AS BIGINT) AS total,
       CAST(COALESCE(SUM((SELECT SUM(l.quantity) FROM lines l WHERE l.order_id = o.id)), 0) AS BIGINT) AS pieces,
       CAST(COALESCE(SUM((SELECT SUM(p.amount) FROM payments p
                                   WHERE p.order_id = o.id AND p.state = 'confirmed')), 0) AS BIGINT)
       - CAST(COALESCE(SUM((SELECT SUM(r.amount) FROM refunds r
                            WHERE r.order_id = o.id AND r.state <> 'withdrawn')), 0) AS BIGINT) AS paid,
       CAST(COALESCE(SUM((SELECT COUNT(*) FROM payments p
                                   WHERE p.order_id = o.id AND p.state = 'claimed')), 0) AS BIGINT) AS proofs
FROM orders o WHERE o.batch_id = :batch AND o.state IN ('held', 'confirmed', 'shipped');

-- name: unconfirmed_slots(batch)$
-- How many slots are still only held, by orders or for somebody in line?
SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT)
       + (SELECT CAST(COALESCE(SUM(w.offered), 0) AS BIGINT) FROM waiting w WHERE w.batch_id = :batch AND w.state = 'offered')
FROM orders o JOIN lines l ON l.order_id = o.id
WHERE o.batch_id = :batch AND o.state = 'held';

-- name: quantities(batch)
-- What has to be made: product × variant × wish → pieces, over the orders that hold slots.
SELECT l.product, l.variant, l.wish, CAST(SUM(l.quantity) AS BIGINT) AS pieces
FROM orders o JOIN lines l ON l.order_id = o.id
WHERE o.batch_id = :batch AND o.state IN ('held', 'confirmed', 'shipped')
GROUP BY l.product, l.variant, l.wish ORDER BY l.product, l.variant, l.wish;

-- name: orders_left_to_ship(batch)$
-- How many confirmed orders of the batch wait for a tracking number?
SELECT COUNT(*) FROM orders WHERE batch_id = :batch AND state IN ('held', 'confirmed');

-- name: retake_batch_slots(batch, n)!
-- Take slots again for an order that was placed in time and paid late, or change nothing when too few are left.
UPDATE batches SET taken = taken + :n
WHERE id = :batch AND state IN ('open', 'closed', 'producing') AND taken + :n <= quota;

-- name: hold_batch_still(batch)$
-- Whoever decides about a batch by its orders comes alone; one writer at a time is alone anyway.
SELECT id FROM batches WHERE id = :batch;

-- name: pieces_of(batch, person)$
-- How many pieces are counted for a buyer in a batch, kept ones too?
SELECT CAST(COALESCE(SUM(pieces), 0) AS BIGINT) FROM buyer_slots WHERE batch_id = :batch AND person_id = :person;

-- name: set_quota(batch, quota)!
-- Another quota, or no change when the batch takes no orders any more or more is taken already.
UPDATE batches SET quota = :quota WHERE id = :batch AND state IN ('scheduled', 'open') AND taken <= :quota;

-- name: set_offer_quota(batch, variant, quota)!
-- Another quota of a variant's own, under the same conditions.
UPDATE offers SET quota = :quota WHERE batch_id = :batch AND variant_id = :variant AND quota IS NOT NULL AND taken <= :quota
  AND EXISTS (SELECT 1 FROM batches b WHERE b.id = :batch AND b.state IN ('scheduled', 'open'));

-- name: batch_goods(batch)$
-- What was sold without what the courier takes: minimum and target of a batch are held against it.
SELECT CAST(COALESCE(SUM(total - shipping), 0) AS BIGINT) FROM orders
WHERE batch_id = :batch AND state IN ('held', 'confirmed', 'shipped');

-- name: ask_decision(id)!
-- Closed below its minimum: somebody has to decide.
UPDATE batches SET decision = 'asked' WHERE id = :id AND state = 'closed';

-- name: decide_batch(id, decision, state, closing, now)!
-- Guarded: the first decision counts; extended, it closes at another moment ('' leaves it).
UPDATE batches SET decision = :decision, state = :state, state_at = :now,
    closes_at = CASE WHEN :closing = '' THEN closes_at ELSE :closing END,
    close_reason = CASE WHEN :closing = '' THEN close_reason ELSE '' END
WHERE id = :id AND state = 'closed' AND decision = 'asked';
