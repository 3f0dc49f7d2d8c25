-- The line of a sale is two numbers on its row, issued and serving, and one row per place.
-- Every function below locks the sale's row first and reads the clock after it has the lock: the row is the line's
-- one order of events, whatever replica acts. Lock order: sales (by event id), then places, slots, calls.

-- No foreign keys below: every writer already holds the sale's row, and a check per place would double a join's cost.

CREATE TABLE sales (
  event_id               uuid PRIMARY KEY,
  -- Whose event it is, as catalog says; its organiser runs the sale.
  owner_id               uuid NOT NULL,
  -- Which life of the line store this line belongs to; stands in receipts.
  epoch                  bigint NOT NULL,
  -- What catalog said last. A live value changes with it only when catalog's own value changes.
  scheduled_opens_at     timestamptz NOT NULL,
  scheduled_capacity     integer NOT NULL,
  scheduled_rate         integer NOT NULL,
  lobby_opens_at         timestamptz NOT NULL,
  opens_at               timestamptz NOT NULL,
  ends_at                timestamptz NOT NULL,
  threshold              integer NOT NULL,
  slot_seconds           integer NOT NULL,
  claim_seconds          integer NOT NULL,
  is_cancelled           boolean NOT NULL DEFAULT false,
  is_sold_out            boolean NOT NULL DEFAULT false,
  -- Live controls.
  capacity               integer NOT NULL,
  rate_per_second        integer NOT NULL,
  is_paused              boolean NOT NULL DEFAULT false,
  is_draining            boolean NOT NULL DEFAULT false,
  notice                 jsonb,
  -- The line. Arrivals count from 1; the first lobby_size of them are the lobby, in order of arrival, not of service.
  issued                 bigint NOT NULL DEFAULT 0,
  serving                bigint NOT NULL DEFAULT 0,
  active                 integer NOT NULL DEFAULT 0,
  credit                 double precision NOT NULL DEFAULT 0,
  paced_at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The draw.
  secret                 bytea NOT NULL,
  secret_hash            bytea NOT NULL,
  leaf_key               bytea NOT NULL,
  lobby_size             bigint,
  frozen_at              timestamptz,
  roster_root            bytea,
  chunk_roots            bytea,
  drawn_at               timestamptz,
  -- Checkout's health, as last measured.
  bearable_rate          double precision,
  checkout_p95_ms        integer,
  checkout_failure_share double precision,
  measured_at            timestamptz,
  -- Where Redis keeps the line (0005): which load of it into Redis counts; 0: none, PostgreSQL keeps the line itself.
  incarnation            bigint NOT NULL DEFAULT 0,
  -- The last step logged in it, and Redis' clock then.
  line_seq               bigint NOT NULL DEFAULT 0,
  line_step              uuid,
  line_at                timestamptz,
  -- Grows with every change of what catalog, an organiser, checkout or the draw decides.
  settings_version       bigint NOT NULL DEFAULT 1,
  CHECK (serving <= issued),
  CHECK (active >= 0)
) WITH (fillfactor = 50);

CREATE TABLE places (
  event_id    uuid NOT NULL,
  arrival     bigint NOT NULL,
  account_id  uuid NOT NULL,
  joined_at   timestamptz NOT NULL,
  left_at     timestamptz,
  -- Set when the account took a new place; the row stays, because the draw's roster is made of it.
  replaced_at timestamptz,
  PRIMARY KEY (event_id, arrival)
);
CREATE UNIQUE INDEX places_one_per_account ON places (event_id, account_id) WHERE replaced_at IS NULL;

-- Numbers nobody will claim, because their owners left before they were called.
CREATE TABLE holes (
  event_id uuid NOT NULL,
  number   bigint NOT NULL,
  PRIMARY KEY (event_id, number)
);

-- One row each time serving moved; to_number is the last number it called.
CREATE TABLE calls (
  event_id  uuid NOT NULL,
  to_number bigint NOT NULL,
  called_at timestamptz NOT NULL,
  called    integer NOT NULL,
  unclaimed integer NOT NULL,
  PRIMARY KEY (event_id, to_number)
) WITH (fillfactor = 70);
CREATE INDEX calls_recent ON calls (event_id, called_at);

-- Admissions. capacity and rate are those in force when the slot was granted, so that pacing can be audited later.
CREATE TABLE slots (
  event_id    uuid NOT NULL,
  arrival     bigint NOT NULL,
  number      bigint NOT NULL,
  account_id  uuid NOT NULL,
  slot_id     uuid NOT NULL DEFAULT gen_random_uuid(),
  granted_at  timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,
  released_at timestamptz,
  reason      text CHECK (reason IN ('expired', 'left', 'confirmed')),
  capacity    integer NOT NULL,
  rate        integer NOT NULL,
  PRIMARY KEY (event_id, arrival)
);
CREATE INDEX slots_granted ON slots (event_id, granted_at);
CREATE INDEX slots_of_account ON slots (event_id, account_id, arrival);
CREATE INDEX slots_running ON slots (event_id, ends_at) WHERE released_at IS NULL;

-- People who claim after their window and wait for a slot; those who stop asking fall out, and may ask again.
CREATE TABLE late_claimers (
  event_id uuid NOT NULL,
  number   bigint NOT NULL,
  asked_at timestamptz NOT NULL,
  PRIMARY KEY (event_id, number)
);
CREATE INDEX late_claimers_asked ON late_claimers (event_id, asked_at);
