-- name: update_raw(id)$
-- What arrived, if it still waits and is the oldest of its chat. A worker that is at it has the row; nobody waits for it.
SELECT i.raw FROM inbox i WHERE i.update_id = :id AND i.state = 'new' AND NOT EXISTS (
    SELECT 1 FROM inbox p WHERE p.chat_id = i.chat_id AND p.state = 'new' AND p.update_id < i.update_id
)
FOR UPDATE OF i SKIP LOCKED;
