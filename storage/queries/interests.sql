-- name: add_interest(product, person, now)!
-- Somebody wants a product of the catalogue; wanting it twice is wanting it once.
INSERT INTO interests (product_id, person_id, wanted_at)
SELECT id, :person, :now FROM products WHERE id = :product AND archived = 0
ON CONFLICT (product_id, person_id) DO NOTHING;

-- name: drop_interest(product, person)!
-- They changed their mind.
DELETE FROM interests WHERE product_id = :product AND person_id = :person;

-- name: forget_interests(person)!
-- They want to hear of nothing more.
DELETE FROM interests WHERE person_id = :person;

-- name: settle_interests(order)!
-- Who ordered a product need not be told of it again.
DELETE FROM interests
WHERE person_id = (SELECT person_id FROM orders WHERE id = :order)
  AND product_id IN (
    SELECT f.product_id FROM orders o
    JOIN lines l ON l.order_id = o.id
    JOIN offers f ON f.batch_id = o.batch_id AND f.variant_id = l.variant_id
    WHERE o.id = :order
  );

-- name: interest_counts()
-- How many people who can be reached want each product.
SELECT i.product_id, COUNT(*) AS people FROM interests i JOIN people p ON p.id = i.person_id
WHERE p.reachable = 1 GROUP BY i.product_id;

-- name: interests_of(person)
-- What this person wants.
SELECT product_id FROM interests WHERE person_id = :person;

-- name: interested_after(batch, cursor, n)
-- The next reachable people who want something that this batch offers.
SELECT p.id, p.first_name, p.locale, p.subscribed FROM people p
WHERE p.id > :cursor AND p.reachable = 1
  AND EXISTS (
    SELECT 1 FROM interests i JOIN offers f ON f.product_id = i.product_id
    WHERE i.person_id = p.id AND f.batch_id = :batch
  )
ORDER BY p.id LIMIT :n;
