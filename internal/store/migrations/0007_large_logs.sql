-- Version 7: what makes logs of a million calls quick.

-- The reference of a call to its person is checked when the transaction ends. A
-- reference that is checked at once has SQLite keep a copy of every page that a
-- statement of many rows changes, a tenth of the time that an import takes.
-- Nothing in the file but these words changes, so the table need not be rebuilt
-- (https://www.sqlite.org/lang_altertable.html, section 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
  SET sql = replace(sql, 'REFERENCES person(id) ON DELETE CASCADE', 'REFERENCES person(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED')
  WHERE type = 'table' AND name = 'call';
-- Reads the schema anew; the index below has every other connection do so.
PRAGMA writable_schema = RESET;

-- The calls of each kind in the order of time: there are some hundred kinds
-- however long the log is, so that the newest of any of them are found at once.
CREATE INDEX call_kind ON call (direction, family, verdict, person_id, started_at);

-- The row of a text is no longer the call's id but its minute and its id: so the
-- newest calls with a word come first out of the index. 137438953471 is 2^37-1.
CREATE TABLE call_text_before AS SELECT rowid AS id, text FROM call_text;
DROP TRIGGER call_text_goes;
DROP TABLE call_text;
CREATE VIRTUAL TABLE call_text USING fts5(text, columnsize=0, tokenize='unicode61 remove_diacritics 2');
INSERT INTO call_text (call_text, rank) VALUES ('secure-delete', 1);
INSERT INTO call_text (rowid, text)
  SELECT ((c.started_at / 60000) << 37) | c.id, t.text
  FROM call_text_before t JOIN call c ON c.id = t.id ORDER BY 1;
DROP TABLE call_text_before;
CREATE TRIGGER call_text_goes AFTER DELETE ON call
WHEN old.name <> '' OR old.note <> ''
BEGIN
  DELETE FROM call_text WHERE rowid = ((old.started_at / 60000) << 37) | old.id;
END;
-- The words of the index, to find those that hold a part, and how often a text
-- has changed, to know when they have to be read again.
CREATE VIRTUAL TABLE call_word USING fts5vocab(call_text, row);
CREATE TABLE call_text_state (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  changes INTEGER NOT NULL
) STRICT;
INSERT INTO call_text_state (id, changes) VALUES (1, 0);
CREATE TRIGGER call_text_changes AFTER UPDATE OF name, note ON call
BEGIN
  UPDATE call_text_state SET changes = changes + 1;
END;
