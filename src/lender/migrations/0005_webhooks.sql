-- Where a lender's other systems are told what happened. Secrets are drawn from a key file, never stored.
CREATE TABLE webhooks (
    tenant TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    generation BIGINT NOT NULL DEFAULT 1,
    rotated_ms BIGINT,
    created_ms BIGINT NOT NULL,
    disabled_ms BIGINT,
    PRIMARY KEY (tenant, endpoint)
);

-- Written in the transaction of what it tells. `due_ms`: when it is sent next; a sender puts it off while it sends.
CREATE TABLE webhook_outbox (
    tenant TEXT NOT NULL,
    message TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    tries BIGINT NOT NULL DEFAULT 0,
    due_ms BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    tried_ms BIGINT,
    answer TEXT,
    PRIMARY KEY (tenant, message, endpoint)
);
CREATE INDEX webhook_outbox_by_due ON webhook_outbox (tenant, state, due_ms);

-- What payment providers told, each message once, and what became of it.
CREATE TABLE provider_events (
    tenant TEXT NOT NULL,
    provider TEXT NOT NULL,
    message TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    about TEXT NOT NULL,
    outcome TEXT NOT NULL,
    told_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, provider, message)
);
