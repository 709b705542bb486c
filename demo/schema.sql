-- The table of room demo: one row in a database whose outlets, counts and denominators are made up, none in any other.

CREATE TABLE demo_mark (
  one   SMALLINT PRIMARY KEY,
  seed  TEXT NOT NULL,
  scale DOUBLE PRECISION NOT NULL,
  today INTEGER NOT NULL
);
