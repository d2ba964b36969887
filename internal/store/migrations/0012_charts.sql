-- Version 12: how far complaints have come is counted by this index alone, without
-- their texts.
CREATE INDEX complaint_course ON complaint (send_state, case_state, person_id, created_at);
