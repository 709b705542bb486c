-- The tables of room opendata. Nobody else writes them.
-- What was shown of protected tables, edition by edition: the numbers that were hidden too, for a later edition is protected against
-- what could be worked out from both. They never leave. Instants are milliseconds since 1970.

CREATE TABLE open_edition (
  nation   INTEGER NOT NULL,
  name     TEXT NOT NULL,    -- of the table
  period   TEXT NOT NULL,
  edition  INTEGER NOT NULL, -- from 1
  made_at  BIGINT NOT NULL,
  PRIMARY KEY (nation, name, period, edition)
);

-- area is the area whose count it is, or the nation for a total, whose cell begins with "+". kept is 1 where it was never to be
-- hidden.
CREATE TABLE open_cell (
  area     INTEGER NOT NULL,
  nation   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  period   TEXT NOT NULL,
  edition  INTEGER NOT NULL,
  cell     TEXT NOT NULL,
  value    BIGINT NOT NULL,
  shown    BIGINT,           -- NULL where it was hidden
  kept     SMALLINT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (area, name, period, edition, cell)
) /*sqlite WITHOUT ROWID sqlite*/;

CREATE INDEX open_cell_nation ON open_cell (nation, name, period);
