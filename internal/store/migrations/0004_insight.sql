-- Version 3: alerts, and what the rules have yet to look at.
--
-- Every alert belongs to a person's day or, for a campaign, to a holder code's
-- week; both are counted from 1970 in Chinese time. Whatever changes a call
-- marks the days and weeks whose alerts may be others now.

CREATE TABLE alert (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  kind      TEXT    NOT NULL,
  -- NULL for a campaign, which is about everybody's calls.
  person_id INTEGER REFERENCES person(id) ON DELETE CASCADE,
  subject   TEXT    NOT NULL,
  period    INTEGER NOT NULL,
  number    TEXT    NOT NULL,
  code      TEXT    NOT NULL,
  from_at   INTEGER NOT NULL,
  to_at     INTEGER NOT NULL,
  calls     INTEGER NOT NULL CHECK (calls >= 1),
  severity  TEXT    NOT NULL CHECK (severity IN ('info','caution','danger')),
  why       TEXT    NOT NULL,
  facts     TEXT    NOT NULL CHECK (json_valid(facts)),
  call_ids  TEXT    NOT NULL CHECK (json_valid(call_ids)),
  people    TEXT    NOT NULL CHECK (json_valid(people)),
  state     TEXT    NOT NULL CHECK (state IN ('new','seen','dismissed')),
  -- 1 where the rules no longer find it, but would find it again under other
  -- settings or contacts: what the user did with it is kept.
  gone      INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX alert_identity ON alert (ifnull(person_id, 0), period, kind, subject);
CREATE INDEX alert_person ON alert (person_id);
CREATE INDEX alert_campaign ON alert (subject, period) WHERE person_id IS NULL;
CREATE INDEX alert_end ON alert (to_at) WHERE gone = 0;
CREATE INDEX alert_new ON alert (severity) WHERE state = 'new' AND gone = 0;

-- Days and weeks to judge again.
-- (No reference to the person: one who is removed takes the calls along, and
-- those leave marks until the rules have looked.)
CREATE TABLE alert_day (
  person_id INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  PRIMARY KEY (person_id, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_week (
  code TEXT    NOT NULL,
  week INTEGER NOT NULL,
  PRIMARY KEY (code, week)
) STRICT, WITHOUT ROWID;

-- When a person first called a number, or first talked with it for long
-- enough: from then on it is no stranger's.
CREATE TABLE alert_known (
  person_id INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  number    TEXT    NOT NULL,
  since     INTEGER NOT NULL,
  PRIMARY KEY (person_id, number)
) STRICT, WITHOUT ROWID;
-- The numbers for which that has to be found out again.
CREATE TABLE alert_stale (
  person_id INTEGER NOT NULL,
  number    TEXT    NOT NULL,
  PRIMARY KEY (person_id, number)
) STRICT, WITHOUT ROWID;

-- The contacts and refusals by which the alerts were judged. Person 0 stands
-- for everybody.
CREATE TABLE alert_contact (
  number    TEXT    NOT NULL,
  person_id INTEGER NOT NULL,
  PRIMARY KEY (number, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_refusal (
  person_id INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  number    TEXT    NOT NULL,
  code      TEXT    NOT NULL,
  refused   INTEGER NOT NULL,
  PRIMARY KEY (person_id, number, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_state (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  -- Calls up to this ID are marked; newer ones are still to be taken in.
  last_call INTEGER NOT NULL,
  -- The rules and settings by which the alerts were judged.
  rules     TEXT    NOT NULL
) STRICT;
INSERT INTO alert_state (id, last_call, rules) VALUES (1, 0, '');

-- Complaints that tell of a refusal, and marked calls: few among many.
CREATE INDEX complaint_refused ON complaint (person_id) WHERE json_extract(body, '$.refused_at') IS NOT NULL;
CREATE INDEX call_category ON call (category) WHERE category <> '';

-- Statistics and campaigns are counted off these, without a look at the calls
-- and without sorting: received calls by hour in China and family, those under
-- holder codes, and the fewer that were made.
CREATE INDEX call_hour ON call ((started_at + 28800000) / 3600000, family, person_id, direction, started_at)
  WHERE direction <> 'outgoing';
CREATE INDEX call_code_received ON call (code, started_at, number, person_id, direction)
  WHERE code <> '' AND direction <> 'outgoing';
CREATE INDEX call_made ON call (started_at, person_id) WHERE direction = 'outgoing';

-- 28800000 is the offset of China; 14400000 twelve hours before that, the
-- lookahead of a day. The clause after the target keeps the policy of the
-- statement that fires the trigger out of it.
CREATE TRIGGER alert_call_changes AFTER UPDATE OF
  person_id, number, code, family, verdict, started_at, duration, ring, direction, name, techniques ON call
WHEN old.id <= (SELECT last_call FROM alert_state)
BEGIN
  INSERT INTO alert_day (person_id, day) VALUES
    (old.person_id, (old.started_at + 28800000) / 86400000), (old.person_id, (old.started_at - 14400000) / 86400000),
    (new.person_id, (new.started_at + 28800000) / 86400000), (new.person_id, (new.started_at - 14400000) / 86400000)
    ON CONFLICT DO NOTHING;
  INSERT INTO alert_week (code, week) VALUES
    (old.code, ((old.started_at + 28800000) / 86400000 + 3) / 7), (old.code, ((old.started_at + 28800000) / 86400000 - 4) / 7),
    (new.code, ((new.started_at + 28800000) / 86400000 + 3) / 7), (new.code, ((new.started_at + 28800000) / 86400000 - 4) / 7)
    ON CONFLICT DO NOTHING;
  INSERT INTO alert_stale (person_id, number) VALUES (old.person_id, old.number), (new.person_id, new.number)
    ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER alert_call_goes AFTER DELETE ON call
WHEN old.id <= (SELECT last_call FROM alert_state)
BEGIN
  INSERT INTO alert_day (person_id, day) VALUES
    (old.person_id, (old.started_at + 28800000) / 86400000), (old.person_id, (old.started_at - 14400000) / 86400000)
    ON CONFLICT DO NOTHING;
  INSERT INTO alert_week (code, week) VALUES
    (old.code, ((old.started_at + 28800000) / 86400000 + 3) / 7), (old.code, ((old.started_at + 28800000) / 86400000 - 4) / 7)
    ON CONFLICT DO NOTHING;
  INSERT INTO alert_stale (person_id, number) VALUES (old.person_id, old.number) ON CONFLICT DO NOTHING;
END;
