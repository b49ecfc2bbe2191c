-- Who may sign in to the console, and what for. A name is unique in the whole house: it leads to its tenant.
CREATE TABLE operators (
    tenant TEXT NOT NULL,
    operator TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    closed_ms BIGINT,
    PRIMARY KEY (tenant, operator)
);

-- Who is signed in: the hash of what the browser's cookie holds.
CREATE TABLE operator_sessions (
    tenant TEXT NOT NULL,
    session TEXT NOT NULL UNIQUE,
    operator TEXT NOT NULL,
    begun_ms BIGINT NOT NULL,
    seen_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, session),
    FOREIGN KEY (tenant, operator) REFERENCES operators (tenant, operator)
);

-- Sign-ins that were tried, whether or not the name exists; forgotten after a quarter of an hour.
CREATE TABLE operator_tries (
    operator TEXT NOT NULL,
    attempt TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (operator, attempt)
);
