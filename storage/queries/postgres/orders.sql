-- name: hold_order_still(id)$
-- Whoever decides about an order by what it has been paid waits here for who decides before.
SELECT id FROM orders WHERE id = :id FOR UPDATE;

-- name: hold_order_of_still(payment)$
-- The same for the order of a payment.
SELECT id FROM orders WHERE id = (SELECT order_id FROM payments WHERE id = :payment) FOR UPDATE;
