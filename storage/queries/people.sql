-- name: person(id)^
-- Who is this, and what do we know of them?
SELECT id, first_name, username, locale, locale_own, subscribed, reachable FROM people WHERE id = :id;

-- name: meet_person(id, first_name, username, locale, now)!
-- Somebody wrote: remember them, and that they can be reached.
INSERT INTO people (id, first_name, username, locale, created_at, seen_at)
VALUES (:id, :first_name, :username, :locale, :now, :now)
ON CONFLICT (id) DO UPDATE SET
    first_name = excluded.first_name,
    username = excluded.username,
    locale = CASE WHEN people.locale_own = 1 THEN people.locale ELSE excluded.locale END,
    reachable = 1,
    seen_at = excluded.seen_at;

-- name: set_locale(id, locale)!
-- The person chose their language.
UPDATE people SET locale = :locale, locale_own = 1 WHERE id = :id;

-- name: set_subscribed(id, subscribed)!
-- May announcements and reminders be sent to this person?
UPDATE people SET subscribed = :subscribed WHERE id = :id;

-- name: set_unreachable(id)!
-- The person blocked the bot.
UPDATE people SET reachable = 0 WHERE id = :id;

-- name: subscribers_after(cursor, n)
-- The next people an announcement goes to.
SELECT id, first_name, locale FROM people
WHERE id > :cursor AND subscribed = 1 AND reachable = 1 ORDER BY id LIMIT :n;

-- name: subscribers_without_order_after(cursor, batch, n)
-- The next people a close reminder goes to: those who have not ordered in this batch.
SELECT p.id, p.first_name, p.locale FROM people p
WHERE p.id > :cursor AND p.subscribed = 1 AND p.reachable = 1
  AND NOT EXISTS (
    SELECT 1 FROM orders o
    WHERE o.person_id = p.id AND o.batch_id = :batch AND o.state IN ('held', 'confirmed', 'shipped')
  )
ORDER BY p.id LIMIT :n;

-- name: session(person)^
-- Where is this person, and at which revision are the buttons of their screen?
SELECT revision, step FROM sessions WHERE person_id = :person;

-- name: put_session(person, revision, step, now)!
-- The person moved (or stayed): their older buttons are stale from now on.
INSERT INTO sessions (person_id, revision, step, updated_at) VALUES (:person, :revision, :step, :now)
ON CONFLICT (person_id) DO UPDATE SET revision = excluded.revision, step = excluded.step, updated_at = excluded.updated_at;

-- name: unfinished_after(cursor, since, before, n)
-- The next people who moved in a conversation since a moment and have not written from another moment on.
SELECT p.id, p.first_name, p.username, p.locale, p.subscribed, p.reachable FROM sessions s JOIN people p ON p.id = s.person_id
WHERE s.person_id > :cursor AND s.updated_at >= :since AND p.seen_at < :before AND p.reachable = 1
ORDER BY s.person_id LIMIT :n;

-- name: put_audit(id, now, person, action, subject, allowed)!
-- Who did what that changed money, orders or batches, or was refused it?
INSERT INTO audit (id, at, person_id, action, subject, allowed) VALUES (:id, :now, :person, :action, :subject, :allowed);

-- name: known(name)$
-- A single remembered value (the bot's own name, the last alert).
SELECT value FROM known WHERE name = :name;

-- name: put_known(name, value)!
-- Remember a single value.
INSERT INTO known (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: put_offered(person, name, action, now)!
-- A button was shown to this person; typing its label does what pressing it does. The latest of a name counts.
INSERT INTO offered (person_id, name, action, offered_at) VALUES (:person, :name, :action, :now)
ON CONFLICT (person_id, name) DO UPDATE SET action = excluded.action, offered_at = excluded.offered_at;

-- name: offered(person, name)$
-- Which button is meant by what was typed?
SELECT action FROM offered WHERE person_id = :person AND name = :name;

-- name: offered_beside_screen(person, name)$
-- Was this button shown after the screen that the person is on?
SELECT 1 FROM offered WHERE person_id = :person AND name = :name
  AND offered_at >= COALESCE((SELECT updated_at FROM sessions WHERE person_id = :person), '');

-- name: forget_offered(before)!
-- Old buttons are pressed, not typed.
DELETE FROM offered WHERE offered_at < :before;
