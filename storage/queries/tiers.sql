-- name: take_tier(batch, goods)^
-- The next place among the first orders for an order with goods worth so much; no row when there is none left.
UPDATE tiers SET taken = taken + 1
WHERE batch_id = :batch AND taken < places AND position = (
    SELECT MIN(t.position) FROM tiers t WHERE t.batch_id = :batch AND t.taken < t.places AND t.discount < :goods
)
RETURNING position, places, kind, gift, discount;

-- name: take_tier_at(batch, position)!
-- One place of this tier, or nothing changes when it has none left.
UPDATE tiers SET taken = taken + 1 WHERE batch_id = :batch AND position = :position AND taken < places;

-- name: give_tier_back(batch, position)!
-- A place among the first orders is free again.
UPDATE tiers SET taken = taken - 1 WHERE batch_id = :batch AND position = :position;

-- name: set_tier(id, tier, discount, gift, total, first_due, before)!
-- Guarded: what an order gets as one of the first, and its sums with it; `before` is the total it was reckoned from.
UPDATE orders SET tier = :tier, discount = :discount, gift = :gift, total = :total, first_due = :first_due
WHERE id = :id AND total = :before;

-- name: next_for_tier(batch, discount)^
-- Who stands next in line for a place that came free: the earliest order that has none and is not on its way. A
-- discount goes to one that still owes as much, that waits for no judgement and whose down payment is not half paid.
SELECT o.id FROM orders o
WHERE o.batch_id = :batch AND o.tier IS NULL AND o.state IN ('held', 'confirmed')
  AND (CAST(:discount AS BIGINT) = 0 OR (
    (SELECT SUM(l.price * l.quantity) FROM lines l WHERE l.order_id = o.id) > :discount
    AND o.total - (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id AND p.state = 'confirmed')
        + (SELECT COALESCE(SUM(r.amount), 0) FROM refunds r WHERE r.order_id = o.id AND r.state <> 'withdrawn')
        >= :discount
    AND NOT EXISTS (
        SELECT 1 FROM payments p WHERE p.order_id = o.id
          AND (p.state = 'claimed' OR (p.state = 'confirmed' AND o.state = 'held')))))
ORDER BY o.placed_at, o.id LIMIT 1;
