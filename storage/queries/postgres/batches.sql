-- name: hold_batch_still(batch)$
-- Whoever decides about a batch by its orders waits here for who decides before.
SELECT id FROM batches WHERE id = :batch FOR UPDATE;
