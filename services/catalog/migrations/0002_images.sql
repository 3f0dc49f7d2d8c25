-- Uploaded pictures. A row is written before the store gets the picture and outlives it, so whatever a crash leaves in the
-- store is known here; and an event refers to a row, so no picture goes while an event shows it.
CREATE TABLE images (
  key          text PRIMARY KEY,
  event_id     uuid NOT NULL REFERENCES events,
  content_hash bytea NOT NULL,
  byte_count   integer NOT NULL,
  width        integer NOT NULL,
  height       integer NOT NULL,
  uploaded_by  uuid NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When a sweeper may take it away; null while an event shows it.
  remove_after timestamptz,
  -- A sweeper has begun: there is no way back.
  swept_at     timestamptz
);
CREATE INDEX images_by_event ON images (event_id);
CREATE INDEX images_to_remove ON images (remove_after) WHERE remove_after IS NOT NULL;

-- The two tables refer to each other.
ALTER TABLE events ADD FOREIGN KEY (image_key) REFERENCES images;
CREATE UNIQUE INDEX events_by_image ON events (image_key) WHERE image_key IS NOT NULL;
