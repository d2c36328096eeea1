-- name: staff_role(person)$
-- What is this person on the staff?
SELECT role FROM staff WHERE person_id = :person;

-- name: staff_all()
-- Everybody on the staff, in the order in which they joined, with the name they had when they last wrote.
SELECT s.person_id, s.role, COALESCE(p.first_name, '') AS first_name, COALESCE(p.username, '') AS username
FROM staff s LEFT JOIN people p ON p.id = s.person_id ORDER BY s.added_at, s.person_id;

-- name: put_staff(person, role, by, now)!
-- Somebody joins, or takes another role by another invitation.
INSERT INTO staff (person_id, role, added_by, added_at) VALUES (:person, :role, :by, :now)
ON CONFLICT (person_id) DO UPDATE SET role = excluded.role, added_by = excluded.added_by, added_at = excluded.added_at;

-- name: change_staff_role(person, role)!
-- Somebody on the staff gets another role; no row when they are not on it, or have it.
UPDATE staff SET role = :role WHERE person_id = :person AND role <> :role;

-- name: drop_staff(person)!
-- Somebody leaves the staff; no row when they are not on it.
DELETE FROM staff WHERE person_id = :person;

-- name: put_invitation(id, token_hash, role, by, now, expires_at)!
-- A link was made by which one person may join.
INSERT INTO invitations (id, token_hash, role, made_by, made_at, expires_at, state)
VALUES (:id, :token_hash, :role, :by, :now, :expires_at, 'open');

-- name: use_invitation(token_hash, person, now)^
-- Take the place that a link offers, if nobody has and it still counts: for which role, and who made it?
UPDATE invitations SET state = 'used', used_by = :person, used_at = :now
WHERE token_hash = :token_hash AND state = 'open' AND expires_at > :now
RETURNING role, made_by;

-- name: open_invitations(now)
-- Which links could still be used, oldest first?
SELECT id, role, expires_at FROM invitations WHERE state = 'open' AND expires_at > :now ORDER BY expires_at, id;

-- name: withdraw_invitation(id)!
-- A link is not to be used any more; no row when it was used or withdrawn before.
UPDATE invitations SET state = 'withdrawn' WHERE id = :id AND state = 'open';
