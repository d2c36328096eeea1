-- depends: 0005_shipping
-- Which orders were told what sending costs? It can be corrected until they are sent.

CREATE INDEX orders_with_told_shipping ON orders (placed_at) WHERE shipping_kind = 'told';
