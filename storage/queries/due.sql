-- name: put_due(id, kind, subject, due_at)!
-- Something falls due; asking for the same again changes nothing.
INSERT INTO due (id, kind, subject, due_at, state) VALUES (:id, :kind, :subject, :due_at, 'waiting')
ON CONFLICT (kind, subject, due_at) DO NOTHING;

-- name: due_now(now, n)
-- What is due, oldest first.
SELECT id, kind, subject, due_at FROM due WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT :n;

-- name: claim_due(id, state, now)!
-- Guarded: whoever changes the row does the work, in the same transaction.
UPDATE due SET state = :state, done_at = :now WHERE id = :id AND state = 'waiting';

-- name: drop_due(kind, subject, now)!
-- It has lost its meaning before its time (an order paid, a batch closed).
UPDATE due SET state = 'dropped', done_at = :now WHERE kind = :kind AND subject = :subject AND state = 'waiting';

-- name: waiting_due(kind)$
-- When does the next of this kind fall due?
SELECT MIN(due_at) FROM due WHERE kind = :kind AND state = 'waiting';

-- name: put_broadcast(id, kind, subject, start, due_at, at_once, now)!
-- A message to many begins; its id makes it one however often it is asked for.
INSERT INTO broadcasts (id, kind, subject, cursor, state, due_at, at_once, created_at)
VALUES (:id, :kind, :subject, :start, 'running', :due_at, :at_once, :now)
ON CONFLICT (id) DO NOTHING;

-- name: running_broadcast(now)^
-- The oldest message to many that is not written out yet; what the seller wrote lets what has its hour go first.
SELECT id, kind, subject, cursor, at_once FROM broadcasts WHERE state = 'running' AND due_at <= :now
ORDER BY CASE kind WHEN 'message' THEN 1 ELSE 0 END, created_at, id LIMIT 1;

-- name: advance_broadcast(id, cursor, state, n)!
-- So far it has been written out. Guarded: it may have been stopped meanwhile.
UPDATE broadcasts SET cursor = :cursor, state = :state, written = written + :n WHERE id = :id AND state = 'running';

-- name: rest_broadcasts(until)!
-- The quiet hours have begun: what is not to go at once goes on in the morning.
UPDATE broadcasts SET due_at = :until WHERE state = 'running' AND at_once = 0 AND kind <> 'ask_again' AND due_at < :until;

-- name: rest_due(id, due_at)!
-- It waits for the morning, unless the same waits for that very moment already.
UPDATE due SET due_at = :due_at WHERE id = :id AND state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM due AS other WHERE other.kind = due.kind AND other.subject = due.subject AND other.due_at = :due_at
);

-- name: drop_all_due(kind, now)!
-- Everything of a kind has lost its meaning (the recap moved to another hour).
UPDATE due SET state = 'dropped', done_at = :now WHERE kind = :kind AND state = 'waiting';

-- name: revive_due(kind, subject, due_at)!
-- It was dropped and is wanted at that very moment after all.
UPDATE due SET state = 'waiting', done_at = NULL
WHERE kind = :kind AND subject = :subject AND due_at = :due_at AND state = 'dropped';

-- name: is_due_waiting(kind, subject)$
-- Is this waited for, at whatever moment?
SELECT 1 FROM due WHERE kind = :kind AND subject = :subject AND state = 'waiting' LIMIT 1;

-- name: all_waiting(kind)
-- Everything of a kind that is waited for, soonest first.
SELECT id, kind, subject, due_at FROM due WHERE kind = :kind AND state = 'waiting' ORDER BY due_at, id;

-- name: count_due(kind)$
-- How many of a kind are waited for?
SELECT COUNT(*) FROM due WHERE kind = :kind AND state = 'waiting';

-- name: oldest_due()$
-- When falls due what falls due next? In the past, when nobody has done it yet.
SELECT MIN(due_at) FROM due WHERE state = 'waiting';
