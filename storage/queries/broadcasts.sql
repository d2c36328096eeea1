-- name: put_own_broadcast(id, subject, words, photo, by, expected, due_at, now)!
-- A seller's own broadcast begins; its id makes it one however often it is confirmed.
INSERT INTO broadcasts (id, kind, subject, cursor, state, created_at, due_at, created_by, words, photo, expected)
VALUES (:id, 'message', :subject, 0, 'running', :now, :due_at, :by, :words, :photo, :expected)
ON CONFLICT (id) DO NOTHING;

-- name: own_broadcast(id)^
-- One of them, as it stands.
SELECT id, subject, cursor, state, created_at, due_at, created_by, words, photo, expected, written, told_at
FROM broadcasts WHERE id = :id AND kind = 'message';

-- name: broadcasts_to_tell(before)
-- Those under way whose progress was told before that moment, or never.
SELECT id FROM broadcasts
WHERE kind = 'message' AND state IN ('running', 'written') AND told_at <= :before ORDER BY created_at, id LIMIT 20;

-- name: move_broadcast(id, before, after)!
-- Paused, resumed, stopped, done: guarded, so that of two presses one does it.
UPDATE broadcasts SET state = :after WHERE id = :id AND kind = 'message' AND :before LIKE '%,' || state || ',%';

-- name: delay_broadcast(id, due_at)!
-- It goes on from that moment.
UPDATE broadcasts SET due_at = :due_at WHERE id = :id;

-- name: broadcast_told(id, now)!
-- Its progress was told.
UPDATE broadcasts SET told_at = :now WHERE id = :id;

-- name: hold_messages(prefix, beyond)!
-- What waits of it waits for the word to go on.
UPDATE outbox SET state = 'held' WHERE key >= :prefix AND key < :beyond AND state = 'queued';

-- name: free_messages(prefix, beyond, due_at)!
-- It goes on.
UPDATE outbox SET state = 'queued', due_at = :due_at WHERE key >= :prefix AND key < :beyond AND state = 'held';

-- name: drop_messages(prefix, beyond, now)!
-- What has not left never will.
UPDATE outbox SET state = 'dropped', sent_at = :now
WHERE key >= :prefix AND key < :beyond AND state IN ('queued', 'held');

-- name: messages_under_way(prefix, beyond)$
-- How many of it have been written and have not left yet?
SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending', 'held') AND key >= :prefix AND key < :beyond;

-- name: messages_by_state(prefix, beyond)
-- What became of it: how many in each state, those who have blocked the bot apart.
SELECT state, CASE WHEN state = 'failed' AND substr(error, 1, 9) = 'Forbidden' THEN 1 ELSE 0 END AS blocked,
    COUNT(*) AS n
FROM outbox WHERE key >= :prefix AND key < :beyond GROUP BY 1, 2;

-- name: messages_one_by_one(prefix, beyond, n)
-- To whom, and what became of it; those who do not have it first.
SELECT o.chat_id, o.state, o.error, o.sent_at, p.first_name, p.username
FROM outbox o LEFT JOIN people p ON p.id = o.chat_id
WHERE o.key >= :prefix AND o.key < :beyond
ORDER BY CASE WHEN o.state = 'sent' THEN 1 ELSE 0 END, o.id LIMIT :n;
