-- Notices, as far as kits must obey them (room ledger).
ALTER TABLE lot ADD COLUMN barred SMALLINT NOT NULL DEFAULT 0;

ALTER TABLE stock ADD COLUMN unchecked INTEGER NOT NULL DEFAULT 0;

CREATE TABLE lot_bar (
  lot      INTEGER NOT NULL,
  notice   INTEGER NOT NULL,
  number   TEXT NOT NULL,
  kind     SMALLINT NOT NULL,
  since    BIGINT NOT NULL,
  since_on INTEGER NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (lot, notice)
);

CREATE TABLE lot_released (
  area   INTEGER NOT NULL,
  outlet INTEGER NOT NULL,
  lot    INTEGER NOT NULL,
  notice INTEGER NOT NULL,
  at     BIGINT NOT NULL,
  staff  INTEGER NOT NULL,
  PRIMARY KEY (area, outlet, lot, notice)
) /*sqlite WITHOUT ROWID sqlite*/;

CREATE TABLE lot_expiry (
  lot      INTEGER NOT NULL,
  at       BIGINT NOT NULL,
  notice   INTEGER NOT NULL,
  number   TEXT NOT NULL,
  was      INTEGER,
  was_day  SMALLINT NOT NULL,
  becomes  INTEGER,
  becomes_day SMALLINT NOT NULL,
  staff    INTEGER NOT NULL,
  PRIMARY KEY (lot, notice)
);
