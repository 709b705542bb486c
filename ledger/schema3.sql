-- What supplies told, totals of financial years, and kits by their last day: counts kept in the write (room ledger).
-- supply_count: the supplies of an area, less those reversed, by one thing that was recorded of each: about and word are
-- the small numbers of supplycount.go, channel is the split of month_count.
CREATE TABLE supply_count (
  area    INTEGER NOT NULL,
  month   INTEGER NOT NULL,
  about   SMALLINT NOT NULL,
  word    SMALLINT NOT NULL,
  channel SMALLINT NOT NULL,
  kits    BIGINT NOT NULL,
  times   BIGINT NOT NULL,
  PRIMARY KEY (area, month, about, word, channel)
) /*sqlite WITHOUT ROWID sqlite*/;

-- supply_year: the same of a financial year, for what figures of a nation are made from: about 2, 3 and 6. year is that in
-- which it begins.
CREATE TABLE supply_year (
  area    INTEGER NOT NULL,
  about   SMALLINT NOT NULL,
  year    INTEGER NOT NULL,
  word    SMALLINT NOT NULL,
  channel SMALLINT NOT NULL,
  kits    BIGINT NOT NULL,
  times   BIGINT NOT NULL,
  PRIMARY KEY (area, about, year, word, channel)
) /*sqlite WITHOUT ROWID sqlite*/;

-- year_count: the totals of an area that month_count keeps under outlet 0, of all products together, a financial year a
-- row: m4 is April, m3 the March that ends it. They are kits; of people who got none (kind 17) people. Kind 0 is entries of
-- any kind, kind 100 the kits of supplies (7) of all channels together.
CREATE TABLE year_count (
  area    INTEGER NOT NULL,
  kind    SMALLINT NOT NULL,
  year    INTEGER NOT NULL,
  split   SMALLINT NOT NULL,
  m4      BIGINT NOT NULL DEFAULT 0,
  m5      BIGINT NOT NULL DEFAULT 0,
  m6      BIGINT NOT NULL DEFAULT 0,
  m7      BIGINT NOT NULL DEFAULT 0,
  m8      BIGINT NOT NULL DEFAULT 0,
  m9      BIGINT NOT NULL DEFAULT 0,
  m10     BIGINT NOT NULL DEFAULT 0,
  m11     BIGINT NOT NULL DEFAULT 0,
  m12     BIGINT NOT NULL DEFAULT 0,
  m1      BIGINT NOT NULL DEFAULT 0,
  m2      BIGINT NOT NULL DEFAULT 0,
  m3      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (area, kind, year, split)
) /*sqlite WITHOUT ROWID sqlite*/;

-- expiry_count: the kits of an area by the last day of their lot, -1 where that is not known. held is what is set aside
-- for whatever reason, with what waits on a shelf to be checked (unchecked says how many those are), and shelf is the rest
-- of the shelves.
CREATE TABLE expiry_count (
  area      INTEGER NOT NULL,
  last      INTEGER NOT NULL,
  shelf     BIGINT NOT NULL,
  held      BIGINT NOT NULL,
  unchecked BIGINT NOT NULL,
  transit   BIGINT NOT NULL,
  people    BIGINT NOT NULL,
  PRIMARY KEY (area, last)
) /*sqlite WITHOUT ROWID sqlite*/;

-- expiry_month: by how much a month changed them, which takes today's numbers back to the end of an earlier month. Nobody
-- knows what waited to be checked then: shelf is all that lay there.
CREATE TABLE expiry_month (
  area    INTEGER NOT NULL,
  month   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  shelf   BIGINT NOT NULL,
  held    BIGINT NOT NULL,
  transit BIGINT NOT NULL,
  people  BIGINT NOT NULL,
  PRIMARY KEY (area, month, last)
) /*sqlite WITHOUT ROWID sqlite*/;

-- What kits cost is asked of the few movements that have a price.
CREATE INDEX movement_price ON movement (area, occurred_on) WHERE unit_price IS NOT NULL;

