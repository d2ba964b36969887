-- Version 15: received calls are counted by day, and new alerts are at hand.

-- How many calls a person received on a day in China, by family and by hour of that
-- day, as objects of JSON. A million calls take a second to count, and this table
-- has a row a day; none stands for no calls. A day in alert_day is not to be
-- believed, and calls later than alert_state.last_call are not in it: rows are
-- written where the alerts of a day are, and whatever changes a call takes its day
-- out of force by the same triggers.
CREATE TABLE call_day (
  day       INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  families  TEXT    NOT NULL CHECK (json_valid(families)),
  hours     TEXT    NOT NULL CHECK (json_valid(hours)),
  PRIMARY KEY (day, person_id)
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE counted AS
  SELECT (started_at + 28800000) / 3600000 AS hour, person_id, family, count(*) AS n FROM call
  WHERE direction <> 'outgoing' AND id <= (SELECT last_call FROM alert_state)
  GROUP BY 1, 2, 3;
INSERT INTO call_day (day, person_id, families, hours)
  SELECT f.day, f.person_id, f.families, h.hours
  FROM (
    SELECT day, person_id, json_group_object(family, n) AS families
    FROM (SELECT hour / 24 AS day, person_id, family, sum(n) AS n FROM counted GROUP BY 1, 2, 3) GROUP BY 1, 2) f
  JOIN (
    SELECT day, person_id, json_group_object(hour, n) AS hours
    FROM (SELECT hour / 24 AS day, person_id, CAST(hour % 24 AS TEXT) AS hour, sum(n) AS n FROM counted GROUP BY 1, 2, 3) GROUP BY 1, 2) h
  ON h.day = f.day AND h.person_id = f.person_id;
DROP TABLE counted;

-- The latest new alerts of each severity are the first of this index.
CREATE INDEX alert_pressing ON alert (severity, to_at) WHERE state = 'new' AND gone = 0;
DROP INDEX alert_new;
