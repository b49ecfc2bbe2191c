-- Who may use the API. A client's name says who it is; its keys prove it.
CREATE TABLE clients (
    tenant TEXT NOT NULL,
    client TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    revoked_ms BIGINT,
    PRIMARY KEY (tenant, client)
);

CREATE TABLE client_keys (
    tenant TEXT NOT NULL,
    client TEXT NOT NULL,
    thumbprint TEXT NOT NULL,
    alg TEXT NOT NULL,
    x TEXT NOT NULL,
    y TEXT,
    added_ms BIGINT NOT NULL,
    retired_ms BIGINT,
    PRIMARY KEY (tenant, client, thumbprint),
    FOREIGN KEY (tenant, client) REFERENCES clients (tenant, client)
);

-- Access tokens withdrawn before their end; forgotten after it.
CREATE TABLE revoked_tokens (
    tenant TEXT NOT NULL,
    jti TEXT NOT NULL,
    until_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, jti)
);

-- One answer for each idempotency key, written in the transaction of what it answers; kept 24 hours.
CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    client TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status BIGINT NOT NULL,
    reply TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, client, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_ms);

-- What a client signed: the proof of who asked for an order.
CREATE TABLE signed_requests (
    tenant TEXT NOT NULL,
    request TEXT NOT NULL,
    client TEXT NOT NULL,
    operation TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    base TEXT NOT NULL,
    signature TEXT NOT NULL,
    status BIGINT NOT NULL,
    PRIMARY KEY (tenant, request)
);

-- Lenders that share this house. Their keys lie in folders of their own.
CREATE TABLE tenants (
    tenant TEXT NOT NULL,
    card TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant)
);
