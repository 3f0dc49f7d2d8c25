-- What is for sale. A layout version never changes; an event sells either seats of one layout version, or pools.

CREATE TABLE layouts (
  layout_id   uuid NOT NULL,
  version     integer NOT NULL,
  seats       jsonb NOT NULL,
  seat_count  integer NOT NULL,
  seats_hash  text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (layout_id, version)
);

CREATE TABLE events (
  event_id          uuid PRIMARY KEY,
  -- Whose event it is, as catalog says; its organiser sees how it sells and lets people in.
  owner_id          uuid NOT NULL,
  title             jsonb NOT NULL,
  venue             jsonb NOT NULL,
  starts_at         timestamptz NOT NULL,
  sale_opens_at     timestamptz NOT NULL,
  sale_ends_at      timestamptz NOT NULL,
  limit_per_account integer NOT NULL CHECK (limit_per_account > 0),
  cancelled         boolean NOT NULL,
  layout_id         uuid,
  layout_version    integer,
  seat_count        integer NOT NULL DEFAULT 0,
  -- Grows with every change of the inventory itself (not with holds); readers reload by it.
  revision          bigint NOT NULL DEFAULT 1,
  -- Catalog's count of the inventory: what comes late never replaces what is newer.
  pushed_revision   bigint NOT NULL DEFAULT 0,
  updated_at        timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (layout_id, layout_version) REFERENCES layouts (layout_id, version)
);
-- The few that have something to give back.
CREATE INDEX events_cancelled ON events (event_id) WHERE cancelled;

-- A new price counts for holds made from then on; what is held or sold keeps the price written in its reservation.
CREATE TABLE event_grades (
  event_id uuid NOT NULL REFERENCES events,
  grade    text NOT NULL,
  price    bigint NOT NULL CHECK (price >= 0),
  PRIMARY KEY (event_id, grade)
);

-- Everything that decides whether a seat is free is on its row:
-- free <=> state = 'available' OR (state = 'held' AND held_until <= clock_timestamp()).
-- No index on a changing column, and room on each page: an update stays on its page (HOT).
CREATE TABLE seats (
  event_id       uuid NOT NULL,
  seat_id        integer NOT NULL,
  grade          text NOT NULL,
  state          text NOT NULL DEFAULT 'available' CHECK (state IN ('available', 'held', 'sold', 'blocked')),
  reservation_id uuid,
  held_until     timestamptz,
  -- Transaction of the last change: a reader asks for `changed_in >= xmin` of its last snapshot and misses nothing.
  changed_in     xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (event_id, seat_id),
  CHECK ((state IN ('held', 'sold')) = (reservation_id IS NOT NULL)),
  CHECK ((state = 'held') = (held_until IS NOT NULL))
) WITH (fillfactor = 60);

-- quantity >= sold + held always; `held` is the sum of the pool's rows in pool_holds. Expired rows are folded away by the
-- same atomic step that decides about new holds, so an expired place is free at once.
CREATE TABLE pools (
  event_id       uuid NOT NULL REFERENCES events,
  ticket_type_id uuid NOT NULL,
  name           jsonb NOT NULL,
  grade          text NOT NULL,
  quantity       integer NOT NULL,
  price          bigint NOT NULL CHECK (price >= 0),
  sold           integer NOT NULL DEFAULT 0 CHECK (sold >= 0),
  held           integer NOT NULL DEFAULT 0 CHECK (held >= 0),
  position       integer NOT NULL,
  PRIMARY KEY (event_id, ticket_type_id),
  CONSTRAINT pool_never_oversold CHECK (sold + held <= quantity)
) WITH (fillfactor = 50);

CREATE TABLE pool_holds (
  reservation_id uuid NOT NULL,
  event_id       uuid NOT NULL,
  ticket_type_id uuid NOT NULL,
  quantity       integer NOT NULL CHECK (quantity > 0),
  held_until     timestamptz NOT NULL,
  PRIMARY KEY (reservation_id, ticket_type_id)
);
CREATE INDEX pool_holds_expiry ON pool_holds (event_id, ticket_type_id, held_until);
