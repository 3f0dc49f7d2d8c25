-- Tables every service has: what it announces, what it has heard, what it could not digest, who changed what.

CREATE TABLE outbox (
  position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id           uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  topic        text NOT NULL,
  type         text NOT NULL,
  subject      text NOT NULL,
  data         jsonb NOT NULL,
  occurred_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz
);
-- Positions are taken before the commit, so a reader that remembers the last position would step over a late commit.
-- The relay therefore looks for rows that are not yet published.
CREATE INDEX outbox_unpublished ON outbox (position) WHERE published_at IS NULL;

CREATE TABLE consumed_events (
  consumer    text NOT NULL,
  event_id    uuid NOT NULL,
  consumed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
-- Finds what is old enough to be forgotten; rows come in the order of their instant, so only its last page is written.
CREATE INDEX consumed_events_consumed ON consumed_events (consumed_at);

CREATE TABLE dead_letters (
  consumer    text NOT NULL,
  event_id    uuid NOT NULL,
  topic       text NOT NULL,
  envelope    jsonb NOT NULL,
  fault       text NOT NULL,
  failed_at   timestamptz NOT NULL DEFAULT now(),
  replayed_at timestamptz,
  -- An operator asks for the replay of a buried event here; its consumer's own process carries it out and clears it.
  replay_requested_at timestamptz,
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX dead_letters_requested ON dead_letters (consumer, topic, failed_at) WHERE replay_requested_at IS NOT NULL;
CREATE INDEX dead_letters_replayed ON dead_letters (replayed_at) WHERE replayed_at IS NOT NULL;

CREATE TABLE audit_log (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor      text NOT NULL,
  action     text NOT NULL,
  subject    text NOT NULL,
  before     jsonb,
  after      jsonb,
  request_id text
);
CREATE INDEX audit_log_subject ON audit_log (subject, id);

CREATE TABLE idempotency_keys (
  caller      text NOT NULL,
  key         text NOT NULL,
  route       text NOT NULL,
  fingerprint text NOT NULL,
  -- A crash leaves a claim behind; after this instant another attempt may take it over.
  claimed_until timestamptz NOT NULL,
  status      smallint,
  body        jsonb,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
