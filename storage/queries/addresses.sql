-- name: addresses_of(person, n)
-- The addresses this buyer used, latest first.
SELECT id, label, recipient, phone, street, rt_rw, village, district, city, province, postcode FROM addresses
WHERE person_id = :person ORDER BY used_at DESC, id LIMIT :n;

-- name: put_address(id, person, recipient, phone, street, rt_rw, village, district, city, province, postcode, now)!
-- Remember an address for the next order; used again, it comes first and keeps its label.
INSERT INTO addresses (id, person_id, recipient, phone, street, rt_rw, village, district, city, province, postcode, used_at)
VALUES (:id, :person, :recipient, :phone, :street, :rt_rw, :village, :district, :city, :province, :postcode, :now)
ON CONFLICT (person_id, recipient, phone, street) DO UPDATE SET
    rt_rw = excluded.rt_rw, village = excluded.village, district = excluded.district, city = excluded.city,
    province = excluded.province, postcode = excluded.postcode, used_at = excluded.used_at;

-- name: label_address(id, person, label)!
-- A buyer names one of their own addresses.
UPDATE addresses SET label = :label WHERE id = :id AND person_id = :person;

-- name: delete_address(id, person)!
-- A buyer's own address is forgotten; orders keep their copy.
DELETE FROM addresses WHERE id = :id AND person_id = :person;
