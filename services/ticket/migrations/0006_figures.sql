-- Whose event it is, as catalog says; its organiser sees how it sells.
ALTER TABLE events ADD COLUMN owner_id uuid;

-- What has become of an event's reservations. Holds stay out of it, so that making one costs nothing more.
CREATE INDEX reservations_ended ON reservations (event_id, state) INCLUDE (amount) WHERE state <> 'pending';
