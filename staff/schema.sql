-- The tables of room staff. Nobody else writes them.
-- Instants are milliseconds since 1970. area and outlet are the registry's ids. NULL is "none", never nought.

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE, -- folded: lower case, no spaces round it
  name TEXT NOT NULL,
  role SMALLINT NOT NULL,     -- person.go
  area INTEGER,               -- the authority or nation; NULL for administrators
  password TEXT,              -- argon2id; NULL: cannot sign in, only act on a counter device
  pin TEXT,                   -- argon2id
  pin_tries SMALLINT NOT NULL DEFAULT 0,
  pin_locked_until BIGINT,
  made_at BIGINT NOT NULL,
  signed_in_at BIGINT,
  disabled_at BIGINT
);

-- One row: the last account id given. Its row lock puts changes of e-mail addresses in a line on PostgreSQL.
CREATE TABLE account_count (one SMALLINT PRIMARY KEY, n INTEGER NOT NULL);

CREATE TABLE account_outlet (
  account INTEGER NOT NULL,
  outlet INTEGER NOT NULL,
  area INTEGER NOT NULL, -- the outlet's authority when it was granted: says who else may change this account
  PRIMARY KEY (account, outlet)
);

CREATE INDEX account_outlet_outlet ON account_outlet (outlet, account);

CREATE TABLE session (
  token BYTEA PRIMARY KEY, -- SHA-256 of the token
  account INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  counter_outlet INTEGER,
  acting INTEGER,
  acting_until BIGINT,
  user_agent TEXT
);

CREATE INDEX session_account ON session (account);
CREATE INDEX session_acting ON session (acting);
CREATE INDEX session_expires ON session (expires_at);

-- Wrong tries at signing in, forgotten after tryWindow. The key is a hash, so that the table is no list of addresses.
CREATE TABLE sign_in_try (key BYTEA PRIMARY KEY, tries INTEGER NOT NULL, since BIGINT NOT NULL);

CREATE INDEX sign_in_try_since ON sign_in_try (since);

CREATE TABLE audit (
  area INTEGER NOT NULL,    -- 0: of no area
  id BYTEA NOT NULL,        -- UUIDv7: in the order of recording
  at BIGINT NOT NULL,
  account INTEGER NOT NULL, -- 0: the operator of the machine
  deed TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (area, id)
) /*sqlite WITHOUT ROWID sqlite*/;
