-- name: rule(kind)^
-- What sellers have set for this kind, if anything.
SELECT is_on, at_hour, days, lengths FROM rules WHERE kind = :kind;

-- name: put_rule(kind, is_on, at_hour, days, lengths)!
-- From now on so.
INSERT INTO rules (kind, is_on, at_hour, days, lengths) VALUES (:kind, :is_on, :at_hour, :days, :lengths)
ON CONFLICT (kind) DO UPDATE SET is_on = excluded.is_on, at_hour = excluded.at_hour, days = excluded.days,
    lengths = excluded.lengths;

-- name: agenda(n, skip)
-- What comes next, with what it is about by name; the bot's own housekeeping left out.
SELECT d.id, d.kind, d.due_at, d.subject, COALESCE(b.title, o.code, '') AS about FROM due d
LEFT JOIN batches b ON b.id = d.subject LEFT JOIN orders o ON o.id = d.subject
WHERE d.state = 'waiting' AND d.kind NOT IN ('forget', 'catch_up')
ORDER BY d.due_at, d.id LIMIT :n OFFSET :skip;

-- name: agenda_item(id)^
-- One of them, while it is waited for.
SELECT d.id, d.kind, d.due_at, d.subject, COALESCE(b.title, o.code, '') AS about FROM due d
LEFT JOIN batches b ON b.id = d.subject LEFT JOIN orders o ON o.id = d.subject
WHERE d.id = :id AND d.state = 'waiting' AND d.kind NOT IN ('forget', 'catch_up');
