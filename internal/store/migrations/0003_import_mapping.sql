-- Version 3: how the user mapped the columns of tables of calls.

CREATE TABLE import_mapping (
  -- A hash of the titles of the table.
  fingerprint TEXT    NOT NULL PRIMARY KEY,
  -- Fields and the titles or places of their columns.
  mapping     TEXT    NOT NULL CHECK (json_valid(mapping)),
  saved_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
