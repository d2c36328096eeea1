-- depends: 0001_first_orders
-- A batch's dates moved later: what they were and are, why, and what the buyer of each order said to it.

-- 'asked' is the one that counts; a later delay of the same batch makes it 'superseded'.
CREATE TABLE delays (
    id                      TEXT PRIMARY KEY,
    batch_id                TEXT NOT NULL REFERENCES batches (id),
    state                   TEXT NOT NULL CHECK (state IN ('asked', 'superseded')),
    closes_at_before        TEXT NOT NULL,
    closes_at               TEXT NOT NULL,
    production_days_before  BIGINT NOT NULL,
    production_days         BIGINT NOT NULL,
    shipping_days_before    BIGINT NOT NULL,
    shipping_days           BIGINT NOT NULL,
    reason                  TEXT NOT NULL CHECK (reason <> ''),
    made_by                 BIGINT NOT NULL,
    made_at                 TEXT NOT NULL
);
CREATE UNIQUE INDEX delays_asked ON delays (batch_id) WHERE state = 'asked';

-- One row for each order that was asked; the moments say what its buyer answered. Who waits may still cancel.
CREATE TABLE delay_answers (
    delay_id     TEXT NOT NULL REFERENCES delays (id),
    order_id     TEXT NOT NULL REFERENCES orders (id),
    asked_at     TEXT NOT NULL,
    reminded_at  TEXT NOT NULL DEFAULT '',
    waits_at     TEXT NOT NULL DEFAULT '',
    cancelled_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (delay_id, order_id)
);
CREATE INDEX delay_answers_of_order ON delay_answers (order_id);
