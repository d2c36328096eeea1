-- name: erase_person(person)!
-- The name is gone; the id stays, because orders and money are counted by it.
UPDATE people SET first_name = '', username = '', subscribed = 0 WHERE id = :person;

-- name: erase_addresses(person)!
-- Saved addresses.
DELETE FROM addresses WHERE person_id = :person;

-- name: erase_offered(person)!
-- What this person could type for a button.
DELETE FROM offered WHERE person_id = :person;

-- name: erase_birthday(person)!
-- Day and month of birth.
DELETE FROM birthdays WHERE person_id = :person;

-- name: erase_invited(person)!
-- For which years they were invited.
DELETE FROM invited WHERE person_id = :person;

-- name: erase_orders(person)!
-- Name, phone and address of orders that are over: ended, or sent and paid, with no money on its way back.
UPDATE orders SET recipient = '', phone = '', street = '', rt_rw = '', village = '', district = '', city = '', province = '',
    postcode = ''
WHERE person_id = :person
  AND (state IN ('expired', 'cancelled')
       OR (state = 'shipped' AND total <= (SELECT COALESCE(SUM(p.amount), 0) FROM payments p
                                           WHERE p.order_id = orders.id AND p.state = 'confirmed')))
  AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = orders.id AND r.state = 'owed')
  AND NOT EXISTS (SELECT 1 FROM payments c WHERE c.order_id = orders.id AND c.state = 'claimed');

-- name: erase_wishes(person)!
-- Wishes of the same orders: they name people.
UPDATE lines SET wish = '' WHERE wish <> '' AND order_id IN (
    SELECT id FROM orders WHERE person_id = :person AND recipient = '' AND phone = '' AND street = '');

-- name: erase_copies(person)!
-- Our own copies of such pictures.
DELETE FROM media WHERE kind = 'document' AND id IN (
    SELECT file_id FROM payments WHERE person_id = :person AND (order_id IS NULL OR order_id IN (
        SELECT id FROM orders WHERE person_id = :person AND recipient = '' AND phone = '' AND street = '')));

-- name: erase_proofs(person)!
-- Pictures of transfers for the same orders, or for none. That a file was used before is still known.
UPDATE payments SET file_id = '' WHERE person_id = :person AND (order_id IS NULL OR order_id IN (
    SELECT id FROM orders WHERE person_id = :person AND recipient = '' AND phone = '' AND street = ''));

-- name: erase_updates(person)!
-- What this person wrote, as it arrived.
UPDATE inbox SET raw = '{}' WHERE chat_id = :person AND state <> 'new';

-- name: erase_messages(person)!
-- What was written to this person.
UPDATE outbox SET params = '{}' WHERE chat_id = :person AND state NOT IN ('queued', 'sending');

-- name: orders_kept(person)
-- Orders that still need name and address.
SELECT code FROM orders WHERE person_id = :person AND (recipient <> '' OR phone <> '' OR street <> '') ORDER BY placed_at, id;
