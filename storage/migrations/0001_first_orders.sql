-- The common subset of SQLite and PostgreSQL. Moments are UTC text that sorts (2026-11-25T03:00:00.000000Z), money is
-- whole rupiah, ids are made in Python. BYTEA is a blob in both.

CREATE TABLE people (
    id          BIGINT PRIMARY KEY,
    first_name  TEXT NOT NULL,
    username    TEXT NOT NULL DEFAULT '',
    locale      TEXT NOT NULL,
    locale_own  INTEGER NOT NULL DEFAULT 0,
    subscribed  INTEGER NOT NULL DEFAULT 1,
    reachable   INTEGER NOT NULL DEFAULT 1,
    created_at  TEXT NOT NULL,
    seen_at     TEXT NOT NULL
);

CREATE TABLE sessions (
    person_id   BIGINT PRIMARY KEY,
    revision    BIGINT NOT NULL,
    step        TEXT NOT NULL,
    updated_at  TEXT NOT NULL
);

CREATE TABLE addresses (
    id          TEXT PRIMARY KEY,
    person_id   BIGINT NOT NULL,
    recipient   TEXT NOT NULL,
    phone       TEXT NOT NULL,
    street      TEXT NOT NULL,
    used_at     TEXT NOT NULL,
    UNIQUE (person_id, recipient, phone, street)
);

CREATE TABLE media (
    id          TEXT PRIMARY KEY,
    content     BYTEA,
    file_id     TEXT NOT NULL DEFAULT '',
    CHECK (content IS NOT NULL OR file_id <> '')
);

