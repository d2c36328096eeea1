-- depends: 0004_batches
-- What becomes of a batch: the decision below its minimum, and places among the first orders.

-- '' (none needed), 'asked' while the batch is closed below its minimum, then 'extended', 'goes_on' or 'cancelled'.
ALTER TABLE batches ADD COLUMN decision TEXT NOT NULL DEFAULT '';

-- The place an order has among the first ones, and what it gets for it: total = lines + shipping - discount.
ALTER TABLE orders ADD COLUMN tier BIGINT;
ALTER TABLE orders ADD COLUMN discount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN gift TEXT NOT NULL DEFAULT '';
