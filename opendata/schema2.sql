-- What an edition was protected against beside its own counts: cells and sums of what another room had published of the same year,
-- as JSON, with numbers that are hidden. It never leaves.

CREATE TABLE open_beside (
  nation  INTEGER NOT NULL,
  name    TEXT NOT NULL,
  period  TEXT NOT NULL,
  edition INTEGER NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (nation, name, period, edition)
);
