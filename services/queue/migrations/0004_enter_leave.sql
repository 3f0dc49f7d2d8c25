-- enter_line: people who think it is their turn; one call is one commit. No account may stand in it twice.
--   p_arrivals  arrival of each account's place     p_numbers  the number the draw or the arrival gave it
-- Answers one row per account: 'admitted' with the slot, the how-manieth admission of its account in this sale it is and
-- whether this call granted it (who comes back is told apart from who asks twice), or why not.

CREATE FUNCTION enter_line(p_event uuid, p_accounts uuid[], p_arrivals bigint[], p_numbers bigint[], p_bearable double precision)
RETURNS TABLE (place bigint, outcome text, slot_id uuid, granted_at timestamptz, ends_at timestamptz, admission integer, is_new boolean)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
#variable_conflict use_column
DECLARE
  s sales;
  at timestamptz;
  phase text;
  rate integer;
  room bigint;
  reserved bigint;
  c record;
BEGIN
  SELECT * INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  at := clock_timestamp();
  s := expire_slots(freeze_lobby(s, at), at);
  phase := sale_phase(s, at);
  rate := rate_cap(s, p_bearable);
  room := rate - (SELECT count(*) FROM slots t WHERE t.event_id = p_event AND t.granted_at >= at - interval '1 second');
  reserved := reserved_slots(s, at);

  FOR c IN
    SELECT a.ord, a.account, a.arrival, a.number, p.slot_id, p.granted_at, p.ends_at, p.released_at, k.to_number,
           coalesce(k.called_at > at - s.claim_seconds * interval '1 second', false) AS is_expected
    FROM unnest(p_accounts, p_arrivals, p_numbers) WITH ORDINALITY AS a (account, arrival, number, ord)
    JOIN LATERAL current_place(p_event, a.account) AS p ON p.arrival = a.arrival AND p.left_at IS NULL
    LEFT JOIN LATERAL (
      SELECT to_number, called_at FROM calls WHERE event_id = p_event AND to_number >= a.number
      ORDER BY to_number LIMIT 1) AS k ON a.number <= s.serving
    ORDER BY a.number
  LOOP
    place := c.ord; slot_id := c.slot_id; granted_at := c.granted_at; ends_at := c.ends_at; admission := NULL; is_new := false;
    IF c.slot_id IS NOT NULL THEN
      outcome := CASE WHEN c.released_at IS NULL THEN 'admitted' ELSE 'used' END;
    ELSIF phase NOT IN ('open', 'draining') THEN
      outcome := phase;
    ELSIF c.number > s.serving THEN
      outcome := 'not-yet';
    ELSIF room <= 0 OR s.active >= s.capacity OR NOT (c.is_expected
        OR s.capacity - s.active - reserved - late_claimers_before(s, at, c.number) > 0) THEN
      outcome := 'not-yet';
      IF NOT c.is_expected THEN
        INSERT INTO late_claimers AS r (event_id, number, asked_at) VALUES (p_event, c.number, at)
          ON CONFLICT (event_id, number) DO UPDATE SET asked_at = at WHERE r.asked_at < at - interval '5 seconds';
      END IF;
    ELSE
      INSERT INTO slots AS t (event_id, arrival, number, account_id, granted_at, ends_at, capacity, rate)
        VALUES (p_event, c.arrival, c.number, c.account, at, date_trunc('second', at + s.slot_seconds * interval '1 second'), s.capacity, rate)
        RETURNING t.slot_id, t.granted_at, t.ends_at INTO slot_id, granted_at, ends_at;
      outcome := 'admitted';
      is_new := true;
      s.active := s.active + 1;
      room := room - 1;
      IF c.is_expected THEN
        UPDATE calls SET unclaimed = greatest(unclaimed - 1, 0) WHERE event_id = p_event AND to_number = c.to_number;
        reserved := reserved - 1;
      ELSE
        DELETE FROM late_claimers WHERE event_id = p_event AND number = c.number;
      END IF;
    END IF;
    IF outcome = 'admitted' THEN
      admission := (SELECT count(*) FROM slots t WHERE t.event_id = p_event AND t.account_id = c.account AND t.arrival <= c.arrival);
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM save_sale(s);
END $$;

-- Ends the running slot of an account, if it has one. That is announced, so that its entry token ends with it;
-- a slot that simply reaches its end needs no message: its token says when.
CREATE FUNCTION end_slot(s sales, at timestamptz, p_arrival bigint, p_reason text) RETURNS sales LANGUAGE plpgsql AS $$
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

-- release_slots: purchases are complete, and the slots they were made in are free.
--   p_slots  the slot each purchase was made in; null: the buyer's current one
-- A buyer who was admitted again meanwhile keeps the new slot.
CREATE FUNCTION release_slots(p_event uuid, p_accounts uuid[], p_slots uuid[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  s sales;
  at timestamptz;
  done record;
BEGIN
  SELECT * INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  at := clock_timestamp();
  s := expire_slots(freeze_lobby(s, at), at);
  FOR done IN SELECT * FROM unnest(p_accounts, p_slots) AS d (account, slot) LOOP
    s := end_slot(s, at, (
      SELECT p.arrival FROM current_place(p_event, done.account) AS p
      WHERE done.slot IS NULL OR p.slot_id = done.slot), 'confirmed');
  END LOOP;
  PERFORM save_sale(s);
END $$;

-- leave_line: p_number is null for a lobby member while the order is not drawn. Answers 'left', 'drawing' (ask again:
-- the roster must not change under the draw), 'renumbered' (ask again with the number the draw gave) or 'none'.
CREATE FUNCTION leave_line(p_event uuid, p_account uuid, p_arrival bigint, p_number bigint) RETURNS text LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  s sales;
  at timestamptz;
  has_left boolean;
  has_slot boolean;
BEGIN
  SELECT * INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND THEN RETURN 'none'; END IF;
  at := clock_timestamp();
  s := expire_slots(freeze_lobby(s, at), at);
  PERFORM save_sale(s);
  SELECT p.left_at IS NOT NULL, p.slot_id IS NOT NULL INTO has_left, has_slot
    FROM current_place(p_event, p_account) AS p WHERE p.arrival = p_arrival;
  IF NOT FOUND THEN RETURN 'none'; END IF;
  IF has_left THEN RETURN 'left'; END IF;
  IF p_arrival <= s.lobby_size AND s.drawn_at IS NULL THEN RETURN 'drawing'; END IF;
  IF p_number IS NULL AND s.lobby_size IS NOT NULL THEN RETURN 'renumbered'; END IF;
  UPDATE places SET left_at = at WHERE event_id = p_event AND arrival = p_arrival;
  IF has_slot THEN
    PERFORM save_sale(end_slot(s, at, p_arrival, 'left'));
  ELSIF p_number > s.serving THEN
    INSERT INTO holes VALUES (p_event, p_number) ON CONFLICT DO NOTHING;
  ELSIF p_number <= s.serving THEN
    UPDATE calls SET unclaimed = greatest(unclaimed - 1, 0) WHERE event_id = p_event AND called_at > at - s.claim_seconds * interval '1 second'
      AND to_number = (SELECT to_number FROM calls WHERE event_id = p_event AND to_number >= p_number ORDER BY to_number LIMIT 1);
    DELETE FROM late_claimers WHERE event_id = p_event AND number = p_number;
  END IF;
  RETURN 'left';
END $$;
