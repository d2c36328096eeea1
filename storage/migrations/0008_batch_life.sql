-- depends: 0004_batches
-- What becomes of a batch: the decision below its minimum, places among the first orders, dates that move, the board.

-- '' (none needed), 'asked' while the batch is closed below its minimum, then 'extended', 'goes_on' or 'cancelled'.
ALTER TABLE batches ADD COLUMN decision TEXT NOT NULL DEFAULT '';

-- The place an order has among the first ones, and what it gets for it: total = lines + shipping - discount.
ALTER TABLE orders ADD COLUMN tier BIGINT;
ALTER TABLE orders ADD COLUMN discount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN gift TEXT NOT NULL DEFAULT '';

-- A batch is ready later: days of the shop's calendar, why, and until when buyers may say whether they wait.
CREATE TABLE delays (
    id           TEXT PRIMARY KEY,
    batch_id     TEXT NOT NULL REFERENCES batches (id),
    old_day      TEXT NOT NULL,
    new_day      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    state        TEXT NOT NULL,
    answer_until TEXT NOT NULL,
    created_by   BIGINT NOT NULL,
    created_at   TEXT NOT NULL
);
CREATE UNIQUE INDEX delays_asking ON delays (batch_id) WHERE state = 'asking';

-- Who was asked, and what they said: '' (nothing yet), 'wait', 'cancel'.
CREATE TABLE delay_answers (
    delay_id    TEXT NOT NULL REFERENCES delays (id),
    order_id    TEXT NOT NULL REFERENCES orders (id),
    answer      TEXT NOT NULL DEFAULT '',
    answered_at TEXT NOT NULL DEFAULT '',
    reminded_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (delay_id, order_id)
);

-- The pinned message of a batch in a chat. `posted` counts its messages, `edited` the edits of the newest; `shown` is
-- the text that was sent last; `message_id` is known once it has arrived.
CREATE TABLE boards (
    batch_id    TEXT NOT NULL REFERENCES batches (id),
    chat        TEXT NOT NULL,
    state       TEXT NOT NULL,
    posted      BIGINT NOT NULL DEFAULT 0,
    edited      BIGINT NOT NULL DEFAULT 0,
    message_id  BIGINT,
    shown       TEXT NOT NULL DEFAULT '',
    sent_at     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch_id, chat)
);
