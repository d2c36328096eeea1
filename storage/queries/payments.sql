-- name: put_payment(id, order_id, person, state, expected, file_kind, file_id, unique_id, update_id, now)!
-- A proof arrived; the same update again changes nothing.
INSERT INTO payments (id, order_id, person_id, state, expected, file_kind, file_id, file_unique_id, update_id, created_at)
VALUES (:id, :order_id, :person, :state, :expected, :file_kind, :file_id, :unique_id, :update_id, :now)
ON CONFLICT (update_id) DO NOTHING;

-- name: payment(id)^
-- One payment.
SELECT id, order_id, person_id, state, amount, expected, file_kind, file_id, file_unique_id, created_at, judged_by,
       judged_at, reason
FROM payments WHERE id = :id;

-- name: unassigned_payment_of(person)^
-- The proof of this buyer whose order is not known yet, latest first.
SELECT id FROM payments WHERE person_id = :person AND state = 'unassigned' ORDER BY created_at DESC LIMIT 1;

-- name: assign_payment(id, order_id, expected)!
-- The buyer said which order the proof is for.
UPDATE payments SET order_id = :order_id, expected = :expected, state = 'claimed' WHERE id = :id AND state = 'unassigned';

-- name: show_payment_as(id, file_id)!
-- What those who judge are shown of a proof.
UPDATE payments SET file_id = :file_id WHERE id = :id;

-- name: confirm_payment(id, amount, by, now)!
-- The money arrived; guarded: only a claimed one, only once.
UPDATE payments SET state = 'confirmed', amount = :amount, judged_by = :by, judged_at = :now
WHERE id = :id AND state = 'claimed';

-- name: reject_payment(id, reason, by, now)!
-- The proof is refused; guarded: only a claimed one, only once.
UPDATE payments SET state = 'rejected', reason = :reason, judged_by = :by, judged_at = :now
WHERE id = :id AND state = 'claimed';

-- name: waiting_payments(n)
-- The queue of proofs, oldest first.
SELECT id FROM payments WHERE state = 'claimed' ORDER BY created_at, id LIMIT :n;

-- name: count_waiting_payments()$
-- How many proofs wait? Counted by a column of the small index of those that do, or SQLite goes through all there ever were.
SELECT COUNT(created_at) FROM payments WHERE state = 'claimed';

-- name: earlier_use(unique_id, id)^
-- Was the same file sent as a proof before, and for which order?
SELECT p.id, o.code FROM payments p LEFT JOIN orders o ON o.id = p.order_id
WHERE p.file_unique_id = :unique_id AND p.id <> :id AND p.state <> 'unassigned' ORDER BY p.created_at LIMIT 1;

-- name: payments_of(order_id)
-- The payments of an order, oldest first.
SELECT id FROM payments
WHERE order_id = :order_id ORDER BY created_at, id;
