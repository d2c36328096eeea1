-- name: celebrations_of(person)^
-- What somebody wants to be thought of for; no row while they were never asked.
SELECT day, anniversary FROM birthdays WHERE person_id = :person;

-- name: offer_celebrations(person)!
-- They are asked, once.
INSERT INTO birthdays (person_id) VALUES (:person) ON CONFLICT (person_id) DO NOTHING;

-- name: set_birthday(person, day)!
-- Their day and month; empty forgets it.
INSERT INTO birthdays (person_id, day) VALUES (:person, :day)
ON CONFLICT (person_id) DO UPDATE SET day = excluded.day;

-- name: set_anniversary(person, wanted)!
-- Are they to be invited on the day of their first order?
INSERT INTO birthdays (person_id, anniversary) VALUES (:person, :wanted)
ON CONFLICT (person_id) DO UPDATE SET anniversary = excluded.anniversary;

-- name: is_any_birthday()$
-- Has anybody told their birthday?
SELECT 1 FROM birthdays WHERE day <> '' LIMIT 1;

-- name: is_any_anniversary()$
-- Does anybody want to be invited on the day of their first order?
SELECT 1 FROM birthdays WHERE anniversary = 1 LIMIT 1;

-- name: birthdays_between(cursor, first, last, n)
-- The next people who want news and can be reached, with a birthday between two days (over New Year the first is the
-- later one), and the last year for which they were invited.
SELECT p.id, p.first_name, p.locale, b.day AS since,
    COALESCE((SELECT MAX(i.year) FROM invited i WHERE i.person_id = p.id AND i.kind = 'birthday'), 0) AS invited
FROM birthdays b JOIN people p ON p.id = b.person_id
WHERE b.person_id > :cursor AND b.day <> '' AND p.subscribed = 1 AND p.reachable = 1
  AND ((:first <= :last AND b.day >= :first AND b.day <= :last) OR (:first > :last AND (b.day >= :first OR b.day <= :last)))
ORDER BY b.person_id LIMIT :n;

-- name: anniversaries_between(cursor, first, last, n)
-- The same for the moment of the first order that was paid for, by its day in UTC.
SELECT f.id, f.first_name, f.locale, f.since,
    COALESCE((SELECT MAX(i.year) FROM invited i WHERE i.person_id = f.id AND i.kind = 'anniversary'), 0) AS invited
FROM (
    SELECT p.id, p.first_name, p.locale, MIN(o.placed_at) AS since
    FROM birthdays b JOIN people p ON p.id = b.person_id
        JOIN orders o ON o.person_id = b.person_id AND o.state IN ('confirmed', 'shipped')
    WHERE b.person_id > :cursor AND b.anniversary = 1 AND p.subscribed = 1 AND p.reachable = 1
    GROUP BY p.id, p.first_name, p.locale
) AS f
WHERE (:first <= :last AND substr(f.since, 6, 5) >= :first AND substr(f.since, 6, 5) <= :last)
   OR (:first > :last AND (substr(f.since, 6, 5) >= :first OR substr(f.since, 6, 5) <= :last))
ORDER BY f.id LIMIT :n;

-- name: put_invited(person, kind, year, now)!
-- Guarded by its key: for one year somebody is invited once.
INSERT INTO invited (person_id, kind, year, invited_at) VALUES (:person, :kind, :year, :now)
ON CONFLICT (person_id, kind, year) DO NOTHING;
