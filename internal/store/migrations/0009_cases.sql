-- What endpoints say of their cases, and complaints that are taken back.

-- Events of cases: the place in the endpoint's own history, from 1, with the time
-- of its clock; 0 for what was gathered from a bare state, which such a line
-- takes the place of.
ALTER TABLE event ADD COLUMN told INTEGER NOT NULL DEFAULT 0;

CREATE INDEX complaint_receipt ON complaint (receipt_number, channel_id) WHERE receipt_number <> '';

CREATE TABLE case_check (
  complaint  INTEGER PRIMARY KEY REFERENCES complaint(seq) ON DELETE CASCADE,
  -- By our clock: when the endpoint was last heard of it.
  heard_at   INTEGER NOT NULL,
  -- By the endpoint's: when the case last changed.
  updated_at INTEGER,
  etag       TEXT    NOT NULL DEFAULT '',
  -- Its history is to be read.
  wanted     INTEGER NOT NULL DEFAULT 0,
  -- The error key of what the endpoint said instead of telling the case.
  problem    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX case_check_wanted ON case_check (complaint) WHERE wanted <> 0;

CREATE TABLE case_watermark (
  channel   INTEGER PRIMARY KEY REFERENCES channel(id) ON DELETE CASCADE,
  -- By the endpoint's clock: what changed before this moment is known.
  since     INTEGER NOT NULL,
  -- By ours: when the channel was last asked to the end.
  synced_at INTEGER NOT NULL
) STRICT;

CREATE TABLE withdrawal (
  complaint  INTEGER PRIMARY KEY REFERENCES complaint(seq) ON DELETE CASCADE,
  reason     TEXT    NOT NULL CHECK (reason <> ''),
  state      TEXT    NOT NULL CHECK (state IN ('asked','done','closed','refused')),
  asked_at   INTEGER NOT NULL,
  ended_at   INTEGER,
  due_at     INTEGER,
  tries      INTEGER NOT NULL DEFAULT 0,
  -- A request ended without an answer.
  unanswered INTEGER NOT NULL DEFAULT 0,
  error_key  TEXT    NOT NULL DEFAULT '',
  detail     TEXT    NOT NULL DEFAULT '',
  CHECK ((state = 'asked') = (due_at IS NOT NULL))
) STRICT;
CREATE INDEX withdrawal_due ON withdrawal (due_at) WHERE due_at IS NOT NULL;
