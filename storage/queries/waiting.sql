-- name: join_line(id, batch, variant, person, wanted, now)!
-- Stand at the end of a batch's line; somebody who stands in it for this variant stays where they are. The caller holds the batch still.
INSERT INTO waiting (id, batch_id, variant_id, person_id, place, wanted, state, joined_at, state_at)
SELECT :id, :batch, :variant, CAST(:person AS BIGINT), COALESCE(MAX(place), 0) + 1, CAST(:wanted AS BIGINT), 'waiting', :now, :now
FROM waiting WHERE batch_id = :batch
ON CONFLICT DO NOTHING;

-- name: waiting_place(id)^
-- One place in a line.
SELECT id, batch_id, variant_id, person_id, place, wanted, offered, state, offer_until FROM waiting WHERE id = :id;

-- name: waiting_for(batch, variant, person)$
-- Where does somebody stand in line for this variant?
SELECT id FROM waiting
WHERE batch_id = :batch AND variant_id = :variant AND person_id = :person AND state IN ('waiting', 'offered');

-- name: is_anybody_waiting(batch)$
-- Does anybody wait for an offer?
SELECT 1 FROM waiting WHERE batch_id = :batch AND state = 'waiting' LIMIT 1;

-- name: line_of(batch)
-- Who waits for an offer, first come first; those who block the bot cannot be asked.
SELECT w.id, w.batch_id, w.variant_id, w.person_id, w.place, w.wanted, w.offered, w.state, w.offer_until
FROM waiting w JOIN people p ON p.id = w.person_id
WHERE w.batch_id = :batch AND w.state = 'waiting' AND p.reachable = 1 ORDER BY w.place;

-- name: whole_line_of(batch)
-- Everybody who stands in a batch's line, asked or not.
SELECT id, batch_id, variant_id, person_id, place, wanted, offered, state, offer_until FROM waiting
WHERE batch_id = :batch AND state IN ('waiting', 'offered') ORDER BY place;

-- name: places_of(person)
-- Where somebody stands in line.
SELECT id, batch_id, variant_id, person_id, place, wanted, offered, state, offer_until FROM waiting
WHERE person_id = :person AND state IN ('waiting', 'offered') ORDER BY joined_at, place;

-- name: offers_to(batch, person)
-- Slots that are kept for somebody in a batch.
SELECT id, batch_id, variant_id, person_id, place, wanted, offered, state, offer_until FROM waiting
WHERE person_id = :person AND batch_id = :batch AND state = 'offered' ORDER BY place;

-- name: people_before(batch, place)$
-- How many stand before this place?
SELECT COUNT(*) FROM waiting WHERE batch_id = :batch AND place < :place AND state IN ('waiting', 'offered');

-- name: line_length(batch)^
-- How many people stand in a batch's line, for how many pieces?
SELECT COUNT(*) AS people, CAST(COALESCE(SUM(wanted), 0) AS BIGINT) AS pieces FROM waiting
WHERE batch_id = :batch AND state IN ('waiting', 'offered');

-- name: offer_slots(id, n, until, now)!
-- Guarded: slots are kept for somebody who waits, until a moment.
UPDATE waiting SET state = 'offered', offered = :n, offer_until = :until, state_at = :now
WHERE id = :id AND state = 'waiting';

-- name: leave_line(id, before, after, now)!
-- Guarded: a place in line ends, once.
UPDATE waiting SET state = :after, state_at = :now WHERE id = :id AND state = :before;

-- name: leave_all_lines(person, now)!
-- Somebody who waits for nothing any more, also where a batch that has closed may be opened for longer.
UPDATE waiting SET state = 'left', state_at = :now WHERE person_id = :person AND state IN ('waiting', 'ended');

-- name: go_on_with_line(batch, now)!
-- A batch that had closed takes orders again: whoever stood in its line stands where they stood. A place that somebody
-- has twice goes on once.
UPDATE waiting SET state = 'waiting', offered = 0, offer_until = '', state_at = :now
WHERE batch_id = :batch AND state = 'ended' AND NOT EXISTS (
    SELECT 1 FROM waiting AS other
    WHERE other.batch_id = waiting.batch_id AND other.variant_id = waiting.variant_id
      AND other.person_id = waiting.person_id
      AND (other.state IN ('waiting', 'offered') OR (other.state = 'ended' AND other.place < waiting.place))
);
