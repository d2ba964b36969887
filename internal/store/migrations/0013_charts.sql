-- Version 13: how far complaints have come is counted by this index alone, without
-- their texts.
CREATE INDEX complaint_course ON complaint (send_state, case_state, person_id, created_at);
-- It begins as this one did.
DROP INDEX complaint_state;
