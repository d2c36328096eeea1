-- name: put_update(id, chat, raw, now)!
-- Keep what arrived; the same update again changes nothing.
INSERT INTO inbox (update_id, chat_id, raw, received_at, state) VALUES (:id, :chat, :raw, :now, 'new')
ON CONFLICT (update_id) DO NOTHING;

-- name: next_updates(n)
-- The oldest unhandled update of each chat, and the newest: one a chat, so that nobody waits behind a flood.
SELECT MIN(update_id) AS update_id, MAX(update_id) AS newest FROM inbox
WHERE state = 'new' GROUP BY chat_id ORDER BY 1 LIMIT :n;

-- name: update_raw(id)$
-- What arrived, if it still waits to be handled.
SELECT raw FROM inbox WHERE update_id = :id AND state = 'new';

-- name: update_handled(id)!
-- Handled, in the same transaction as all it caused.
UPDATE inbox SET state = 'done' WHERE update_id = :id AND state = 'new';

-- name: update_failed(id)^
-- Handling failed once more; how often now?
UPDATE inbox SET attempts = attempts + 1 WHERE update_id = :id RETURNING attempts;

-- name: update_dead(id)!
-- Set aside: it cannot be handled, those behind it go on.
UPDATE inbox SET state = 'dead' WHERE update_id = :id AND state = 'new';

-- name: purge_inbox(before)!
-- Raw updates are personal data: forget the handled ones.
DELETE FROM inbox WHERE state <> 'new' AND received_at < :before;

-- name: inbox_depth()^
-- How many updates wait, and since when?
SELECT COUNT(*) AS n, MIN(received_at) AS oldest FROM inbox WHERE state = 'new';

-- name: put_message(id, key, chat, priority, method, params, due_at, now)!
-- A message to be sent; its key makes it one however often it is asked for.
INSERT INTO outbox (id, key, chat_id, priority, method, params, state, due_at, created_at)
VALUES (:id, :key, :chat, :priority, :method, :params, 'queued', :due_at, :now)
ON CONFLICT (key) DO NOTHING;

-- name: next_messages(now, n)
-- What may be sent to people now, answers first: the oldest of each chat, so that a chat with thousands holds up nobody.
SELECT o.id, o.chat_id, o.priority, o.method, o.params, o.attempts, o.created_at FROM outbox AS o
WHERE o.state = 'queued' AND o.priority <= 1 AND o.due_at <= :now AND NOT EXISTS (
    SELECT 1 FROM outbox AS p
    WHERE p.state = 'queued' AND p.chat_id = o.chat_id AND p.priority = o.priority AND p.id < o.id
)
ORDER BY o.priority, o.id LIMIT :n;

-- name: next_messages_in(chat, now)
-- The same in one chat: what is next when one before it has left.
SELECT o.id, o.chat_id, o.priority, o.method, o.params, o.attempts, o.created_at FROM outbox AS o
WHERE o.state = 'queued' AND o.chat_id = :chat AND o.priority <= 1 AND o.due_at <= :now AND NOT EXISTS (
    SELECT 1 FROM outbox AS p
    WHERE p.state = 'queued' AND p.chat_id = o.chat_id AND p.priority = o.priority AND p.id < o.id
)
ORDER BY o.priority, o.id;

-- name: next_broadcasts(now, n)
-- What may be sent to many now, oldest first.
SELECT id, chat_id, priority, method, params, attempts, created_at FROM outbox
WHERE state = 'queued' AND priority = 2 AND due_at <= :now ORDER BY id LIMIT :n;

-- name: message_claimed(id)!
-- A broadcast is about to leave: should we die now it is not sent again.
UPDATE outbox SET state = 'sending' WHERE id = :id AND state = 'queued';

-- name: message_released(id)!
-- It was claimed and has not left: it waits again.
UPDATE outbox SET state = 'queued' WHERE id = :id AND state = 'sending';

-- name: message_sent(id, message_id, now)!
-- Telegram has it.
UPDATE outbox SET state = 'sent', message_id = :message_id, sent_at = :now, attempts = attempts + 1 WHERE id = :id;

-- name: message_retried(id, due_at, error, counted)!
-- Not sent; again at that moment.
UPDATE outbox SET state = 'queued', attempts = attempts + :counted, due_at = :due_at, error = :error WHERE id = :id;

-- name: message_rewritten(id, method, params)!
-- The same by another method, at once.
UPDATE outbox SET state = 'queued', method = :method, params = :params WHERE id = :id;

-- name: told_to_wait(error)$
-- Until when did the latest 429 tell us to wait? Asked once, at the start.
SELECT MAX(due_at) FROM outbox WHERE state = 'queued' AND error = :error;

-- name: message_failed(id, state, error, now)!
-- Given up (`failed`), or nobody knows whether it arrived (`ambiguous`).
UPDATE outbox SET state = :state, attempts = attempts + 1, error = :error, sent_at = :now WHERE id = :id;

-- name: messages_in_doubt(now)!
-- After a crash: broadcasts that were leaving are not sent twice.
UPDATE outbox SET state = 'ambiguous', sent_at = :now WHERE state = 'sending';

-- name: migrate_chat(old, new)!
-- A group became a supergroup: what waits for it follows.
UPDATE outbox SET chat_id = :new WHERE chat_id = :old AND state = 'queued';

-- name: sent_messages(prefix, beyond)
-- Messages already sent whose key begins so, to change or delete them. A range, not LIKE: it uses the index of the key.
SELECT chat_id, message_id, method, params FROM outbox
WHERE key >= :prefix AND key < :beyond AND state = 'sent' AND message_id IS NOT NULL;

-- name: any_queued(prefix, beyond)$
-- Does any message wait whose key begins so?
SELECT 1 FROM outbox WHERE key >= :prefix AND key < :beyond AND state = 'queued' LIMIT 1;

-- name: purge_outbox(before)!
-- Sent messages hold personal data: forget them.
DELETE FROM outbox WHERE state NOT IN ('queued', 'sending', 'held') AND created_at < :before;

-- name: answers_waiting(chat, n)$
-- How many answers wait for one chat? Counted no further than asked for.
SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE state = 'queued' AND chat_id = :chat AND priority <= 0 LIMIT :n) AS few;

-- name: broadcasts_waiting(now, n)$
-- How many messages to many may leave now? Counted no further than asked for.
SELECT COUNT(*) FROM (
    SELECT 1 FROM outbox WHERE state = 'queued' AND priority = 2 AND due_at <= :now LIMIT :n
) AS few;

-- name: rest_messages(now, until, since)!
-- The quiet hours have begun: messages to many wait for the morning, but for those of broadcasts that go at once and the
-- board, which rings nowhere.
UPDATE outbox SET due_at = :until
WHERE state = 'queued' AND priority = 2 AND due_at <= :now AND NOT (key >= 'board:' AND key < 'board;') AND NOT EXISTS (
    SELECT 1 FROM broadcasts b WHERE b.at_once = 1 AND b.created_at >= :since
      AND outbox.key >= 'b:' || b.id || ':' AND outbox.key < 'b:' || b.id || ';'
);

-- name: outbox_depth()
-- How much waits, by priority.
SELECT priority, COUNT(*) AS n FROM outbox WHERE state = 'queued' GROUP BY priority ORDER BY priority;
