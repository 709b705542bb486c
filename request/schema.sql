-- The tables of room request. Nobody else writes them.
-- Days are civil dates (days since 1970), instants are milliseconds since 1970, ids and hashes are blobs.

-- What an authority offers to people who ask.
CREATE TABLE request_offer (
  area      INTEGER PRIMARY KEY,
  is_on     SMALLINT NOT NULL,
  post      SMALLINT NOT NULL,
  collect   SMALLINT NOT NULL,
  outlet    INTEGER NOT NULL,   -- whose shelf kits are taken from
  collects  TEXT NOT NULL,      -- outlets, parted by spaces
  most      INTEGER NOT NULL,
  keep_days INTEGER NOT NULL,
  note      TEXT NOT NULL,
  back_to   TEXT NOT NULL,      -- where an envelope goes that cannot be delivered
  version   INTEGER NOT NULL,
  told_at   BIGINT NOT NULL     -- when those who answer were last written to
);

-- The requests. sealed holds all that is personal; body is a keyed hash of what was asked, to know the same form again.
-- Both are gone once erased is 1.
CREATE TABLE request (
  area       INTEGER NOT NULL,
  id         BYTEA NOT NULL,
  reference  BYTEA NOT NULL,     -- keyed hash
  state      SMALLINT NOT NULL,
  for_whom   SMALLINT NOT NULL,
  route      SMALLINT NOT NULL,
  kits       INTEGER NOT NULL,
  how        SMALLINT NOT NULL,
  collect    INTEGER NOT NULL,   -- outlet
  old_enough SMALLINT NOT NULL,
  trained    SMALLINT NOT NULL,
  asked_at   BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at  BIGINT,             -- came to its end
  erase_at   BIGINT,             -- no later; NULL once erased
  erased     SMALLINT NOT NULL,
  sealed     BYTEA,
  body       BYTEA,
  why        TEXT NOT NULL,      -- of a refusal; erased with the rest
  attempt    INTEGER NOT NULL,   -- how many supplies of it were reversed
  sending_at BIGINT,             -- a supply was begun and is not finished
  outlet     INTEGER NOT NULL,   -- that supplies; 0 until then
  in_area    INTEGER NOT NULL,   -- its area in the ledger
  supply     BYTEA,              -- the movement
  staff      INTEGER NOT NULL,   -- who sent it
  version    INTEGER NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE INDEX request_reference ON request (reference);

CREATE INDEX request_queue ON request (area, state, asked_at);

CREATE INDEX request_erase ON request (erase_at) WHERE erase_at IS NOT NULL;

CREATE INDEX request_sending ON request (sending_at) WHERE sending_at IS NOT NULL;

-- Requests that could not be met, by month (months since year 0) and why: 1 nothing is offered, 2 too young.
CREATE TABLE request_gap (
  area  INTEGER NOT NULL,
  month INTEGER NOT NULL,
  why   SMALLINT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (area, month, why)
);

-- Forms that were used, how many came in an hour, and letters to one address on a day. mark is a keyed hash of the form, or of
-- address and day, or empty; area 0 is everybody. Kept
-- for two days.
CREATE TABLE request_count (
  area  INTEGER NOT NULL,
  kind  SMALLINT NOT NULL,
  mark  BYTEA NOT NULL,
  slot  BIGINT NOT NULL,
  times INTEGER NOT NULL,
  at    BIGINT NOT NULL,
  PRIMARY KEY (area, kind, mark, slot)
);

CREATE INDEX request_count_at ON request_count (at);

-- What somebody says is wrong about an outlet.
CREATE TABLE request_wrong (
  area   INTEGER NOT NULL,
  id     INTEGER NOT NULL,
  outlet INTEGER NOT NULL,
  says   TEXT NOT NULL,
  at     BIGINT NOT NULL,
  done_at BIGINT,
  staff  INTEGER NOT NULL,
  PRIMARY KEY (area, id)
);

CREATE INDEX request_wrong_done ON request_wrong (done_at) WHERE done_at IS NOT NULL;
