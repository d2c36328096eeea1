-- depends: 0001_first_orders

-- Money that has to go back. An order's paid money is what was confirmed less what is here and not withdrawn.
CREATE TABLE refunds (
    id          TEXT PRIMARY KEY,
    order_id    TEXT NOT NULL REFERENCES orders (id),
    person_id   BIGINT NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount > 0),
    reason      TEXT NOT NULL,
    cause       TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    settled_by  BIGINT,
    settled_at  TEXT,
    file_kind   TEXT NOT NULL DEFAULT '',
    file_id     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX refunds_of_order ON refunds (order_id);
CREATE INDEX refunds_owed ON refunds (created_at) WHERE state = 'owed';

-- The line for slots that come back. `offered` slots are taken in batches, offers and buyer_slots while state is 'offered'.
CREATE TABLE waiting (
    id          TEXT PRIMARY KEY,
    batch_id    TEXT NOT NULL REFERENCES batches (id),
    variant_id  TEXT NOT NULL,
    person_id   BIGINT NOT NULL,
    place       BIGINT NOT NULL,
    wanted      BIGINT NOT NULL CHECK (wanted > 0),
    offered     BIGINT NOT NULL DEFAULT 0,
    state       TEXT NOT NULL,
    joined_at   TEXT NOT NULL,
    offer_until TEXT NOT NULL DEFAULT '',
    state_at    TEXT NOT NULL,
    UNIQUE (batch_id, place),
    CHECK (offered >= 0 AND offered <= wanted AND (state <> 'offered' OR offered > 0))
);
CREATE UNIQUE INDEX waiting_once ON waiting (batch_id, variant_id, person_id) WHERE state IN ('waiting', 'offered');
CREATE INDEX waiting_of_person ON waiting (person_id) WHERE state IN ('waiting', 'offered');

-- The shop's terms; an order keeps the version that was accepted, and when.
CREATE TABLE terms (
    version     BIGINT PRIMARY KEY,
    text        TEXT NOT NULL,
    set_by      BIGINT NOT NULL,
    set_at      TEXT NOT NULL
);
ALTER TABLE orders ADD COLUMN terms_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN terms_at TEXT NOT NULL DEFAULT '';
