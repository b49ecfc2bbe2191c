-- Locks that were wrong, in markets or contracts that pay for it. What is due is counted while the phone holds the lock
-- and stands still once the phone told that it is lifted.
CREATE TABLE compensations (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    lock_id BIGINT NOT NULL,
    first_lock_id BIGINT NOT NULL,
    cause TEXT NOT NULL,
    claim TEXT,
    counts_from_ms BIGINT,
    noted_ms BIGINT NOT NULL,
    per_hour BIGINT NOT NULL,
    currency TEXT NOT NULL,
    from_ms BIGINT,
    until_ms BIGINT,
    hours BIGINT,
    minor BIGINT,
    PRIMARY KEY (tenant, device, lock_id),
    FOREIGN KEY (tenant, device) REFERENCES devices (tenant, device)
);
