-- Version 8: the pace of a channel holds for all processes together.

-- The first moment at which the channel may be asked that is not handed out yet,
-- in microseconds: a channel may be asked a thousand times a second.
ALTER TABLE channel ADD COLUMN next_slot INTEGER NOT NULL DEFAULT 0;
