-- The tables of room registry. Nobody else writes them.
-- Days are civil dates (days since 1970); kinds, channels and other words are the small numbers of the Go files named
-- after them; NULL is "not known", never nought. Ids are given by the room and never used twice.

CREATE TABLE registry_version (
  id      SMALLINT PRIMARY KEY,
  version BIGINT NOT NULL
);

INSERT INTO registry_version (id, version) VALUES (1, 0);

CREATE TABLE area (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  parent     INTEGER,
  valid_from INTEGER,
  valid_to   INTEGER,
  lat        DOUBLE PRECISION,
  lon        DOUBLE PRECISION,
  min_days   INTEGER
);

CREATE TABLE area_successor (
  area      INTEGER NOT NULL,
  successor INTEGER NOT NULL,
  PRIMARY KEY (area, successor)
);

CREATE TABLE outlet (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  kind         SMALLINT NOT NULL,
  area         INTEGER NOT NULL,
  channel      SMALLINT NOT NULL,
  provider     TEXT,
  postcode     TEXT,
  lat          DOUBLE PRECISION,
  lon          DOUBLE PRECISION,
  open_hours   TEXT,
  walk_in      SMALLINT,
  requires     SMALLINT,
  gives        TEXT,
  phone        TEXT,
  email        TEXT,
  public       SMALLINT,
  step_free    SMALLINT,
  languages    TEXT,
  legal_basis  TEXT,
  legal_from   INTEGER,
  confirmed_on INTEGER,
  closed_on    INTEGER
);

CREATE INDEX outlet_area ON outlet (area);

CREATE TABLE product (
  id                INTEGER PRIMARY KEY,
  code              TEXT NOT NULL UNIQUE,
  name              TEXT NOT NULL,
  form              SMALLINT NOT NULL,
  route             SMALLINT NOT NULL,
  doses_per_kit     INTEGER NOT NULL,
  gtin              TEXT UNIQUE,
  licence           TEXT,
  shelf_life_months INTEGER,
  min_age           INTEGER
);

-- areas holds the codes the estimate covers together, in order, parted by a space: most often one. published keeps the
-- precision it was told in and is '' when not known, so that it can stand in the key.
CREATE TABLE estimate (
  id         INTEGER PRIMARY KEY,
  areas      TEXT NOT NULL,
  population SMALLINT NOT NULL,
  period     TEXT NOT NULL,
  value      DOUBLE PRECISION NOT NULL,
  low        DOUBLE PRECISION,
  high       DOUBLE PRECISION,
  published  TEXT NOT NULL,
  method     TEXT NOT NULL,
  source     TEXT NOT NULL,
  UNIQUE (areas, population, period, published, method, source)
);
