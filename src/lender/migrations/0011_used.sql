-- Every allowance of the lock in force that the phone told of: a wipe refills none.
ALTER TABLE devices ADD COLUMN used_opening BIGINT NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN used_provisional BIGINT NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN used_codes BIGINT NOT NULL DEFAULT 0;

-- When an older copy of the phone's record was noticed last.
ALTER TABLE devices ADD COLUMN rolled_back_ms BIGINT;
