-- Payments of one event that were begun lately.
CREATE INDEX payment_attempts_event ON payment_attempts (event_id, created_at);
