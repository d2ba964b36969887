-- Version 3: folders that are looked through for new call logs.

CREATE TABLE watched_folder (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id  INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  -- Absolute, with links resolved: a folder has one person.
  dir        TEXT    NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  -- The error key of what kept it from being read the last time.
  problem    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX watched_folder_person ON watched_folder (person_id);

-- Somebody who is removed is not looked after any longer, whatever becomes of
-- the calls.
CREATE TRIGGER watched_folder_goes AFTER UPDATE OF removed_at ON person
WHEN new.removed_at IS NOT NULL
BEGIN
  DELETE FROM watched_folder WHERE person_id = new.id;
END;

-- What became of the files in them. That of an imported file stays when the
-- file goes, so that its content is known again under another name.
CREATE TABLE watched_file (
  folder      INTEGER NOT NULL REFERENCES watched_folder(id) ON DELETE CASCADE,
  -- Below the folder, with slashes.
  path        TEXT    NOT NULL,
  size        INTEGER NOT NULL,
  -- Nanoseconds since 1970, as the file system tells them.
  modified    INTEGER NOT NULL,
  state       TEXT    NOT NULL CHECK (state IN ('claimed','imported','copy','failed','later','foreign')),
  -- The formats that could be read then.
  reader      TEXT    NOT NULL,
  sha256      TEXT    NOT NULL DEFAULT '',
  imported    INTEGER NOT NULL DEFAULT 0,
  error_kind  TEXT    NOT NULL DEFAULT '',
  error_key   TEXT    NOT NULL DEFAULT '',
  error_args  TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(error_args)),
  -- Tries of this content that failed for a reason that may pass.
  tries       INTEGER NOT NULL DEFAULT 0,
  retry_at    INTEGER,
  lease_owner TEXT,
  lease_until INTEGER,
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (folder, path),
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_file_content ON watched_file (sha256) WHERE sha256 <> '';
CREATE INDEX watched_file_lease ON watched_file (lease_owner) WHERE lease_owner IS NOT NULL;
