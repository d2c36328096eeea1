-- depends: 0001_first_orders

-- Who works in the shop besides the owners, who are named in the settings.
CREATE TABLE staff (
    person_id   BIGINT PRIMARY KEY,
    role        TEXT NOT NULL CHECK (role IN ('admin', 'finance', 'production', 'shipping')),
    added_by    BIGINT NOT NULL,
    added_at    TEXT NOT NULL
);

-- Links by which somebody joins. The token itself is not kept: who reads the books cannot join by them.
CREATE TABLE invitations (
    id          TEXT PRIMARY KEY,
    token_hash  TEXT NOT NULL UNIQUE,
    role        TEXT NOT NULL CHECK (role IN ('admin', 'finance', 'production', 'shipping')),
    made_by     BIGINT NOT NULL,
    made_at     TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'used', 'withdrawn')),
    used_by     BIGINT,
    used_at     TEXT,
    CHECK ((state = 'used') = (used_by IS NOT NULL))
);
CREATE INDEX invitations_open ON invitations (expires_at) WHERE state = 'open';
