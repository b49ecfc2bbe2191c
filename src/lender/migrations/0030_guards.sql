-- Wrong passwords count for the name and the address that they came from.
ALTER TABLE operator_tries ADD COLUMN address TEXT NOT NULL DEFAULT '';

-- What was done to a phone, read for that phone alone.
CREATE INDEX audit_by_device ON audit (tenant, device, place);

-- Orders that are kept back, or come again.
CREATE INDEX orders_by_state ON orders (tenant, device, state, retry_ms);

-- When the phone told last that a lock is lifted which nobody here lifted.
ALTER TABLE devices ADD COLUMN lifted_unknown_ms BIGINT;
