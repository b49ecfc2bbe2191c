-- Rows that are only locked: one transaction at a time decides about what a tenant has once.
CREATE TABLE turns (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
);
