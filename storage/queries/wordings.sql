-- name: wordings()
-- All of the shop's own words.
SELECT kind, locale, body FROM wordings ORDER BY kind, locale;

-- name: wordings_of(kind)
-- The shop's own words for one message, in each language it has them.
SELECT kind, locale, body FROM wordings WHERE kind = :kind ORDER BY locale;

-- name: put_wording(kind, locale, body, by, now)!
-- These words from now on.
INSERT INTO wordings (kind, locale, body, written_by, written_at) VALUES (:kind, :locale, :body, :by, :now)
ON CONFLICT (kind, locale) DO UPDATE SET
    body = excluded.body, written_by = excluded.written_by, written_at = excluded.written_at;

-- name: drop_wording(kind, locale)!
-- Our words again.
DELETE FROM wordings WHERE kind = :kind AND locale = :locale;
