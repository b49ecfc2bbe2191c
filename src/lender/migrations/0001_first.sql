-- Portable subset: TEXT ids, BIGINT milliseconds and counters, keys that start with the tenant.

CREATE TABLE settings (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Root and key set bundles in the order in which a phone takes them.
CREATE TABLE trust (
    tenant TEXT NOT NULL,
    place BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('root', 'keys')),
    version BIGINT NOT NULL,
    bundle TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, place),
    UNIQUE (tenant, kind, version)
);

CREATE TABLE contracts (
    tenant TEXT NOT NULL,
    contract TEXT NOT NULL,
    agreement TEXT NOT NULL,
    currency TEXT NOT NULL,
    pay_token TEXT NOT NULL UNIQUE,
    settled_ms BIGINT,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, contract)
);

CREATE TABLE instalments (
    tenant TEXT NOT NULL,
    contract TEXT NOT NULL,
    no BIGINT NOT NULL,
    due_day BIGINT NOT NULL,
    minor BIGINT NOT NULL,
    PRIMARY KEY (tenant, contract, no),
    FOREIGN KEY (tenant, contract) REFERENCES contracts (tenant, contract)
);

-- What a payer was shown: the amount stands, and one intent is paid once.
CREATE TABLE intents (
    tenant TEXT NOT NULL,
    intent TEXT NOT NULL,
    contract TEXT NOT NULL,
    minor BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, intent),
    FOREIGN KEY (tenant, contract) REFERENCES contracts (tenant, contract)
);

CREATE TABLE payments (
    tenant TEXT NOT NULL,
    payment TEXT NOT NULL,
    contract TEXT NOT NULL,
    provider TEXT NOT NULL,
    reference TEXT NOT NULL,
    minor BIGINT NOT NULL,
    paid_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, payment),
    UNIQUE (tenant, provider, reference),
    FOREIGN KEY (tenant, contract) REFERENCES contracts (tenant, contract)
);

-- Which instalments a payment went to.
CREATE TABLE payment_parts (
    tenant TEXT NOT NULL,
    payment TEXT NOT NULL,
    contract TEXT NOT NULL,
    no BIGINT NOT NULL,
    minor BIGINT NOT NULL,
    PRIMARY KEY (tenant, payment, no),
    FOREIGN KEY (tenant, payment) REFERENCES payments (tenant, payment),
    FOREIGN KEY (tenant, contract, no) REFERENCES instalments (tenant, contract, no)
);
CREATE INDEX payment_parts_by_contract ON payment_parts (tenant, contract, no);

-- One phone of one contract. The `next_…` columns are its counters.
CREATE TABLE devices (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL UNIQUE,
    contract TEXT NOT NULL,
    serial_hash TEXT,
    next_seq BIGINT NOT NULL DEFAULT 1,
    next_lock_id BIGINT NOT NULL DEFAULT 1,
    next_terms_seq BIGINT NOT NULL DEFAULT 1,
    released_through BIGINT NOT NULL DEFAULT 0,
    used_lock_id BIGINT NOT NULL DEFAULT 0,
    used_window_s BIGINT NOT NULL DEFAULT 0,
    mode TEXT NOT NULL DEFAULT '',
    journal_head TEXT NOT NULL DEFAULT '',
    app TEXT NOT NULL DEFAULT '',
    adapter TEXT NOT NULL DEFAULT '',
    seen_ms BIGINT,
    settled_ms BIGINT,
    catch_up_from BIGINT,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, device),
    UNIQUE (tenant, contract),
    FOREIGN KEY (tenant, contract) REFERENCES contracts (tenant, contract)
);

CREATE TABLE device_keys (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    thumbprint TEXT NOT NULL,
    alg TEXT NOT NULL,
    x TEXT NOT NULL,
    y TEXT,
    added_ms BIGINT NOT NULL,
    retired_ms BIGINT,
    PRIMARY KEY (tenant, device, thumbprint),
    FOREIGN KEY (tenant, device) REFERENCES devices (tenant, device)
);

CREATE TABLE enrol_codes (
    tenant TEXT NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_by TEXT,
    used_ms BIGINT,
    PRIMARY KEY (tenant, code_hash),
    FOREIGN KEY (tenant, device) REFERENCES devices (tenant, device)
);

-- Everything ever offered to a phone. `seq` is the delivery cursor; the same token may be offered under several.
CREATE TABLE orders (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    seq BIGINT NOT NULL,
    jti TEXT NOT NULL,
    kind TEXT NOT NULL,
    lock_id BIGINT NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('queued', 'held', 'cancelled')),
    jws TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    exp_ms BIGINT,
    receipt TEXT,
    receipt_ms BIGINT,
    retry_ms BIGINT,
    PRIMARY KEY (tenant, device, seq),
    FOREIGN KEY (tenant, device) REFERENCES devices (tenant, device)
);
CREATE INDEX orders_by_kind ON orders (tenant, device, kind, seq);

-- What the owner said, exactly as it came.
CREATE TABLE claims (
    tenant TEXT NOT NULL,
    device TEXT NOT NULL,
    claim TEXT NOT NULL,
    kind TEXT NOT NULL,
    lock_id BIGINT NOT NULL,
    instalment BIGINT,
    choice TEXT,
    text TEXT,
    created_ms BIGINT NOT NULL,
    answer_by_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, claim),
    FOREIGN KEY (tenant, device) REFERENCES devices (tenant, device)
);

-- Replay cache of request signatures, kept 180 s.
CREATE TABLE nonces (
    tenant TEXT NOT NULL,
    keyid TEXT NOT NULL,
    nonce TEXT NOT NULL,
    seen_ms BIGINT NOT NULL,
    PRIMARY KEY (tenant, keyid, nonce)
);
CREATE INDEX nonces_by_age ON nonces (seen_ms);
