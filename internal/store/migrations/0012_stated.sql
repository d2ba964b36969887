-- Version 12: who complains and for whom where a sheet states it, in its words.
-- What it says resolved stands in the body. NULL is the owner of the workspace,
-- for themselves or for person_id.

ALTER TABLE complaint ADD COLUMN stated TEXT CHECK (stated IS NULL OR json_valid(stated));

-- Of older sheets the words are gone; the resolved ones say the same.
UPDATE complaint SET stated = json_object(
  'name', ifnull(body ->> '$.complainant.name', ''),
  'phone', ifnull(body ->> '$.complainant.phone', ''),
  'province', ifnull(body ->> '$.complainant.province', ''),
  'on_behalf_of', ifnull(body ->> '$.complainant.on_behalf_of.name', ''),
  'relation', CASE WHEN body ->> '$.complainant.on_behalf_of.name' IS NULL THEN ''
    ELSE ifnull(body ->> '$.complainant.relation', '') END,
  'authority', ifnull(body ->> '$.complainant.on_behalf_of.authority', ''))
WHERE batch <> '' AND NOT EXISTS (SELECT 1 FROM complaint_call k WHERE k.complaint = complaint.seq);
