-- The tables of room postcode. Nobody else writes them. They are public facts, the same for every authority: they have no
-- area, and are small enough for every machine to hold whole.
-- code is a postcode packed into a whole number (pack.go); lat and lon are hundred-thousandths of a degree, WGS 84.

CREATE TABLE postcode (
  code  INTEGER PRIMARY KEY,
  lat   INTEGER NOT NULL,
  lon   INTEGER NOT NULL,
  lies  INTEGER NOT NULL   -- postcode_lies.id
);

-- The areas that postcodes lie in, each combination once, by the codes of the file; empty where it says none.
CREATE TABLE postcode_lies (
  id       INTEGER PRIMARY KEY,
  county   TEXT NOT NULL,
  district TEXT NOT NULL,
  health   TEXT NOT NULL
);

-- The first halves, and the middle of their postcodes for each combination of areas.
CREATE TABLE postcode_out (
  code  INTEGER NOT NULL,
  lies  INTEGER NOT NULL,
  times INTEGER NOT NULL,  -- postcodes
  lat   INTEGER NOT NULL,
  lon   INTEGER NOT NULL,
  PRIMARY KEY (code, lies)
);

-- The one table that was imported.
CREATE TABLE postcode_import (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  kept  INTEGER NOT NULL,
  at    BIGINT NOT NULL
);
