-- The tables of room mail. Nobody else writes them.
-- Instants are milliseconds since 1970. area is the registry's id, 0 for what belongs to none. States are those of state.go.
-- NULL is "none" or "erased", never an empty text.

CREATE TABLE outbox (
  area INTEGER NOT NULL,
  id BYTEA NOT NULL,            -- made from area and key: the same message cannot be there twice
  dedupe TEXT /*postgres COLLATE "C" postgres*/ NOT NULL, -- the caller's key
  state SMALLINT NOT NULL,
  private SMALLINT NOT NULL,
  subject TEXT NOT NULL,
  recipient TEXT,               -- NULL for a private message, and when erased
  body TEXT,                    -- likewise
  unsubscribe TEXT,             -- likewise
  sealed BYTEA,                 -- recipient, text and unsubscribe of a private message, sealed; NULL when erased
  made_at BIGINT NOT NULL,
  ready_at BIGINT NOT NULL,     -- when it might first be sent
  due_at BIGINT NOT NULL,       -- not tried before
  give_up_at BIGINT NOT NULL,
  at BIGINT NOT NULL,           -- when the state last changed
  tries INTEGER NOT NULL,
  try BYTEA,                    -- the token of the try under way, or of the last
  why TEXT NOT NULL,            -- what went wrong last; never an address
  PRIMARY KEY (area, id)
) /*sqlite WITHOUT ROWID sqlite*/;

CREATE INDEX outbox_dedupe ON outbox (area, dedupe);

-- What is still to be done: small, however many have been sent.
CREATE INDEX outbox_open ON outbox (due_at) WHERE state <= 3;

CREATE INDEX outbox_trouble ON outbox (state, at) WHERE state >= 5;

-- What holds a text or an address still.
CREATE INDEX outbox_kept ON outbox (at) WHERE body IS NOT NULL OR sealed IS NOT NULL;

-- One row: which process sends now, and until when it may be taken to be alive.
CREATE TABLE outbox_sender (one SMALLINT PRIMARY KEY, holder BYTEA NOT NULL, until BIGINT NOT NULL);
