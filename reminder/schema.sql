-- The tables of room reminder. Nobody else writes them, and nothing refers to them. They have no area on purpose: where
-- somebody lives or got a kit is not to be known from them. Both are small, and hold nothing for long.
-- Days are civil dates (days since 1970), instants are milliseconds since 1970.

CREATE TABLE reminder (
  id           BYTEA PRIMARY KEY,   -- keyed hash of address, product and lot: one of each
  nonce        BYTEA NOT NULL,      -- what the link is made from
  sealed       BYTEA NOT NULL,      -- the address
  product      INTEGER NOT NULL,    -- 0: not known
  lot_key      TEXT NOT NULL,       -- the lot number without case and spaces
  expiry       INTEGER NOT NULL,
  expiry_day   SMALLINT NOT NULL,   -- a day was printed, not only a month
  due_on       INTEGER NOT NULL,
  made_at      BIGINT NOT NULL,
  confirmed_at BIGINT
);

CREATE INDEX reminder_nonce ON reminder (nonce);

CREATE INDEX reminder_due ON reminder (due_on);

CREATE INDEX reminder_lot ON reminder (lot_key);

CREATE INDEX reminder_made ON reminder (made_at) WHERE confirmed_at IS NULL;

-- How many links were sent: to one address on one day (mark is a keyed hash of both), and to everybody in one minute
-- (mark is empty). slot is that day or that minute.
CREATE TABLE reminder_sent (
  mark  BYTEA NOT NULL,
  slot  BIGINT NOT NULL,
  times INTEGER NOT NULL,
  at    BIGINT NOT NULL,
  PRIMARY KEY (mark, slot)
);

CREATE INDEX reminder_sent_at ON reminder_sent (at);
