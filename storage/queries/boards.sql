-- name: board(chat)^
-- The board of a channel or group, once it was looked at.
SELECT is_on, shows_target, wants_anew, doing, number, message_id, posted_at, said, said_at, trouble
FROM boards WHERE chat = :chat;

-- name: put_board(chat)!
-- The board of a channel or group is known from now on.
INSERT INTO boards (chat) VALUES (:chat) ON CONFLICT (chat) DO NOTHING;

-- name: switch_board(chat, is_on, shows_target)!
-- What the seller wants of it.
UPDATE boards SET is_on = :is_on, shows_target = :shows_target WHERE chat = :chat;

-- name: renew_board(chat, anew)!
-- The seller wants it as the newest message again, or has it.
UPDATE boards SET wants_anew = :anew WHERE chat = :chat;

-- name: move_board(chat, before, doing, number, message_id, posted_at, said, said_at, trouble)!
-- Guarded by the number of its latest message: of two processes that look at once, one moves it.
UPDATE boards SET doing = :doing, number = :number, message_id = :message_id, posted_at = :posted_at, said = :said,
    said_at = :said_at, trouble = :trouble
WHERE chat = :chat AND number = :before;

-- name: outcome(key)^
-- What became of the message with this key?
SELECT state, message_id, error FROM outbox WHERE key = :key;
