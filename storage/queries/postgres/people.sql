-- name: session(person)^
-- Where is this person? Whoever asks is about to move them: one after the other, an answer and the clock alike.
SELECT revision, step FROM sessions WHERE person_id = :person FOR UPDATE;
