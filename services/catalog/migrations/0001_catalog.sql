-- Artists are shared by all organisers; only who entered one, or an admin, renames it.
CREATE TABLE artists (
  id         uuid PRIMARY KEY,
  slug       text NOT NULL UNIQUE,
  owner_id   uuid NOT NULL,
  name_ko    text NOT NULL,
  name_en    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp())
);

CREATE TABLE halls (
  id         uuid PRIMARY KEY,
  slug       text NOT NULL UNIQUE,
  owner_id   uuid NOT NULL,
  name_ko    text NOT NULL,
  name_en    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp())
);

-- A hall's seats. A seat's id is its position in the list, so a version never changes: tickets are printed from it.
CREATE TABLE layouts (
  id           uuid PRIMARY KEY,
  hall_id      uuid NOT NULL REFERENCES halls,
  version      integer NOT NULL CHECK (version >= 1),
  content_hash text NOT NULL,
  seat_count   integer NOT NULL CHECK (seat_count >= 1),
  -- [{grade, seats, sellable}]
  grades       jsonb NOT NULL,
  -- [{section, row, seat, grade, x, y, flags}]; json keeps the text as it is and is never searched.
  seats        json NOT NULL,
  created_by   uuid NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  UNIQUE (hall_id, version)
);

CREATE FUNCTION refuse_layout_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a layout never changes; import the hall again';
END $$;
CREATE TRIGGER layouts_are_immutable BEFORE UPDATE OR DELETE ON layouts
  FOR EACH ROW EXECUTE FUNCTION refuse_layout_change();

-- Instants carry whole milliseconds: a paging cursor made of one must find it again.
CREATE TABLE events (
  id                uuid PRIMARY KEY,
  slug              text NOT NULL UNIQUE,
  owner_id          uuid NOT NULL,
  -- Idempotency-Key of the request that created it.
  creation_key      text,
  -- What the organiser decided; what is shown follows from it, the times and the stock (event-state.ts).
  state             text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'cancelled')),
  title_ko          text NOT NULL,
  title_en          text NOT NULL,
  description_ko    text NOT NULL,
  description_en    text NOT NULL,
  artist_id         uuid NOT NULL REFERENCES artists,
  hall_id           uuid REFERENCES halls,
  -- Pinned at publication.
  layout_id         uuid REFERENCES layouts,
  venue_name_ko     text NOT NULL,
  venue_name_en     text NOT NULL,
  venue_address_ko  text NOT NULL,
  venue_address_en  text NOT NULL,
  city_ko           text NOT NULL,
  city_en           text NOT NULL,
  starts_at         timestamptz NOT NULL,
  sale_opens_at     timestamptz NOT NULL,
  sale_ends_at      timestamptz NOT NULL,
  lobby_minutes     integer NOT NULL CHECK (lobby_minutes >= 0),
  capacity          integer NOT NULL CHECK (capacity >= 1),
  rate_per_second   integer NOT NULL CHECK (rate_per_second >= 1),
  threshold         integer NOT NULL CHECK (threshold >= 0),
  slot_seconds      integer NOT NULL CHECK (slot_seconds BETWEEN 30 AND 3600),
  limit_per_account integer NOT NULL CHECK (limit_per_account BETWEEN 1 AND 20),
  age_limit         integer NOT NULL,
  running_minutes   integer NOT NULL,
  poster            jsonb NOT NULL,
  -- The uploaded picture it shows; the poster while there is none. References images (0002).
  image_key         text,
  -- Lowest and highest price, kept with prices and pools in the same transaction, to sort by.
  min_price         bigint,
  max_price         bigint,
  -- Counts changes; also the version of the inventory that ticket-service should have.
  version           integer NOT NULL DEFAULT 1,
  created_at        timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  updated_at        timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  published_at      timestamptz,
  cancelled_at      timestamptz,
  CHECK (sale_opens_at < sale_ends_at AND sale_ends_at <= starts_at),
  CHECK (state = 'draft' OR published_at IS NOT NULL OR cancelled_at IS NOT NULL)
);
CREATE INDEX events_by_start ON events (starts_at, id);
CREATE INDEX events_by_opening ON events (sale_opens_at, id);
CREATE INDEX events_by_sale_end ON events (sale_ends_at) WHERE published_at IS NOT NULL;
CREATE INDEX events_by_artist ON events (artist_id);
CREATE INDEX events_by_owner ON events (owner_id);

CREATE TABLE prices (
  event_id uuid NOT NULL REFERENCES events,
  grade    text NOT NULL,
  price    bigint NOT NULL CHECK (price >= 1),
  PRIMARY KEY (event_id, grade)
);

-- Standing or unnumbered places; the id is ticket-service's ticket type.
CREATE TABLE pools (
  id       uuid PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES events,
  position integer NOT NULL,
  name_ko  text NOT NULL,
  name_en  text NOT NULL,
  grade    text NOT NULL,
  quantity integer NOT NULL CHECK (quantity >= 1),
  price    bigint NOT NULL CHECK (price >= 1),
  UNIQUE (event_id, grade)
);

-- What ticket-service should have and what it is known to have. Written in the transaction that changes the event,
-- so a crash after the commit is healed by whoever looks next.
CREATE TABLE pushes (
  event_id        uuid PRIMARY KEY REFERENCES events,
  wanted_version  integer NOT NULL,
  pushed_version  integer NOT NULL DEFAULT 0,
  -- Version that ticket-service refused for good; a new wanted version is tried again.
  refused_version integer NOT NULL DEFAULT 0,
  -- One pusher at a time: a late old push must not overtake a new one.
  claimed_until   timestamptz,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_fault      text,
  pushed_at       timestamptz
);
CREATE INDEX pushes_due ON pushes (next_attempt_at) WHERE pushed_version < wanted_version AND refused_version < wanted_version;
