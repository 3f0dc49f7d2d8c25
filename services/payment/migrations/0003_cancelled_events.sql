-- Refunds of cancelled events. 'waiting': ordered by ticket-service, its tickets locked; another refund of the payment is open, or
-- the payment does not know of its tickets yet. Outside refunds_one_open, so that an order is never turned away.
ALTER TABLE refunds DROP CONSTRAINT refunds_reason_check, DROP CONSTRAINT refunds_state_check,
  ADD CONSTRAINT refunds_reason_check CHECK (reason IN ('buyer', 'lost-hold', 'event-cancelled')),
  ADD CONSTRAINT refunds_state_check CHECK (state IN ('waiting', 'requested', 'ready', 'sending', 'done', 'refused', 'rejected'));

DROP TRIGGER refunds_transition ON refunds;
CREATE TRIGGER refunds_transition BEFORE UPDATE OF state ON refunds FOR EACH ROW
  EXECUTE FUNCTION guard_transition('refund', 'waiting>ready waiting>refused requested>ready requested>refused requested>rejected ready>sending sending>done sending>rejected');

CREATE INDEX refunds_of_cancelled_open ON refunds (id) WHERE reason = 'event-cancelled' AND state IN ('waiting', 'ready', 'sending');
