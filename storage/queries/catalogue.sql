-- name: products()
-- The catalogue, in the shop's order.
SELECT id, name, description, media_id FROM products WHERE archived = 0 ORDER BY position, id;

-- name: variants()
-- The variants of all products that are on show.
SELECT v.id, v.product_id, v.name, v.price, v.weight, v.quota FROM variants v
JOIN products p ON p.id = v.product_id
WHERE v.archived = 0 AND p.archived = 0 ORDER BY p.position, v.position, v.id;

-- name: product(id)^
-- One product with its photo.
SELECT id, name, description, media_id, archived FROM products WHERE id = :id;

-- name: variants_ever(product)
-- Every variant a product ever had, to recognise one that comes back.
SELECT id, name FROM variants WHERE product_id = :product;

-- name: put_product(id, name, description, media, position)!
-- Add a product or change it; its photo stays when none is given.
INSERT INTO products (id, name, description, media_id, position) VALUES (:id, :name, :description, :media, :position)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    description = excluded.description,
    media_id = CASE WHEN excluded.media_id = '' THEN products.media_id ELSE excluded.media_id END,
    position = excluded.position,
    archived = 0;

-- name: put_variant(id, product, name, price, weight, quota, position)!
-- Add a variant or change it.
INSERT INTO variants (id, product_id, name, price, weight, quota, position)
VALUES (:id, :product, :name, :price, :weight, :quota, :position)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, price = excluded.price, weight = excluded.weight, quota = excluded.quota,
    position = excluded.position, archived = 0;

-- name: archive_variants(product)!
-- Take all variants of a product off show; those still sold are put back.
UPDATE variants SET archived = 1 WHERE product_id = :product;

-- name: archive_product(id)!
-- Take a product off show.
UPDATE products SET archived = 1 WHERE id = :id AND archived = 0;

-- name: last_position()$
-- Where does the next product stand?
SELECT COALESCE(MAX(position), 0) FROM products;

-- name: media(id)^
-- A picture: its bytes, and Telegram's file_id once it was uploaded.
SELECT id, content, file_id FROM media WHERE id = :id;

-- name: put_media(id, content, file_id)!
-- Keep a picture.
INSERT INTO media (id, content, file_id) VALUES (:id, :content, :file_id) ON CONFLICT (id) DO NOTHING;

-- name: set_media_file(id, file_id)!
-- Telegram has the picture now: next time its id is enough.
UPDATE media SET file_id = :file_id WHERE id = :id;

-- name: forget_media_files()!
-- Another bot, another Telegram: the file ids mean nothing there, the bytes do.
UPDATE media SET file_id = '' WHERE content IS NOT NULL;
