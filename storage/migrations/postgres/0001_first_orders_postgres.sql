-- depends: 0001_first_orders
-- Ranges of keys mean the order of their bytes, whatever language the database sorts in.
ALTER TABLE outbox ALTER COLUMN key TYPE TEXT COLLATE "C";
