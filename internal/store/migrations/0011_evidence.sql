-- The files that belong to complaints. What they are stands in the complaint;
-- here is which there are, and how far each has come. A row without a due time
-- has nothing to be done.

CREATE TABLE evidence (
  complaint   INTEGER NOT NULL REFERENCES complaint(seq) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  sha256      TEXT    NOT NULL,
  state       TEXT    NOT NULL DEFAULT 'stored' CHECK (state IN
    ('stored','waiting','uploaded','refused','missing')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  -- Attempts that count towards the schedule.
  tries       INTEGER NOT NULL DEFAULT 0,
  due_at      INTEGER,
  lease_owner TEXT,
  lease_until INTEGER,
  http_status INTEGER NOT NULL DEFAULT 0,
  error_key   TEXT    NOT NULL DEFAULT '',
  detail      TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (complaint, position),
  UNIQUE (complaint, sha256),
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_due ON evidence (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX evidence_lease ON evidence (lease_owner) WHERE lease_owner IS NOT NULL;
