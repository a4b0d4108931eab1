CREATE TABLE reviews (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id integer NOT NULL REFERENCES orders,
  stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body text NOT NULL DEFAULT ''
);