-- A month is years times 12 and months from January. Years are reckoned from March, so that a leap day comes last: n is
-- the day since 1 March of the year 0, c its 400 years, d the day in them, y the year in them, and a day of the year
-- times 5 plus 2, over 153, is the month from March.
INSERT INTO supply_count (area, month, about, word, channel, kits, times)
WITH supply AS (
  SELECT area, split, COALESCE(recipient, 0) AS recipient, COALESCE(supply, 0) AS supply, COALESCE(reason, 0) AS reason,
    COALESCE(age_band, 0) AS age_band, COALESCE(sex, 0) AS sex, COALESCE(trained, 0) AS trained,
    CASE WHEN reverses IS NULL THEN kits ELSE -kits END AS kits, CASE WHEN reverses IS NULL THEN 1 ELSE -1 END AS times,
    occurred_on + 719468 AS n
  FROM movement WHERE kind = 7
), by_era AS (
  SELECT supply.*, n / 146097 AS c, n % 146097 AS d FROM supply
), by_year AS (
  SELECT by_era.*, (d - d / 1460 + d / 36524 - d / 146096) / 365 AS y FROM by_era
), told AS MATERIALIZED (
  SELECT area, (c * 400 + y) * 12 + (5 * (d - 365 * y - y / 4 + y / 100) + 2) / 153 + 2 AS month, split AS channel,
    recipient, supply, reason, age_band, sex, trained, SUM(kits) AS kits, SUM(times) AS times
  FROM by_year GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
), each_thing AS (
  SELECT area, month, 1 AS about, recipient AS word, channel, kits, times FROM told
  UNION ALL SELECT area, month, 2, supply, channel, kits, times FROM told
  UNION ALL SELECT area, month, 3, reason, channel, kits, times FROM told WHERE supply = 2 OR reason <> 0
  UNION ALL SELECT area, month, 4, age_band, channel, kits, times FROM told
  UNION ALL SELECT area, month, 5, sex, channel, kits, times FROM told
  UNION ALL SELECT area, month, 6, 1, channel, kits, times FROM told WHERE supply = 1 AND recipient = 1
  UNION ALL SELECT area, month, 7, trained, channel, kits, times FROM told
)
SELECT area, month, about, word, channel, CAST(SUM(kits) AS BIGINT), CAST(SUM(times) AS BIGINT) FROM each_thing GROUP BY area, month, about, word, channel;

INSERT INTO supply_year (area, about, year, word, channel, kits, times)
SELECT area, about, (month - 3) / 12, word, channel, CAST(SUM(kits) AS BIGINT), CAST(SUM(times) AS BIGINT)
FROM supply_count WHERE about IN (2, 3, 6) GROUP BY area, about, (month - 3) / 12, word, channel;

INSERT INTO year_count (area, kind, year, split, m4, m5, m6, m7, m8, m9, m10, m11, m12, m1, m2, m3)
SELECT area, kind, (month - 3) / 12, split,
  CAST(SUM(CASE month % 12 WHEN 3 THEN n ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 4 THEN n ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 5 THEN n ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 6 THEN n ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 7 THEN n ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 8 THEN n ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 9 THEN n ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 10 THEN n ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 11 THEN n ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 0 THEN n ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 1 THEN n ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 2 THEN n ELSE 0 END) AS BIGINT)
FROM (SELECT area, kind, month, split, CASE kind WHEN 17 THEN times ELSE kits END AS n FROM month_count WHERE outlet = 0) m
GROUP BY area, kind, (month - 3) / 12, split;

INSERT INTO year_count (area, kind, year, split, m4, m5, m6, m7, m8, m9, m10, m11, m12, m1, m2, m3)
SELECT area, 0, (month - 3) / 12, 0,
  CAST(SUM(CASE month % 12 WHEN 3 THEN times ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 4 THEN times ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 5 THEN times ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 6 THEN times ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 7 THEN times ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 8 THEN times ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 9 THEN times ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 10 THEN times ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 11 THEN times ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 0 THEN times ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 1 THEN times ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 2 THEN times ELSE 0 END) AS BIGINT)
FROM month_count WHERE outlet = 0 GROUP BY area, (month - 3) / 12;

INSERT INTO year_count (area, kind, year, split, m4, m5, m6, m7, m8, m9, m10, m11, m12, m1, m2, m3)
SELECT area, 100, (month - 3) / 12, 0,
  CAST(SUM(CASE month % 12 WHEN 3 THEN kits ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 4 THEN kits ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 5 THEN kits ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 6 THEN kits ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 7 THEN kits ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 8 THEN kits ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 9 THEN kits ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 10 THEN kits ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 11 THEN kits ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 0 THEN kits ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE month % 12 WHEN 1 THEN kits ELSE 0 END) AS BIGINT), CAST(SUM(CASE month % 12 WHEN 2 THEN kits ELSE 0 END) AS BIGINT)
FROM month_count WHERE outlet = 0 AND kind = 7 GROUP BY area, (month - 3) / 12;

INSERT INTO expiry_month (area, month, last, shelf, held, transit, people)
WITH days AS (
  SELECT d.area, d.day + 719468 AS n, COALESCE(l.expiry, -1) AS last, d.shelf, d.held + d.spoiled AS held, d.transit, d.people
  FROM stock_day d JOIN lot l ON l.id = d.lot
), by_era AS (
  SELECT days.*, n / 146097 AS c, n % 146097 AS d FROM days
), by_year AS (
  SELECT by_era.*, (d - d / 1460 + d / 36524 - d / 146096) / 365 AS y FROM by_era
)
SELECT area, (c * 400 + y) * 12 + (5 * (d - 365 * y - y / 4 + y / 100) + 2) / 153 + 2, last, SUM(shelf), SUM(held), SUM(transit), SUM(people)
FROM by_year GROUP BY 1, 2, 3;

CREATE INDEX nil_month_month ON nil_month (area, month);

INSERT INTO expiry_count (area, last, shelf, held, unchecked, transit, people)
SELECT s.area, COALESCE(l.expiry, -1), SUM(s.shelf - s.unchecked), SUM(s.held + s.spoiled + s.unchecked), SUM(s.unchecked), SUM(s.transit), SUM(s.people)
FROM stock s JOIN lot l ON l.id = s.lot GROUP BY s.area, COALESCE(l.expiry, -1);
