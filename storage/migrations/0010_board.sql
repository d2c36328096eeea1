-- depends: 0001_first_orders
-- The board: one message in a channel or group. The seller's switches; then where the message is, what it was last asked to
-- say and when, and what of it is on its way: `doing` is '', 'posting', 'editing' or 'pinning', `number` is the latest key's.
-- `trouble` is '', 'post' or 'pin': what the chat did not let us do, and the sellers were told.

CREATE TABLE boards (
    chat         TEXT PRIMARY KEY,
    is_on        INTEGER NOT NULL DEFAULT 1,
    shows_target INTEGER NOT NULL DEFAULT 0,
    wants_anew   INTEGER NOT NULL DEFAULT 0,
    doing        TEXT NOT NULL DEFAULT '',
    number       BIGINT NOT NULL DEFAULT 0,
    message_id   BIGINT,
    posted_at    TEXT NOT NULL DEFAULT '',
    said         TEXT NOT NULL DEFAULT '',
    said_at      TEXT NOT NULL DEFAULT '',
    trouble      TEXT NOT NULL DEFAULT ''
);
