-- The practice endpoint's own file. Times are milliseconds since 1970.
CREATE TABLE complaint (
  id              INTEGER PRIMARY KEY AUTOINCREMENT, -- part of the receipt number
  idempotency_key TEXT    NOT NULL UNIQUE,
  body_sha256     BLOB    NOT NULL,
  body            BLOB    NOT NULL,                  -- exactly as received
  received_at     INTEGER NOT NULL,
  number_at       INTEGER NOT NULL,                  -- from when the receipt number is told
  receipt_number  TEXT    UNIQUE,                    -- NULL only within the transaction that adds the row
  token           TEXT    UNIQUE,                    -- NULL where the first answer held the receipt number
  withdrawn_at    INTEGER,
  withdrawn_for   TEXT
) STRICT;

CREATE INDEX complaint_number_at ON complaint (number_at);

-- Version 2: files that belong to complaints.
CREATE TABLE evidence (
  complaint   INTEGER NOT NULL REFERENCES complaint(id),
  sha256      TEXT    NOT NULL,
  media_type  TEXT    NOT NULL,
  bytes       BLOB    NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (complaint, sha256)
) STRICT;
