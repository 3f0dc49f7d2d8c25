-- What gets a person through the gate.

CREATE TABLE tickets (
  ticket_id      uuid PRIMARY KEY,
  event_id       uuid NOT NULL,
  reservation_id uuid NOT NULL,
  payment_id     uuid NOT NULL,
  -- Owner.
  account_id     uuid NOT NULL,
  seat_id        integer,
  ticket_type_id uuid,
  grade          text NOT NULL,
  price          bigint NOT NULL,
  -- Unguessable; printed in the QR.
  code           text NOT NULL UNIQUE,
  totp_secret    bytea NOT NULL,
  -- 'returning': locked while its refund runs.
  state          text NOT NULL DEFAULT 'valid' CHECK (state IN ('valid', 'returning', 'returned', 'used')),
  refund_id      uuid,
  issued_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_at        timestamptz,
  -- Account of the gate's staff.
  used_by        uuid,
  returned_at    timestamptz,
  CHECK ((seat_id IS NULL) <> (ticket_type_id IS NULL))
);
CREATE INDEX tickets_of_account ON tickets (account_id, event_id);
CREATE INDEX tickets_of_reservation ON tickets (reservation_id);
-- What a cancelled event has still to give back; the sweeper looks here.
CREATE INDEX tickets_to_give_back ON tickets (event_id, reservation_id) WHERE state = 'valid';
-- A second lock on no-oversell: whatever the code does, a seat has one living ticket.
CREATE UNIQUE INDEX tickets_one_per_seat ON tickets (event_id, seat_id) WHERE state <> 'returned' AND seat_id IS NOT NULL;

CREATE TABLE returns (
  refund_id      uuid PRIMARY KEY,
  reservation_id uuid NOT NULL,
  account_id     uuid NOT NULL,
  ticket_ids     uuid[] NOT NULL,
  amount         bigint NOT NULL,
  state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'returned', 'rejected')),
  begun_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at       timestamptz
);
