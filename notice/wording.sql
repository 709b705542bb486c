-- Room notice: who approved which version of a text for the public. The texts themselves are in the program.
-- on_day is a civil date (days since 1970), made_at an instant (milliseconds since 1970).

CREATE TABLE wording_approval (
  wording TEXT NOT NULL,
  version INTEGER NOT NULL,
  name    TEXT NOT NULL,
  role    TEXT NOT NULL,
  on_day  INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  staff   INTEGER NOT NULL,
  PRIMARY KEY (wording, version)
);