CREATE TABLE products (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    media_id    TEXT NOT NULL DEFAULT '',
    position    BIGINT NOT NULL,
    archived    INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE variants (
    id          TEXT PRIMARY KEY,
    product_id  TEXT NOT NULL REFERENCES products (id),
    name        TEXT NOT NULL,
    price       BIGINT NOT NULL CHECK (price > 0),
    weight      BIGINT NOT NULL DEFAULT 0,
    quota       BIGINT,
    position    BIGINT NOT NULL,
    archived    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX variants_of_product ON variants (product_id);

CREATE TABLE batches (
    id              TEXT PRIMARY KEY,
    title           TEXT NOT NULL,
    state           TEXT NOT NULL,
    quota           BIGINT NOT NULL,
    taken           BIGINT NOT NULL DEFAULT 0,
    minimum         BIGINT NOT NULL DEFAULT 1,
    maximum         BIGINT,
    dp_rule         TEXT NOT NULL,
    hold_minutes    BIGINT NOT NULL,
    opens_at        TEXT NOT NULL,
    closes_at       TEXT NOT NULL,
    production_days BIGINT NOT NULL,
    stage           TEXT NOT NULL DEFAULT '',
    close_reason    TEXT NOT NULL DEFAULT '',
    created_by      BIGINT NOT NULL,
    created_at      TEXT NOT NULL,
    state_at        TEXT NOT NULL,
    CHECK (taken >= 0 AND taken <= quota)
);
CREATE INDEX batches_at_work ON batches (created_at) WHERE state NOT IN ('done', 'cancelled');

CREATE TABLE offers (
    batch_id    TEXT NOT NULL REFERENCES batches (id),
    variant_id  TEXT NOT NULL,
    product_id  TEXT NOT NULL,
    product     TEXT NOT NULL,
    variant     TEXT NOT NULL,
    price       BIGINT NOT NULL CHECK (price > 0),
    weight      BIGINT NOT NULL,
    quota       BIGINT,
    taken       BIGINT NOT NULL DEFAULT 0,
    position    BIGINT NOT NULL,
    PRIMARY KEY (batch_id, variant_id),
    CHECK (taken >= 0 AND (quota IS NULL OR taken <= quota))
);

CREATE TABLE buyer_slots (
    batch_id    TEXT NOT NULL,
    person_id   BIGINT NOT NULL,
    pieces      BIGINT NOT NULL CHECK (pieces >= 0),
    PRIMARY KEY (batch_id, person_id)
);

CREATE TABLE orders (
    id          TEXT PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    draft_id    TEXT NOT NULL UNIQUE,
    batch_id    TEXT NOT NULL REFERENCES batches (id),
    person_id   BIGINT NOT NULL,
    state       TEXT NOT NULL,
    total       BIGINT NOT NULL CHECK (total > 0),
    first_due   BIGINT NOT NULL CHECK (first_due >= 0 AND first_due <= total),
    hold_until  TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    phone       TEXT NOT NULL,
    street      TEXT NOT NULL,
    courier     TEXT NOT NULL DEFAULT '',
    tracking    TEXT NOT NULL DEFAULT '',
    placed_at   TEXT NOT NULL,
    state_at    TEXT NOT NULL
);
CREATE INDEX orders_of_batch ON orders (batch_id, placed_at);
CREATE INDEX orders_of_person ON orders (person_id, placed_at);

CREATE TABLE lines (
    order_id    TEXT NOT NULL REFERENCES orders (id),
    position    BIGINT NOT NULL,
    variant_id  TEXT NOT NULL,
    product     TEXT NOT NULL,
    variant     TEXT NOT NULL,
    price       BIGINT NOT NULL CHECK (price > 0),
    quantity    BIGINT NOT NULL CHECK (quantity > 0),
    wish        TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);

CREATE TABLE payments (
    id              TEXT PRIMARY KEY,
    order_id        TEXT,
    person_id       BIGINT NOT NULL,
    state           TEXT NOT NULL,
    amount          BIGINT NOT NULL DEFAULT 0 CHECK (amount >= 0),
    expected        BIGINT NOT NULL DEFAULT 0,
    file_kind       TEXT NOT NULL,
    file_id         TEXT NOT NULL,
    file_unique_id  TEXT NOT NULL,
    update_id       BIGINT NOT NULL UNIQUE,
    created_at      TEXT NOT NULL,
    judged_by       BIGINT,
    judged_at       TEXT,
    reason          TEXT NOT NULL DEFAULT '',
    CHECK (state <> 'confirmed' OR (amount > 0 AND order_id IS NOT NULL))
);
CREATE INDEX payments_of_order ON payments (order_id);
CREATE INDEX payments_waiting ON payments (created_at) WHERE state = 'claimed';
CREATE INDEX payments_of_person ON payments (person_id, state);
CREATE INDEX payments_of_file ON payments (file_unique_id);

CREATE TABLE due (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    due_at      TEXT NOT NULL,
    state       TEXT NOT NULL,
    done_at     TEXT,
    UNIQUE (kind, subject, due_at)
);
CREATE INDEX due_waiting ON due (due_at) WHERE state = 'waiting';

CREATE TABLE broadcasts (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    cursor      BIGINT NOT NULL,
    state       TEXT NOT NULL,
    created_at  TEXT NOT NULL
);
CREATE INDEX broadcasts_running ON broadcasts (created_at) WHERE state = 'running';

CREATE TABLE inbox (
    update_id   BIGINT PRIMARY KEY,
    chat_id     BIGINT NOT NULL,
    raw         TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state       TEXT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX inbox_new ON inbox (chat_id, update_id) WHERE state = 'new';

CREATE TABLE outbox (
    id          BIGINT PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    chat_id     BIGINT NOT NULL,
    priority    INTEGER NOT NULL,
    method      TEXT NOT NULL,
    params      TEXT NOT NULL,
    state       TEXT NOT NULL,
    due_at      TEXT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    error       TEXT NOT NULL DEFAULT '',
    message_id  BIGINT,
    created_at  TEXT NOT NULL,
    sent_at     TEXT
);
CREATE INDEX outbox_queued ON outbox (priority, id) WHERE state = 'queued';
CREATE INDEX outbox_of_chat ON outbox (chat_id, priority, id) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';

CREATE TABLE audit (
    id          TEXT PRIMARY KEY,
    at          TEXT NOT NULL,
    person_id   BIGINT NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    allowed     INTEGER NOT NULL
);

CREATE TABLE known (
    name        TEXT PRIMARY KEY,
    value       TEXT NOT NULL
);

-- Buttons that stand on their own, by what a person would type for them.
CREATE TABLE offered (
    person_id   BIGINT NOT NULL,
    name        TEXT NOT NULL,
    action      TEXT NOT NULL,
    offered_at  TEXT NOT NULL,
    PRIMARY KEY (person_id, name)
);

CREATE INDEX orders_placed ON orders (placed_at);
CREATE INDEX payments_judged ON payments (judged_at) WHERE state = 'confirmed';
