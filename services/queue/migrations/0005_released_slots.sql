-- A slot that is given back before its end is announced, so that its entry token ends with it.

-- Ends the running slot of an account, if it has one. One that simply reaches its end needs no message: its token says when.
CREATE OR REPLACE FUNCTION end_slot(s sales, at timestamptz, p_arrival bigint, p_reason text) RETURNS sales LANGUAGE plpgsql AS $$
DECLARE
  slot slots;
BEGIN
  UPDATE slots SET released_at = at, reason = p_reason
    WHERE event_id = s.event_id AND arrival = p_arrival AND released_at IS NULL
    RETURNING * INTO slot;
  IF FOUND THEN
    s.active := s.active - 1;
    -- The data of urr.slot.released.v1 (packages/contracts/src/domain-events.ts).
    INSERT INTO outbox (topic, type, subject, data)
      VALUES ('reservation-events', 'urr.slot.released.v1', slot.slot_id::text,
        jsonb_build_object('eventId', slot.event_id, 'accountId', slot.account_id, 'slotId', slot.slot_id,
          'endsAt', to_char(slot.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', p_reason));
  END IF;
  RETURN s;
END $$;

-- A purchase is complete: the slot it was made in is free; the buyer's current one where the purchase names none.
-- A buyer who was admitted again meanwhile keeps the new slot.
DROP FUNCTION release_slot(uuid, uuid);
CREATE FUNCTION release_slot(p_event uuid, p_account uuid, p_slot uuid DEFAULT NULL) RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  s sales;
  at timestamptz;
  before integer;
BEGIN
  SELECT * INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  at := clock_timestamp();
  s := expire_slots(freeze_lobby(s, at), at);
  before := s.active;
  s := end_slot(s, at, (
    SELECT p.arrival FROM current_place(p_event, p_account) AS p WHERE p_slot IS NULL OR p.slot_id = p_slot), 'confirmed');
  PERFORM save_sale(s);
  RETURN s.active < before;
END $$;
