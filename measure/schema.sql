-- The tables of room measure. Nobody else writes them.
-- A return is a total for a period that an authority sent or somebody published. Each vintage is a row of its own: the
-- date of publication stands in the key ('' when not known), and so do the parts a total was split by ('' where it was
-- not), as the keys that files have. value is NULL where there is none, and state says why.

CREATE TABLE area_return (
  area        INTEGER NOT NULL,
  period      TEXT NOT NULL,
  measure     TEXT NOT NULL,
  channel     TEXT NOT NULL,
  setting     TEXT NOT NULL,
  recipient   TEXT NOT NULL,
  supply      TEXT NOT NULL,
  reason      TEXT NOT NULL,
  published   TEXT NOT NULL,
  value       DOUBLE PRECISION,
  state       SMALLINT NOT NULL,
  covered     SMALLINT,
  covers_of   SMALLINT,
  source      TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (area, period, measure, channel, setting, recipient, supply, reason, published)
) /*sqlite WITHOUT ROWID sqlite*/;
