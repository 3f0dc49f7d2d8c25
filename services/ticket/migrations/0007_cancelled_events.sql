-- What a cancelled event has still to give back; the sweeper looks here.
CREATE INDEX events_cancelled ON events (event_id) WHERE cancelled;
CREATE INDEX tickets_to_give_back ON tickets (event_id, reservation_id) WHERE state = 'valid';
