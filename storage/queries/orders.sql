-- name: put_order(id, code, draft, batch, person, total, first_due, hold_until, recipient, phone, street, rt_rw, village, district, city, province, postcode, shipping_kind, shipping, terms, terms_at, now)!
-- Place an order; the same draft placed again, or a code in use, changes nothing.
INSERT INTO orders (id, code, draft_id, batch_id, person_id, state, total, first_due, hold_until,
                    recipient, phone, street, rt_rw, village, district, city, province, postcode,
                    shipping_kind, shipping, terms_version, terms_at, placed_at, state_at)
VALUES (:id, :code, :draft, :batch, :person, 'held', :total, :first_due, :hold_until,
        :recipient, :phone, :street, :rt_rw, :village, :district, :city, :province, :postcode,
        :shipping_kind, :shipping, :terms, :terms_at, :now, :now)
ON CONFLICT DO NOTHING;

-- name: put_line(order_id, position, variant_id, product, variant, price, quantity, wish)!
-- One line of an order.
INSERT INTO lines (order_id, position, variant_id, product, variant, price, quantity, wish)
VALUES (:order_id, :position, :variant_id, :product, :variant, :price, :quantity, :wish);

-- name: order_by_draft(draft)$
-- Was this draft placed already?
SELECT id FROM orders WHERE draft_id = :draft;

-- name: order(id)^
-- One order with what was confirmed for it (less what goes back) and how many proofs wait.
SELECT o.id, o.code, o.batch_id, b.title, o.person_id, o.state, o.total, o.first_due, o.hold_until, o.placed_at,
       o.recipient, o.phone, o.street, o.rt_rw, o.village, o.district, o.city, o.province, o.postcode,
       o.shipping_kind, o.shipping, o.tier, o.discount, o.gift, o.courier, o.tracking,
       (SELECT CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) FROM payments p
        WHERE p.order_id = o.id AND p.state = 'confirmed')
       - (SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT) FROM refunds r
          WHERE r.order_id = o.id AND r.state <> 'withdrawn') AS paid,
       (SELECT COUNT(*) FROM payments p WHERE p.order_id = o.id AND p.state = 'claimed') AS proofs
FROM orders o JOIN batches b ON b.id = o.batch_id WHERE o.id = :id;

-- name: order_id_by_code(code)$
-- Which order has this code?
SELECT id FROM orders WHERE code = :code;

-- name: orders_of_person(person, n)
-- A buyer's orders, newest first.
SELECT id FROM orders WHERE person_id = :person ORDER BY placed_at DESC, id LIMIT :n;

-- name: unpaid_orders_of_person(person)
-- A buyer's orders on which something is due, oldest first.
SELECT o.id FROM orders o
WHERE o.person_id = :person AND o.state IN ('held', 'confirmed', 'shipped')
  AND o.total > (SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = o.id AND p.state = 'confirmed')
              - (SELECT COALESCE(SUM(r.amount), 0) FROM refunds r WHERE r.order_id = o.id AND r.state <> 'withdrawn')
ORDER BY o.placed_at, o.id;

-- name: orders_of_batch(batch, states)
-- A batch's orders in any of the comma-separated states, oldest first.
SELECT id FROM orders WHERE batch_id = :batch AND :states LIKE '%,' || state || ',%' ORDER BY placed_at, id;

-- name: lines_of(order_id)
-- The lines of an order.
SELECT variant_id, product, variant, price, quantity, wish FROM lines WHERE order_id = :order_id ORDER BY position;

-- name: move_order(id, before, after, now)!
-- Guarded move: changes a row only when the order is in one of the comma-separated states.
UPDATE orders SET state = :after, state_at = :now WHERE id = :id AND :before LIKE '%,' || state || ',%';

-- name: ship_order(id, courier, tracking, now)!
-- Give a confirmed order its courier and tracking number; the same ones again change nothing.
UPDATE orders SET state = 'shipped', courier = :courier, tracking = :tracking, state_at = :now
WHERE id = :id AND (state = 'confirmed' OR (state = 'shipped' AND (tracking <> :tracking OR courier <> :courier)));

-- name: orders_between(since, until)^
-- Orders placed in a day: how many and their worth.
SELECT COUNT(*) AS orders, CAST(COALESCE(SUM(total), 0) AS BIGINT) AS total FROM orders WHERE placed_at >= :since AND placed_at < :until;

-- name: confirmed_between(since, until)$
-- Money confirmed in a day.
SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM payments WHERE state = 'confirmed' AND judged_at >= :since AND judged_at < :until;

-- name: extend_hold(id, until)!
-- A held order keeps its slots longer.
UPDATE orders SET hold_until = :until WHERE id = :id AND state = 'held';

-- name: hold_order_still(id)$
-- Whoever decides about an order by what it has been paid comes alone; one writer at a time is alone anyway.
SELECT id FROM orders WHERE id = :id;

-- name: hold_order_of_still(payment)$
-- The same for the order of a payment.
SELECT order_id FROM payments WHERE id = :payment;

-- name: rewrite_order(id, state, total, first_due, recipient, phone, street, rt_rw, village, district, city, province, postcode, shipping_kind, shipping)!
-- Other sums and another address for an order that is still in the state it was read in.
UPDATE orders SET total = :total, first_due = :first_due, recipient = :recipient, phone = :phone, street = :street,
    rt_rw = :rt_rw, village = :village, district = :district, city = :city, province = :province,
    postcode = :postcode, shipping_kind = :shipping_kind, shipping = :shipping
WHERE id = :id AND state = :state;

-- name: drop_lines(order_id)!
-- The lines of an order give way to others.
DELETE FROM lines WHERE order_id = :order_id;
