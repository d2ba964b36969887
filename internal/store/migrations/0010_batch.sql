-- Version 10: batches, the sheets of complaints that were queued as one.

CREATE TABLE batch (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What people type, as it stands in complaint.batch: a day and a counter.
  id           TEXT    NOT NULL UNIQUE,
  file         TEXT    NOT NULL,
  sheet        TEXT    NOT NULL DEFAULT '',
  titles       TEXT    NOT NULL CHECK (json_valid(titles)),
  channel_id   INTEGER NOT NULL REFERENCES channel(id),
  -- The SHA-256 of the file and what was read from which column: by these an
  -- import that was killed halfway is found again.
  digest       TEXT    NOT NULL,
  mapping      TEXT    NOT NULL,
  writer       TEXT    NOT NULL,
  rows         INTEGER NOT NULL DEFAULT 0,
  queued       INTEGER NOT NULL DEFAULT 0,
  duplicates   INTEGER NOT NULL DEFAULT 0,
  rejected     INTEGER NOT NULL DEFAULT 0,
  last_line    INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL,
  finished_at  INTEGER,
  paused_at    INTEGER,
  cancelled_at INTEGER
) STRICT;
-- What every claim asks.
CREATE INDEX batch_paused ON batch (id) WHERE paused_at IS NOT NULL;

-- The rows of the sheets. One whose complaint is erased goes with it.
CREATE TABLE batch_row (
  batch     INTEGER NOT NULL REFERENCES batch(seq) ON DELETE CASCADE,
  line      INTEGER NOT NULL,
  state     TEXT    NOT NULL CHECK (state IN ('queued','duplicate','rejected')),
  -- As they stand in the sheet, an array of texts.
  cells     TEXT    NOT NULL CHECK (json_valid(cells)),
  problems  TEXT    CHECK (problems IS NULL OR json_valid(problems)),
  complaint INTEGER REFERENCES complaint(seq) ON DELETE CASCADE,
  PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_row_complaint ON batch_row (complaint) WHERE complaint IS NOT NULL;
