-- What of a payment went to no instalment: money that goes back to whoever paid it.
ALTER TABLE payments ADD COLUMN over_minor BIGINT NOT NULL DEFAULT 0;
UPDATE payments SET over_minor = minor - COALESCE((
    SELECT SUM(s.minor) FROM payment_parts s WHERE s.tenant = payments.tenant AND s.payment = payments.payment), 0);
CREATE INDEX payments_over ON payments (tenant, paid_ms, payment) WHERE over_minor > 0;
