-- name: put_refund(id, order_id, person, amount, reason, cause, now)!
-- Money has to go back; the same cause again changes nothing.
INSERT INTO refunds (id, order_id, person_id, amount, reason, cause, state, created_at)
VALUES (:id, :order_id, :person, :amount, :reason, :cause, 'owed', :now)
ON CONFLICT (cause) DO NOTHING;

-- name: refund(id)^
-- One refund with its order's code.
SELECT r.id, r.order_id, o.code, b.title, r.person_id, r.amount, r.reason, r.state, r.created_at, r.settled_by, r.settled_at,
       r.file_kind, r.file_id
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN batches b ON b.id = o.batch_id WHERE r.id = :id;

-- name: refunds_owed(n)
-- What has to go back, oldest first.
SELECT id FROM refunds WHERE state = 'owed' ORDER BY created_at, id LIMIT :n;

-- name: count_refunds_owed()^
-- How many refunds are owed, and how much is that?
SELECT COUNT(*) AS refunds, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM refunds WHERE state = 'owed';

-- name: refunds_of(order_id)
-- The refunds of an order that still mean something, oldest first.
SELECT id FROM refunds WHERE order_id = :order_id AND state <> 'withdrawn' ORDER BY created_at, id;

-- name: settle_refund(id, by, file_kind, file_id, now)!
-- It was sent back; guarded: only an owed one, only once.
UPDATE refunds SET state = 'paid', settled_by = :by, settled_at = :now, file_kind = :file_kind, file_id = :file_id
WHERE id = :id AND state = 'owed';

-- name: withdraw_refunds(order_id, now)!
-- The order goes on and needs the money: what was not sent back yet stays with it.
UPDATE refunds SET state = 'withdrawn', settled_at = :now WHERE order_id = :order_id AND state = 'owed';
