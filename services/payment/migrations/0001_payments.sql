-- Payments. A state changes only along the transitions named on its table's trigger, and every change leaves an audit row.

CREATE FUNCTION guard_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NOT (OLD.state || '>' || NEW.state) = ANY (string_to_array(TG_ARGV[1], ' ')) THEN
    RAISE EXCEPTION '% % cannot go from % to %', TG_ARGV[0], OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO audit_log (actor, action, subject, before, after)
  VALUES (
    NEW.changed_by,
    TG_ARGV[0] || '.' || NEW.state,
    TG_ARGV[0] || ':' || NEW.id,
    jsonb_build_object('state', OLD.state),
    jsonb_strip_nulls(jsonb_build_object('state', NEW.state, 'amount', NEW.amount, 'failureCode', NEW.failure_code, 'transactionKey', NEW.transaction_key))
  );
  RETURN NEW;
END $$;

-- The provider's name for an account: unguessable, the same for every payment of the account.
CREATE TABLE customers (
  account_id   uuid PRIMARY KEY,
  customer_key text NOT NULL UNIQUE
);

CREATE TABLE payment_attempts (
  id                 uuid PRIMARY KEY,
  order_id           text NOT NULL UNIQUE CHECK (order_id ~ '^[A-Za-z0-9_-]{6,64}$'),
  reservation_id     uuid NOT NULL,
  event_id           uuid NOT NULL,
  account_id         uuid NOT NULL,
  amount             bigint NOT NULL CHECK (amount > 0),
  order_name         text NOT NULL,
  accept_equal_seats boolean NOT NULL,
  state              text NOT NULL DEFAULT 'created' CHECK (state IN
    ('created', 'confirming', 'unknown', 'captured', 'fulfilled', 'refunding', 'refunded', 'failed', 'expired')),
  hold_expires_at    timestamptz NOT NULL,
  -- The provider's payment, known once the buyer comes back.
  payment_key        text,
  -- Key of the confirm call: committed before the call, changed only after the provider answered an error and a look-up found no money.
  confirm_key        text NOT NULL,
  confirm_generation integer NOT NULL DEFAULT 1,
  -- How the last confirm call ended when it did not decide: no-answer, fault, our-fault.
  confirm_answer     text,
  failure_code       text,
  failure_message    text,
  transaction_key    text,
  -- Proof that a deposit callback is the provider's.
  deposit_secret     text,
  ticket_ids         uuid[],
  refunded_amount    bigint NOT NULL DEFAULT 0 CHECK (refunded_amount BETWEEN 0 AND amount),
  changed_by         text NOT NULL,
  created_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirming_at      timestamptz,
  captured_at        timestamptz,
  ended_at           timestamptz,
  last_cancel_at     timestamptz,
  -- When the reconciler looks at it; whoever takes it moves this ahead, so that a killed worker's rows come back.
  next_check_at      timestamptz,
  checks             integer NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- One open attempt per reservation: two of them could both take money.
CREATE UNIQUE INDEX payment_attempts_one_open ON payment_attempts (reservation_id)
  WHERE state IN ('created', 'confirming', 'unknown', 'captured', 'fulfilled');
CREATE INDEX payment_attempts_account ON payment_attempts (account_id, id DESC);
-- Payments of one event that were begun lately.
CREATE INDEX payment_attempts_event ON payment_attempts (event_id, created_at);
CREATE INDEX payment_attempts_due ON payment_attempts (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX payment_attempts_unsettled ON payment_attempts (state) WHERE state IN ('confirming', 'unknown', 'captured', 'refunding');

CREATE TRIGGER payment_attempts_transition BEFORE UPDATE OF state ON payment_attempts FOR EACH ROW
  EXECUTE FUNCTION guard_transition('payment', 'created>confirming created>failed created>expired created>refunding confirming>unknown confirming>captured confirming>failed unknown>captured unknown>failed captured>fulfilled captured>refunding fulfilled>refunded refunding>refunded failed>refunding expired>refunding');

CREATE TABLE refunds (
  id                   uuid PRIMARY KEY,
  payment_id           uuid NOT NULL REFERENCES payment_attempts (id),
  reason               text NOT NULL CHECK (reason IN ('buyer', 'lost-hold', 'event-cancelled')),
  -- Absent: all that are left.
  requested_ticket_ids uuid[],
  ticket_ids           uuid[] NOT NULL DEFAULT '{}',
  amount               bigint CHECK (amount > 0),
  -- 'waiting': ordered by ticket-service for a cancelled event, its tickets locked; another refund of the payment is open, or
  -- the payment does not know of its tickets yet.
  state                text NOT NULL CHECK (state IN
    ('waiting', 'requested', 'ready', 'sending', 'done', 'refused', 'rejected')),
  -- What the provider must still hold when the cancel arrives; a second cancel of the same refund therefore cannot pass.
  balance_before       bigint,
  cancel_key           text NOT NULL,
  cancel_generation    integer NOT NULL DEFAULT 1,
  -- The provider answered the present key with an error, which it will repeat.
  is_key_spent         boolean NOT NULL DEFAULT false,
  failure_code         text,
  failure_message      text,
  transaction_key      text,
  changed_by           text NOT NULL,
  created_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at             timestamptz,
  next_check_at        timestamptz,
  checks               integer NOT NULL DEFAULT 0,
  CHECK (state NOT IN ('ready', 'sending', 'done') OR amount IS NOT NULL)
);
-- Cancels of one payment run one after the other: of two that meet, the provider would process one. Orders that wait are
-- not among them, so none is ever turned away.
CREATE UNIQUE INDEX refunds_one_open ON refunds (payment_id) WHERE state IN ('requested', 'ready', 'sending');
CREATE INDEX refunds_payment ON refunds (payment_id, id);
CREATE INDEX refunds_due ON refunds (next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX refunds_of_cancelled_open ON refunds (id) WHERE reason = 'event-cancelled' AND state IN ('waiting', 'ready', 'sending');

CREATE TRIGGER refunds_transition BEFORE UPDATE OF state ON refunds FOR EACH ROW
  EXECUTE FUNCTION guard_transition('refund', 'waiting>ready waiting>refused requested>ready requested>refused requested>rejected ready>sending sending>done sending>rejected');

-- Double entry in won. One row is one movement between two accounts, so no transaction can be out of balance.
CREATE TABLE ledger_entries (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind            text NOT NULL CHECK (kind IN ('capture', 'fulfilment', 'refund')),
  payment_id      uuid NOT NULL REFERENCES payment_attempts (id),
  refund_id       uuid REFERENCES refunds (id),
  debit           text NOT NULL CHECK (debit IN ('provider-receivable', 'buyer-deposits', 'organiser-sales')),
  credit          text NOT NULL CHECK (credit IN ('provider-receivable', 'buyer-deposits', 'organiser-sales')),
  amount          bigint NOT NULL CHECK (amount > 0),
  -- The provider's key of the approval or cancel, and the provider's time of it.
  transaction_key text,
  provider_at     timestamptz,
  booked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (debit <> credit),
  CHECK ((kind = 'fulfilment') = (transaction_key IS NULL)),
  CHECK ((kind = 'refund') = (refund_id IS NOT NULL))
);
CREATE UNIQUE INDEX ledger_entries_transaction ON ledger_entries (transaction_key) WHERE transaction_key IS NOT NULL;
CREATE UNIQUE INDEX ledger_entries_once ON ledger_entries (payment_id, kind) WHERE kind <> 'refund';
CREATE UNIQUE INDEX ledger_entries_refund ON ledger_entries (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX ledger_entries_provider_at ON ledger_entries (provider_at) WHERE provider_at IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a booked entry never changes';
END $$;
CREATE TRIGGER ledger_entries_immutable BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Outcome of each day's comparison with the provider's transactions (Korean days).
CREATE TABLE ledger_comparisons (
  day             date PRIMARY KEY,
  claimed_until   timestamptz NOT NULL,
  compared_at     timestamptz,
  difference      bigint,
  report          jsonb
);

CREATE TABLE webhook_deliveries (
  transmission_id text PRIMARY KEY,
  order_id        text NOT NULL,
  received_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX webhook_deliveries_received ON webhook_deliveries (received_at);
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (order_id);
