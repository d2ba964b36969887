-- Version 1.
--
-- Times are milliseconds since 1970 in UTC, durations are milliseconds; NULL
-- is "not known" or "not set". Enumerations are the codes of the product, kept
-- as text so that the file can be read without the program.

CREATE TABLE person (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT    NOT NULL UNIQUE,
  relation   TEXT    NOT NULL CHECK (relation IN
    ('self','child','spouse','relative','guardian','volunteer','community')),
  authority  TEXT    NOT NULL DEFAULT '' CHECK (authority IN ('','oral','written','guardianship')),
  province   TEXT    NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  -- When the person was removed but their calls were kept.
  removed_at INTEGER,
  CHECK (id <> 1 OR removed_at IS NULL)
) STRICT;

CREATE TABLE person_number (
  person_id INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  number    TEXT    NOT NULL,
  PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE call (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id  INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  number     TEXT    NOT NULL,
  -- NULL where the source showed exactly the number.
  display    TEXT,
  area_code  TEXT    NOT NULL DEFAULT '',
  code       TEXT    NOT NULL DEFAULT '',
  family     TEXT    NOT NULL,
  verdict    TEXT    NOT NULL,
  started_at INTEGER NOT NULL,
  duration   INTEGER CHECK (duration >= 0),
  ring       INTEGER CHECK (ring >= 0),
  direction  TEXT    NOT NULL CHECK (direction IN
    ('incoming','outgoing','missed','rejected','blocked','voicemail',
     'answered_elsewhere','forwarded','unknown')),
  ordinal    INTEGER NOT NULL DEFAULT 0 CHECK (ordinal >= 0),
  name       TEXT    NOT NULL DEFAULT '',
  category   TEXT    NOT NULL DEFAULT '',
  -- Codes, separated by commas.
  techniques TEXT    NOT NULL DEFAULT '',
  note       TEXT    NOT NULL DEFAULT '',
  source     TEXT    NOT NULL DEFAULT ''
) STRICT;

-- What makes two rows the same call. The number comes first, so that this one
-- index also finds the calls of a number.
CREATE UNIQUE INDEX call_identity ON call (number, started_at, person_id, direction, ordinal);
-- Each index ends with the row id by itself, which is the order of the pages.
CREATE INDEX call_start ON call (started_at);
CREATE INDEX call_person_start ON call (person_id, started_at);
CREATE INDEX call_code_start ON call (code, started_at) WHERE code <> '';

-- Names and notes, with a space around every Han character: so a phrase finds
-- Chinese words of two characters, which the trigram tokenizer cannot. Only
-- calls that have a name or a note have a row; its rowid is the call's id.
CREATE VIRTUAL TABLE call_text USING fts5(text, columnsize=0, tokenize='unicode61 remove_diacritics 2');
-- Deleted words leave the index at once, not at some later merge.
INSERT INTO call_text (call_text, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER call_text_goes AFTER DELETE ON call
WHEN old.name <> '' OR old.note <> ''
BEGIN
  DELETE FROM call_text WHERE rowid = old.id;
END;

-- Channel ids are never used again: tokens are kept elsewhere under them.
CREATE TABLE channel (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('intake','open311','assisted')),
  url          TEXT    NOT NULL DEFAULT '',
  jurisdiction TEXT    NOT NULL DEFAULT '',
  service_code TEXT    NOT NULL DEFAULT '',
  rate         REAL    NOT NULL DEFAULT 0 CHECK (rate >= 0),
  ca_file      TEXT    NOT NULL DEFAULT '',
  is_default   INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  paused       TEXT    NOT NULL DEFAULT '',
  hold_until   INTEGER NOT NULL DEFAULT 0,
  capabilities TEXT    CHECK (capabilities IS NULL OR json_valid(capabilities)),
  created_at   INTEGER NOT NULL,
  -- When it was removed while complaints still named it.
  removed_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX channel_name ON channel (name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX channel_default ON channel (is_default) WHERE is_default = 1;

CREATE TABLE complaint (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid           TEXT    NOT NULL UNIQUE,
  person_id      INTEGER REFERENCES person(id) ON DELETE SET NULL,
  channel_id     INTEGER REFERENCES channel(id),
  batch          TEXT    NOT NULL DEFAULT '',
  number         TEXT    NOT NULL,
  body           TEXT    NOT NULL CHECK (json_valid(body)),
  send_state     TEXT    NOT NULL CHECK (send_state IN
    ('draft','queued','sending','sent','token','unknown','retry','failed','skipped','cancelled')),
  case_state     TEXT    NOT NULL DEFAULT '',
  receipt_number TEXT    NOT NULL DEFAULT '',
  token          TEXT    NOT NULL DEFAULT '',
  attempts       INTEGER NOT NULL DEFAULT 0,
  last_error     TEXT    NOT NULL DEFAULT '',
  problems       TEXT    CHECK (problems IS NULL OR json_valid(problems)),
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  queued_at      INTEGER
) STRICT;
CREATE INDEX complaint_state ON complaint (send_state);
CREATE INDEX complaint_number ON complaint (number);
CREATE INDEX complaint_batch ON complaint (batch) WHERE batch <> '';
CREATE INDEX complaint_person ON complaint (person_id);
CREATE INDEX complaint_channel ON complaint (channel_id);

-- The calls of the log that a complaint was made from.
CREATE TABLE complaint_call (
  complaint INTEGER NOT NULL REFERENCES complaint(seq) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  call_id   INTEGER NOT NULL REFERENCES call(id) ON DELETE CASCADE,
  PRIMARY KEY (complaint, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX complaint_call_call ON complaint_call (call_id);

-- The seconds (not milliseconds) at which the calls in a complaint began, in
-- the log or not: what finds duplicates.
CREATE TABLE complaint_second (
  second    INTEGER NOT NULL,
  complaint INTEGER NOT NULL REFERENCES complaint(seq) ON DELETE CASCADE,
  PRIMARY KEY (second, complaint)
) STRICT, WITHOUT ROWID;
CREATE INDEX complaint_second_complaint ON complaint_second (complaint);

-- One row for each complaint that was ever queued. A row without a due time is
-- finished.
CREATE TABLE outbox (
  complaint       INTEGER PRIMARY KEY REFERENCES complaint(seq) ON DELETE CASCADE,
  idempotency_key TEXT    NOT NULL UNIQUE,
  payload         BLOB    NOT NULL,
  payload_sha256  TEXT    NOT NULL,
  -- Attempts that count towards the schedule.
  tries           INTEGER NOT NULL DEFAULT 0,
  due_at          INTEGER,
  lease_owner     TEXT,
  lease_until     INTEGER,
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_lease ON outbox (lease_owner) WHERE lease_owner IS NOT NULL;

CREATE TABLE attempt (
  complaint   INTEGER NOT NULL REFERENCES complaint(seq) ON DELETE CASCADE,
  n           INTEGER NOT NULL CHECK (n >= 1),
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  outcome     TEXT    NOT NULL CHECK (outcome IN
    ('running','interrupted','sent','token','unknown','retry','failed','paused')),
  http_status INTEGER NOT NULL DEFAULT 0,
  error_key   TEXT    NOT NULL DEFAULT '',
  detail      TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (complaint, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  id         INTEGER PRIMARY KEY,
  complaint  INTEGER NOT NULL REFERENCES complaint(seq) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  kind       TEXT    NOT NULL,
  send_state TEXT    NOT NULL,
  case_state TEXT    NOT NULL DEFAULT '',
  note       TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX event_complaint ON event (complaint);

CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
