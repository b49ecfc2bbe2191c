-- Jobs are listed in parts, newest first.
CREATE INDEX jobs_by_age ON jobs (tenant, created_ms, job);
