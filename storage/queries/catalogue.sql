-- name: products(archived)
-- The catalogue in the shop's order: what is on show (0), or what was archived (1).
SELECT id, name, description, materials, sizes, care, archived FROM products
WHERE archived = :archived ORDER BY position, id;

-- name: variants(archived)
-- The variants of all products that are on show, or archived.
SELECT v.id, v.product_id, v.name, v.price, v.weight, v.quota FROM variants v
JOIN products p ON p.id = v.product_id
WHERE v.archived = 0 AND p.archived = :archived ORDER BY p.position, v.position, v.id;

-- name: galleries(archived)
-- The pictures of all products that are on show, or archived, in order.
SELECT g.product_id, m.id, m.kind FROM gallery g
JOIN media m ON m.id = g.media_id
JOIN products p ON p.id = g.product_id
WHERE p.archived = :archived ORDER BY g.product_id, g.position;

-- name: gallery(product)
-- The pictures of one product, in order.
SELECT m.id, m.kind FROM gallery g JOIN media m ON m.id = g.media_id WHERE g.product_id = :product ORDER BY g.position;

-- name: clear_gallery(product)!
-- A product without pictures.
DELETE FROM gallery WHERE product_id = :product;

-- name: put_in_gallery(product, position, media)!
-- One more picture of a product.
INSERT INTO gallery (product_id, position, media_id) VALUES (:product, :position, :media);

-- name: product_on_show(id)$
-- Is this product on show?
SELECT 1 FROM products WHERE id = :id AND archived = 0;

-- name: variants_ever(product)
-- Every variant a product ever had, to recognise one that comes back.
SELECT id, name FROM variants WHERE product_id = :product;

-- name: put_product(id, name, description, materials, sizes, care, position)!
-- Add a product behind all others, or change it where it stands; either way it is on show.
INSERT INTO products (id, name, description, materials, sizes, care, position)
VALUES (:id, :name, :description, :materials, :sizes, :care, :position)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    description = excluded.description,
    materials = excluded.materials,
    sizes = excluded.sizes,
    care = excluded.care,
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

-- name: restore_product(id)!
-- Put an archived product on show again.
UPDATE products SET archived = 0 WHERE id = :id AND archived = 1;

-- name: change_product(id, name, description, materials, sizes, care)!
-- Change the words of a product that is on show.
UPDATE products SET name = :name, description = :description, materials = :materials, sizes = :sizes, care = :care
WHERE id = :id AND archived = 0;

-- name: place_product(id, position)!
-- Where a product stands in the shop's order.
UPDATE products SET position = :position WHERE id = :id;

-- name: change_variant(id, name, price, weight, quota)!
-- Change a variant that is on show; batches that run keep what they promised.
UPDATE variants SET name = :name, price = :price, weight = :weight, quota = :quota WHERE id = :id AND archived = 0;

-- name: place_variant(id, position)!
-- Where a variant stands in its product.
UPDATE variants SET position = :position WHERE id = :id;

-- name: archive_variant(id)!
-- Take a variant off show, unless it is the product's last.
UPDATE variants SET archived = 1
WHERE id = :id AND archived = 0
  AND EXISTS (SELECT 1 FROM variants o WHERE o.product_id = variants.product_id AND o.archived = 0 AND o.id <> variants.id);

-- name: last_position()$
-- Where does the next product stand?
SELECT COALESCE(MAX(position), 0) FROM products;

-- name: media(id)^
-- A picture: its bytes, and Telegram's file_id once it was uploaded.
SELECT id, content, file_id, kind FROM media WHERE id = :id;

-- name: count_media(id)$
-- Is this a picture of ours? Its bytes are not read.
SELECT COUNT(*) FROM media WHERE id = :id;

-- name: put_media(id, content, file_id, kind)!
-- Keep a picture.
INSERT INTO media (id, content, file_id, kind) VALUES (:id, :content, :file_id, :kind) ON CONFLICT (id) DO NOTHING;

-- name: set_media_file(id, file_id)!
-- Telegram has the picture now: next time its id is enough.
UPDATE media SET file_id = :file_id, content = CASE WHEN kind = 'document' AND :file_id <> '' THEN NULL ELSE content END
WHERE id = :id;

-- name: forget_media_files()!
-- Another bot, another Telegram: the file ids mean nothing there, the bytes do.
UPDATE media SET file_id = '' WHERE content IS NOT NULL;
