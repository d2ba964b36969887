-- Version 14: a list can bring a table of advice with it.

ALTER TABLE registry_feed ADD COLUMN advice BLOB;
