-- The tables of room support. Nobody else writes them.
-- Days are civil dates (days since 1970), instants are milliseconds since 1970, small numbers are those of action.go. NULL
-- is "not yet" or "not known", never nought.

-- The number of the last action. One row: asks wait here for each other, and numbers are the same on both engines.
CREATE TABLE support_last (
  id   SMALLINT PRIMARY KEY,
  last INTEGER NOT NULL
);

INSERT INTO support_last (id, last) VALUES (1, 0);

CREATE TABLE support_action (
  area       INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  form       BYTEA NOT NULL,      -- the id made with the form that asked
  body       BYTEA NOT NULL,      -- a hash of what it said: tells the same from another
  gap        TEXT NOT NULL,
  help       SMALLINT NOT NULL,
  says       TEXT NOT NULL,
  kits       INTEGER NOT NULL,
  owner      INTEGER NOT NULL,    -- 0: nobody, or owner_not
  owner_not  TEXT NOT NULL,
  due_on     INTEGER,
  state      SMALLINT NOT NULL,
  asked_at   BIGINT NOT NULL,
  asked_by   INTEGER NOT NULL,
  giver      INTEGER NOT NULL,    -- the authority that is to give kits; 0: none
  reason     TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  version    INTEGER NOT NULL,    -- how often it was changed
  PRIMARY KEY (area, id)
) /*sqlite WITHOUT ROWID sqlite*/;

CREATE UNIQUE INDEX support_action_form ON support_action (area, form);

CREATE INDEX support_action_id ON support_action (id);

CREATE INDEX support_action_giver ON support_action (giver) WHERE giver <> 0;

CREATE TABLE support_step (
  area   INTEGER NOT NULL,
  action INTEGER NOT NULL,
  step   INTEGER NOT NULL,
  at     BIGINT NOT NULL,
  staff  INTEGER NOT NULL,
  what   TEXT NOT NULL,
  note   TEXT NOT NULL,
  PRIMARY KEY (area, action, step)
) /*sqlite WITHOUT ROWID sqlite*/;

-- Which transfer of the ledger was for which action. It counts only while the ledger has that transfer.
CREATE TABLE support_sent (
  area       INTEGER NOT NULL,    -- of the action
  transfer   BYTEA NOT NULL,
  action     INTEGER NOT NULL,
  from_area  INTEGER NOT NULL,
  outlet     INTEGER NOT NULL,
  lot        INTEGER NOT NULL,
  lot_asked  INTEGER NOT NULL,    -- 0: the first to expire
  to_outlet  INTEGER NOT NULL,
  kits       INTEGER NOT NULL,
  day        INTEGER NOT NULL,
  at         BIGINT NOT NULL,
  staff      INTEGER NOT NULL,
  PRIMARY KEY (area, transfer)
) /*sqlite WITHOUT ROWID sqlite*/;

CREATE INDEX support_sent_action ON support_sent (area, action);

-- Guidance that a nation has written.
CREATE TABLE support_page (
  area    INTEGER NOT NULL,       -- the nation
  name    TEXT NOT NULL,
  version INTEGER NOT NULL,
  title   TEXT NOT NULL,
  body    TEXT NOT NULL,
  gaps    TEXT NOT NULL,          -- keys, parted by a space
  public  SMALLINT NOT NULL,
  at      BIGINT NOT NULL,
  staff   INTEGER NOT NULL,
  PRIMARY KEY (area, name, version)
) /*sqlite WITHOUT ROWID sqlite*/;
