-- Numbers that people know, or say that they do not want.

CREATE TABLE contact (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  -- NULL: everybody's.
  person_id  INTEGER REFERENCES person(id) ON DELETE CASCADE,
  number     TEXT    NOT NULL CHECK (number <> ''),
  name       TEXT    NOT NULL,
  mark       TEXT    NOT NULL CHECK (mark IN ('known','unwanted')),
  source     TEXT    NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;

-- One contact a number and person; the number comes first, because contacts
-- are looked up by it.
CREATE UNIQUE INDEX contact_identity ON contact (number, ifnull(person_id, 0));
CREATE INDEX contact_person ON contact (person_id);
