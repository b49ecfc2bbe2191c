-- Locks in bulk: each row is judged by itself, in the transaction of its order.
CREATE TABLE jobs (
    tenant TEXT NOT NULL,
    job TEXT NOT NULL,
    creator TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    approver TEXT,
    approval TEXT,
    approved_ms BIGINT,
    tripped_ms BIGINT,
    cancelled_ms BIGINT,
    PRIMARY KEY (tenant, job)
);

-- `due_ms`: when a worker looks at the row; one that took it puts it off, so that nobody else does. `code`: what it waits
-- for, or why it failed.
CREATE TABLE job_rows (
    tenant TEXT NOT NULL,
    job TEXT NOT NULL,
    no BIGINT NOT NULL,
    device TEXT NOT NULL,
    level BIGINT NOT NULL,
    instalment BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'held', 'issued', 'failed')),
    code TEXT,
    due_ms BIGINT NOT NULL,
    held_ms BIGINT,
    lock_id BIGINT,
    PRIMARY KEY (tenant, job, no),
    FOREIGN KEY (tenant, job) REFERENCES jobs (tenant, job)
);
CREATE INDEX job_rows_by_due ON job_rows (tenant, state, due_ms);

-- Every lock number that was signed: what the breaker counts.
CREATE TABLE locks_issued (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    lock_id BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, lock_id)
);
CREATE INDEX locks_issued_by_time ON locks_issued (tenant, at_ms);
