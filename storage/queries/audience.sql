-- name: audience_after(cursor, segment, subject, before, by, n)
-- The next people of a segment who want news and can be reached, met before a moment, without the one who writes.
SELECT p.id, p.first_name, p.username, p.locale FROM people p
WHERE p.id > :cursor AND p.subscribed = 1 AND p.reachable = 1 AND p.created_at <= :before AND p.id <> :by
  AND (:segment = 'everyone'
    OR (:segment = 'batch' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id AND o.batch_id = :subject
        AND o.state IN ('held', 'confirmed', 'shipped')))
    OR (:segment = 'unpaid' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id AND o.state = 'held'))
    OR (:segment = 'past' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id
        AND o.state IN ('confirmed', 'shipped')))
    OR (:segment = 'never' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id
        AND o.state IN ('held', 'confirmed', 'shipped')))
    OR (:segment = 'interest' AND EXISTS (SELECT 1 FROM interests i WHERE i.person_id = p.id
        AND i.product_id = :subject))
    OR (:segment = 'waiting' AND EXISTS (SELECT 1 FROM waiting w WHERE w.person_id = p.id AND w.batch_id = :subject
        AND w.state IN ('waiting', 'offered')))
    OR (:segment = 'city' AND EXISTS (SELECT 1 FROM addresses a WHERE a.person_id = p.id
        AND replace(lower(CASE WHEN a.city <> '' THEN a.city ELSE a.street END), :subject, '')
            <> lower(CASE WHEN a.city <> '' THEN a.city ELSE a.street END)))
    OR (:segment = 'city' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id
        AND o.state IN ('held', 'confirmed', 'shipped')
        AND replace(lower(CASE WHEN o.city <> '' THEN o.city ELSE o.street END), :subject, '')
            <> lower(CASE WHEN o.city <> '' THEN o.city ELSE o.street END))))
ORDER BY p.id LIMIT :n;

-- name: audience_sizes(segment, subject, by)^
-- How many are in a segment, and how many of them want news and can be reached?
SELECT COUNT(*) AS everybody, COALESCE(SUM(CASE WHEN p.subscribed = 1 AND p.reachable = 1 THEN 1 ELSE 0 END), 0) AS reached
FROM people p WHERE p.id <> :by
  AND (:segment = 'everyone'
    OR (:segment = 'batch' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id AND o.batch_id = :subject
        AND o.state IN ('held', 'confirmed', 'shipped')))
    OR (:segment = 'unpaid' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id AND o.state = 'held'))
    OR (:segment = 'past' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id
        AND o.state IN ('confirmed', 'shipped')))
    OR (:segment = 'never' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id
        AND o.state IN ('held', 'confirmed', 'shipped')))
    OR (:segment = 'interest' AND EXISTS (SELECT 1 FROM interests i WHERE i.person_id = p.id
        AND i.product_id = :subject))
    OR (:segment = 'waiting' AND EXISTS (SELECT 1 FROM waiting w WHERE w.person_id = p.id AND w.batch_id = :subject
        AND w.state IN ('waiting', 'offered')))
    OR (:segment = 'city' AND EXISTS (SELECT 1 FROM addresses a WHERE a.person_id = p.id
        AND replace(lower(CASE WHEN a.city <> '' THEN a.city ELSE a.street END), :subject, '')
            <> lower(CASE WHEN a.city <> '' THEN a.city ELSE a.street END)))
    OR (:segment = 'city' AND EXISTS (SELECT 1 FROM orders o WHERE o.person_id = p.id
        AND o.state IN ('held', 'confirmed', 'shipped')
        AND replace(lower(CASE WHEN o.city <> '' THEN o.city ELSE o.street END), :subject, '')
            <> lower(CASE WHEN o.city <> '' THEN o.city ELSE o.street END))));
