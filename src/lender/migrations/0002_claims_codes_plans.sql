-- An agreed fee is a part of its instalment's amount. A plan adds instalments and ends others: what is left of an ended
-- one is what was paid of it.
ALTER TABLE instalments ADD COLUMN fee BIGINT NOT NULL DEFAULT 0;
ALTER TABLE instalments ADD COLUMN plan TEXT;
ALTER TABLE instalments ADD COLUMN replaced_by TEXT;

-- A payment that its provider took back counts no more.
ALTER TABLE payments ADD COLUMN reversed_ms BIGINT;

-- How a claim ended.
ALTER TABLE claims ADD COLUMN outcome TEXT;
ALTER TABLE claims ADD COLUMN answered_ms BIGINT;

-- Who did what for which reason. `hash` covers the row and the hash of the row before it.
CREATE TABLE audit (
    tenant TEXT NOT NULL,
    place BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    action TEXT NOT NULL,
    operator TEXT NOT NULL,
    reason TEXT NOT NULL,
    device TEXT NOT NULL,
    lock_id BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant, place)
);

-- Locks up to this number were lifted by the phone itself: a spoken code, or the lender's silence. Their notices are spent.
CREATE TABLE lifted (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    lock_id BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, lock_id),
    FOREIGN KEY (tenant, device) REFERENCES devices (tenant, device)
);
