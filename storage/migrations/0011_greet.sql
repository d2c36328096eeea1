-- depends: 0007_broadcasts
-- Who was invited for their birthday, or the day of their first order, of a year: nobody is invited twice for one.
CREATE TABLE invited (
    person_id   BIGINT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('birthday', 'anniversary')),
    year        BIGINT NOT NULL,
    invited_at  TEXT NOT NULL,
    PRIMARY KEY (person_id, kind, year)
);
