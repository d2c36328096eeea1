-- depends: 0001_first_orders
-- Addresses in parts, and what the courier takes. What was written before stays as it was: all in `street`, the parts
-- empty, the shipping cost 0 and settled outside the bot.

ALTER TABLE addresses ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN rt_rw TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN village TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN district TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN province TEXT NOT NULL DEFAULT '';
ALTER TABLE addresses ADD COLUMN postcode TEXT NOT NULL DEFAULT '';

ALTER TABLE orders ADD COLUMN rt_rw TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN village TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN district TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN city TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN province TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
-- 'outside' the bot, by 'zone', 'free', 'pickup', 'later' (not known yet), 'told' (was later)
ALTER TABLE orders ADD COLUMN shipping_kind TEXT NOT NULL DEFAULT 'outside';
ALTER TABLE orders ADD COLUMN shipping BIGINT NOT NULL DEFAULT 0;
CREATE INDEX orders_of_city ON orders (city, person_id);
CREATE INDEX orders_without_shipping ON orders (placed_at) WHERE shipping_kind = 'later';

-- How the shop sends: one row, of which there may be none yet.
CREATE TABLE shipping_rule (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    way          TEXT NOT NULL,
    pickup       TEXT NOT NULL DEFAULT '',
    free_above   BIGINT NOT NULL DEFAULT 0 CHECK (free_above >= 0)
);

-- Rupiah a kilogram to a city, to a whole province (city ''), or to everywhere else (both '').
CREATE TABLE shipping_zones (
    province    TEXT NOT NULL,
    city        TEXT NOT NULL,
    price       BIGINT NOT NULL CHECK (price >= 0),
    position    BIGINT NOT NULL,
    PRIMARY KEY (province, city)
);
