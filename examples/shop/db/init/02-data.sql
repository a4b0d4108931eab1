INSERT INTO products (name, price, stock) VALUES
  ('Anchor mug', 12.50, 240), ('Harbour print', 39.00, 55), ('Container lamp', 89.90, 18), ('Rope keyring', 6.20, 900),
  ('Tide calendar', 18.00, 130), ('Wool beanie', 24.90, 75), ('Deck knife', 46.00, 32), ('Signal flag', 15.40, 210);

INSERT INTO customers (name, email) VALUES
  ('Ada Lind', 'ada@example.com'), ('Bo Marsh', 'bo@example.com'), ('Cleo Varga', 'cleo@example.com'),
  ('Dan Okoye', 'dan@example.com'), ('Elif Sahin', 'elif@example.com'), ('Finn Harald', 'finn@example.com');

INSERT INTO orders (customer_id, product_id, quantity, total, placed_at, shipped_at)
SELECT 1 + n % 6, p.id, 1 + n % 3, (1 + n % 3) * p.price, now() - (501 - n) * interval '17 minutes',
  CASE WHEN n <= 480 THEN now() - (500 - n) * interval '17 minutes' END
FROM generate_series(1, 500) AS n JOIN products AS p ON p.id = 1 + n % 8;
