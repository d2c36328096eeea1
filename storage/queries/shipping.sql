-- name: shipping_rule()^
-- How does the shop send? No row: it has not said.
SELECT way, pickup, free_above FROM shipping_rule WHERE id = 1;

-- name: put_shipping_rule(way, pickup, free_above)!
-- The shop's rule.
INSERT INTO shipping_rule (id, way, pickup, free_above) VALUES (1, :way, :pickup, :free_above)
ON CONFLICT (id) DO UPDATE SET way = excluded.way, pickup = excluded.pickup, free_above = excluded.free_above;

-- name: zones_for(province, city)
-- The prices that can concern an address: its city's, its province's, everywhere else's.
SELECT province, city, price FROM shipping_zones
WHERE (province = :province AND city IN (:city, '')) OR (province = '' AND city = '');

-- name: zones()
-- The whole table, in the order of the seller's sheet.
SELECT province, city, price FROM shipping_zones ORDER BY position;

-- name: count_zones()$
-- How many lines has the table?
SELECT COUNT(*) FROM shipping_zones;

-- name: forget_zones()!
-- A new table comes instead.
DELETE FROM shipping_zones;

-- name: put_zone(province, city, price, position)!
-- One line of the table.
INSERT INTO shipping_zones (province, city, price, position) VALUES (:province, :city, :price, :position);

-- name: orders_without_shipping(n)
-- Orders that wait to be told what sending them costs, oldest first.
SELECT id FROM orders WHERE shipping_kind = 'later' AND state IN ('held', 'confirmed') ORDER BY placed_at, id LIMIT :n;

-- name: count_orders_without_shipping()$
-- How many such orders are there?
SELECT COUNT(*) FROM orders WHERE shipping_kind = 'later' AND state IN ('held', 'confirmed');

-- name: tell_shipping(id, cost)!
-- Guarded: the cost is told once, and becomes part of what the buyer pays.
UPDATE orders SET shipping_kind = 'told', shipping = :cost, total = total + :cost
WHERE id = :id AND shipping_kind = 'later' AND state IN ('held', 'confirmed');

-- name: orders_with_told_shipping(n)
-- Orders that were told what sending them costs and have not been sent: it can be corrected; newest first.
SELECT id FROM orders WHERE shipping_kind = 'told' AND state IN ('held', 'confirmed')
ORDER BY placed_at DESC, id LIMIT :n;

-- name: count_orders_with_told_shipping()$
-- How many such orders are there?
SELECT COUNT(*) FROM orders WHERE shipping_kind = 'told' AND state IN ('held', 'confirmed');

-- name: correct_shipping(id, cost, before)!
-- Guarded: another cost in the place of the one that was seen. What is paid first is never more than the total.
UPDATE orders SET shipping = :cost, total = total - :before + :cost,
       first_due = CASE WHEN first_due > total - :before + :cost THEN total - :before + :cost ELSE first_due END
WHERE id = :id AND shipping_kind = 'told' AND shipping = :before AND state IN ('held', 'confirmed');
