-- name: put_sheet(id, person, content, now)!
-- Keep what a sheet says until it is confirmed.
INSERT INTO sheets_sent (id, person_id, content, sent_at) VALUES (:id, :person, :content, :now);

-- name: sheet(id)$
-- What does this sheet say?
SELECT content FROM sheets_sent WHERE id = :id;

-- name: drop_sheet(id)!
-- The sheet was applied.
DELETE FROM sheets_sent WHERE id = :id;

-- name: drop_sheets_of(person)!
-- A newer sheet takes the place of the one before.
DELETE FROM sheets_sent WHERE person_id = :person;
