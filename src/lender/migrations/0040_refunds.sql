-- What became of a payment is looked up by the provider's number of it.
CREATE INDEX provider_events_by_reference ON provider_events (tenant, provider, reference);
CREATE INDEX provider_events_by_time ON provider_events (tenant, told_ms, message);
