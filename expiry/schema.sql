-- The tables of room expiry. Nobody else writes them.
-- Instants are milliseconds since 1970, days are civil dates (days since 1970). account is staff's number, area the
-- registry's id, 0 for none. NULL is "none", never nought.

-- Who wants the daily digest: one row an account, none for those who do not.
CREATE TABLE digest_wish (
  account INTEGER PRIMARY KEY,
  since BIGINT NOT NULL, -- when it was last asked for
  stopped_at BIGINT,   -- since when nothing is sent, as the mail server refuses the address
  stopped_for BYTEA    -- SHA-256 of that address: with another it begins again
);

-- For whom a day's digest has been made, or was found to have nothing to say. A row is written in the transaction that
-- puts the mail, which is what keeps it from being sent twice.
CREATE TABLE digest_done (
  area INTEGER NOT NULL,
  account INTEGER NOT NULL,
  day INTEGER NOT NULL,
  mailed SMALLINT NOT NULL,  -- 0: nothing to say, or an address that cannot be written to
  off BYTEA,                 -- SHA-256 of the token in the link that ends the digest
  sent_to BYTEA,             -- SHA-256 of the address
  at BIGINT NOT NULL,
  PRIMARY KEY (area, account, day)
) /*sqlite WITHOUT ROWID sqlite*/;

CREATE INDEX digest_done_off ON digest_done (off) WHERE off IS NOT NULL;

CREATE INDEX digest_done_day ON digest_done (day);
