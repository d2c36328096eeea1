-- depends: 0001_first_orders
-- What a product is made of, its pictures in order (a video stands alone), who wants it before it opens, the shop's own
-- wordings, and a sheet that somebody sent back and has not confirmed yet.
ALTER TABLE products ADD COLUMN materials TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN sizes TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN care TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN kind TEXT NOT NULL DEFAULT 'photo';

CREATE TABLE gallery (
    product_id  TEXT NOT NULL REFERENCES products (id),
    position    BIGINT NOT NULL,
    media_id    TEXT NOT NULL REFERENCES media (id),
    PRIMARY KEY (product_id, position)
);
INSERT INTO gallery (product_id, position, media_id)
SELECT p.id, 0, m.id FROM products p JOIN media m ON m.id = p.media_id;
ALTER TABLE products DROP COLUMN media_id;

CREATE TABLE interests (
    product_id  TEXT NOT NULL REFERENCES products (id),
    person_id   BIGINT NOT NULL,
    wanted_at   TEXT NOT NULL,
    PRIMARY KEY (product_id, person_id)
);
CREATE INDEX interests_of_person ON interests (person_id);

CREATE TABLE wordings (
    kind        TEXT NOT NULL,
    locale      TEXT NOT NULL,
    body        TEXT NOT NULL,
    written_by  BIGINT NOT NULL,
    written_at  TEXT NOT NULL,
    PRIMARY KEY (kind, locale)
);

CREATE TABLE sheets_sent (
    id          TEXT PRIMARY KEY,
    person_id   BIGINT NOT NULL,
    content     TEXT NOT NULL,
    sent_at     TEXT NOT NULL
);
