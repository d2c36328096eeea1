-- name: terms_now()^
-- The shop's terms as they stand.
SELECT version, text, set_at FROM terms ORDER BY version DESC LIMIT 1;

-- name: put_terms(version, text, by, now)!
-- The next version; of two sellers who write the same one, one is first.
INSERT INTO terms (version, text, set_by, set_at) VALUES (:version, :text, :by, :now) ON CONFLICT (version) DO NOTHING;
