-- Version 2: the user's own say on the registry of numbers, and a newer list.

-- What the user says differently from the public lists: at most one thing for
-- a code and scope.
CREATE TABLE correction (
  code       TEXT    NOT NULL,
  scope      TEXT    NOT NULL,
  kind       TEXT    NOT NULL CHECK (kind IN ('entry','hide','note')),
  name_zh    TEXT    NOT NULL DEFAULT '',
  name_en    TEXT    NOT NULL DEFAULT '',
  category   TEXT    NOT NULL DEFAULT '',
  note       TEXT    NOT NULL DEFAULT '',
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (code, scope)
) STRICT, WITHOUT ROWID;

-- The list that was installed over the one that comes with the program, as its
-- maker signed it, so that it can be verified whenever it is read.
CREATE TABLE registry_feed (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  manifest     BLOB    NOT NULL,
  signature    BLOB    NOT NULL,
  codes        BLOB    NOT NULL,
  notes        BLOB    NOT NULL,
  public_key   TEXT    NOT NULL,
  url          TEXT    NOT NULL DEFAULT '',
  etag         TEXT    NOT NULL DEFAULT '',
  installed_at INTEGER NOT NULL
) STRICT;

-- Counts the changes of both, so that a program notices what another did.
CREATE TABLE registry_state (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL,
  -- The registry and rules by which the calls in the log are judged.
  judged_by  TEXT    NOT NULL DEFAULT ''
) STRICT;
INSERT INTO registry_state (id, generation) VALUES (1, 0);
