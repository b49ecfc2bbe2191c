-- Approvals and court orders of a row's lock, as they stand in the order: a JSON array of kind, number, Unix seconds.
ALTER TABLE job_rows ADD COLUMN refs TEXT;
