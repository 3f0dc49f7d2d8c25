-- enter_line also says the how-manieth admission of its account in this sale a slot is, and whether this call granted it:
-- an account that comes back is told apart from one that asks twice.
CREATE INDEX slots_of_account ON slots (event_id, account_id, arrival);

DROP FUNCTION enter_line(uuid, uuid[], bigint[], bigint[], double precision);

-- enter_line: people who think it is their turn; one call is one commit. No account may stand in it twice.
--   p_arrivals  arrival of each account's place     p_numbers  the number the draw or the arrival gave it
-- Answers one row per account: 'admitted' with the slot, or why not.

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
        OR s.capacity - s.active - reserved - returners_before(s, at, c.number) > 0) THEN
      outcome := 'not-yet';
      IF NOT c.is_expected THEN
        INSERT INTO returners AS r (event_id, number, asked_at) VALUES (p_event, c.number, at)
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
        DELETE FROM returners WHERE event_id = p_event AND number = c.number;
      END IF;
    END IF;
    IF outcome = 'admitted' THEN
      admission := (SELECT count(*) FROM slots t WHERE t.event_id = p_event AND t.account_id = c.account AND t.arrival <= c.arrival);
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM save_sale(s);
END $$;
