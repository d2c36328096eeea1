-- depends: 0001_first_orders
-- A seller's own broadcasts, quiet hours, and the shop's rules for what is done by itself.

-- Not before `due_at` (empty: at once); `at_once` is not held back by the quiet hours. A seller's own broadcast keeps its
-- words, how many it was meant for, how many it was written out for, and when its progress was last told.
ALTER TABLE broadcasts ADD COLUMN due_at TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0;
ALTER TABLE broadcasts ADD COLUMN created_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broadcasts ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN photo TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN expected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broadcasts ADD COLUMN written BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broadcasts ADD COLUMN told_at TEXT NOT NULL DEFAULT '';
CREATE INDEX broadcasts_told ON broadcasts (created_at) WHERE kind = 'message' AND state IN ('running', 'written');

-- What the shop does by itself, where it differs from the default: on or off, at which hour of the shop's day (20:00),
-- how many days before or apart, how long before (3d,1d,3h).
CREATE TABLE rules (
    kind        TEXT PRIMARY KEY,
    is_on       INTEGER NOT NULL,
    at_hour     TEXT NOT NULL,
    days        BIGINT NOT NULL,
    lengths     TEXT NOT NULL
);

-- Who wants to be thought of: a birthday (05-14, never a year), and the day of the first order.
CREATE TABLE birthdays (
    person_id   BIGINT PRIMARY KEY,
    day         TEXT NOT NULL DEFAULT '',
    anniversary INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX birthdays_on ON birthdays (day);
