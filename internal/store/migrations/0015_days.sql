-- Version 15: received calls are counted by day, and new alerts are at hand.

-- How many calls a person received on a day, by family and by hour of that day, in
-- Chinese time. A million calls take a second to count, and these tables hold a few
-- rows a day. A day that stands in alert_day is not to be believed, and calls later
-- than alert_state.last_call are not in them: so they are written where the alerts
-- of a day are, and whatever changes a call takes a day out of force by the same
-- triggers.
CREATE TABLE call_day (
  day       INTEGER NOT NULL,
  family    TEXT    NOT NULL,
  person_id INTEGER NOT NULL,
  calls     INTEGER NOT NULL,
  PRIMARY KEY (day, family, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE call_day_hour (
  day       INTEGER NOT NULL,
  hour      INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  calls     INTEGER NOT NULL,
  PRIMARY KEY (day, hour, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO call_day
  SELECT (started_at + 28800000) / 86400000, family, person_id, count(*) FROM call
  WHERE direction <> 'outgoing' AND id <= (SELECT last_call FROM alert_state)
  GROUP BY 1, 2, 3;
INSERT INTO call_day_hour
  SELECT (started_at + 28800000) / 86400000, (started_at + 28800000) / 3600000 % 24, person_id, count(*) FROM call
  WHERE direction <> 'outgoing' AND id <= (SELECT last_call FROM alert_state)
  GROUP BY 1, 2, 3;

-- The latest new alerts of each severity are the first of this index.
CREATE INDEX alert_pressing ON alert (severity, to_at) WHERE state = 'new' AND gone = 0;
DROP INDEX alert_new;
