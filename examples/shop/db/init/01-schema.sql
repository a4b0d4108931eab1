CREATE TABLE products (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  price numeric(8, 2) NOT NULL CHECK (price > 0),
  stock integer NOT NULL DEFAULT 0
);

CREATE TABLE customers (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE
);

CREATE TABLE orders (
  id integer GENERATED ALWAYS AS IDENTITY (START 1001) PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  product_id integer NOT NULL REFERENCES products,
  quantity integer NOT NULL CHECK (quantity > 0),
  total numeric(10, 2) NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  shipped_at timestamptz
);

CREATE INDEX orders_waiting ON orders (placed_at) WHERE shipped_at IS NULL;

-- One line of JSON for the worker's log.
CREATE FUNCTION place_order() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  product products;
  placed orders;
  buyer text;
BEGIN
  SELECT * INTO product FROM products ORDER BY random() LIMIT 1;
  INSERT INTO orders (customer_id, product_id, quantity, total)
  SELECT id, product.id, amount, amount * product.price
  FROM (SELECT id, 1 + floor(random() * 3)::integer AS amount FROM customers ORDER BY random() LIMIT 1) AS choice
  RETURNING * INTO placed;
  SELECT name INTO buyer FROM customers WHERE id = placed.customer_id;
  RETURN (SELECT row_to_json(line) FROM (SELECT now() AS time, 'info' AS level, 'order placed' AS msg,
    placed.id AS "order", buyer AS customer, product.name AS product, placed.total) AS line);
END $$;

CREATE FUNCTION ship_order() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  shipped orders;
BEGIN
  UPDATE orders SET shipped_at = now()
  WHERE id = (SELECT id FROM orders WHERE shipped_at IS NULL ORDER BY placed_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING * INTO shipped;
  IF NOT FOUND THEN
    RETURN (SELECT row_to_json(line) FROM (SELECT now() AS time, 'warn' AS level, 'nothing to ship' AS msg) AS line);
  END IF;
  RETURN (SELECT row_to_json(line) FROM (SELECT now() AS time, 'info' AS level, 'order shipped' AS msg,
    shipped.id AS "order", round(extract(epoch FROM now() - shipped.placed_at)) AS waited_s) AS line);
END $$;
