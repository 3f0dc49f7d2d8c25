-- A buyer's hold on its way to payment, and what came of it.

CREATE TABLE reservations (
  reservation_id  uuid PRIMARY KEY,
  event_id        uuid NOT NULL,
  account_id      uuid NOT NULL,
  state           text NOT NULL CHECK (state IN ('pending', 'confirmed', 'expired', 'cancelled')),
  quantity        integer NOT NULL CHECK (quantity > 0),
  amount          bigint NOT NULL CHECK (amount >= 0),
  -- Seats in id order; empty for pools.
  seat_ids        integer[] NOT NULL,
  -- [{seatId, grade, price}] or [{ticketTypeId, grade, price, quantity}]: the price the buyer was told.
  items           jsonb NOT NULL,
  -- Whole milliseconds: pages of a list go on from here.
  created_at      timestamptz NOT NULL,
  -- Moves at most twice, and only ahead: when payment starts, and when it is not known whether it was paid.
  held_until      timestamptz NOT NULL,
  pinned_at       timestamptz,
  kept_at         timestamptz,
  ended_at        timestamptz,
  -- The reservation this one was made for after its places were lost.
  replaces        uuid,
  idempotency_key text,
  fingerprint     text,
  -- The slot the hold was made in; its purchase ends it.
  slot_id         uuid
) WITH (fillfactor = 85);
CREATE INDEX reservations_of_account ON reservations (account_id, created_at DESC, reservation_id DESC);
CREATE INDEX reservations_to_expire ON reservations (held_until) WHERE state = 'pending';
-- What has become of an event's reservations. Holds stay out of it, so that making one costs nothing more.
CREATE INDEX reservations_ended ON reservations (event_id, state) INCLUDE (amount) WHERE state <> 'pending';
CREATE UNIQUE INDEX reservations_key ON reservations (account_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- What became of a payment: the first outcome stands.
CREATE TABLE fulfilments (
  payment_id     uuid PRIMARY KEY,
  -- The reservation that was paid for.
  reservation_id uuid NOT NULL,
  outcome        text NOT NULL CHECK (outcome IN ('issued', 'lost')),
  -- The reservation the tickets belong to; another one when `replaced`.
  issued_for     uuid,
  replaced       boolean NOT NULL,
  ticket_ids     uuid[] NOT NULL,
  amount         bigint NOT NULL,
  decided_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX fulfilments_of_reservation ON fulfilments (reservation_id);

-- Slots that ended before their time: given back, or bought in. Their entry tokens open nothing more, though their
-- signature and end still stand. A row is of no use once the slot's own end has passed.
CREATE TABLE ended_slots (
  slot_id uuid PRIMARY KEY,
  ends_at timestamptz NOT NULL
);
