-- depends: 0001_first_orders
-- What a batch needs to go ahead and hopes for (rupiah, 0 is none), how long the parcels travel, who hears of it, and
-- what its first orders get. A holiday's own day and the courier's rest are the shop's, not a batch's.

ALTER TABLE batches ADD COLUMN minimum_total BIGINT NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN target BIGINT NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN shipping_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN audience TEXT NOT NULL DEFAULT 'everyone';

CREATE TABLE tiers (
    batch_id    TEXT NOT NULL REFERENCES batches (id),
    position    BIGINT NOT NULL,
    places      BIGINT NOT NULL CHECK (places > 0),
    kind        TEXT NOT NULL CHECK (kind IN ('gift', 'discount')),
    gift        TEXT NOT NULL DEFAULT '',
    discount    BIGINT NOT NULL DEFAULT 0,
    taken       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (batch_id, position),
    CHECK (taken >= 0 AND taken <= places),
    CHECK ((kind = 'gift' AND gift <> '' AND discount = 0) OR (kind = 'discount' AND gift = '' AND discount > 0))
);

CREATE TABLE holidays_moved (
    name        TEXT NOT NULL,
    year        BIGINT NOT NULL,
    day         TEXT NOT NULL,
    moved_by    BIGINT NOT NULL,
    moved_at    TEXT NOT NULL,
    PRIMARY KEY (name, year)
);
