-- join_line: one group of people joins one line; one call is one commit.
--   p_accounts  in order of arrival; an account may stand in it more than once
--   p_receipts  the arrival a verified receipt names, or null
--   p_bearable  admissions per second checkout can bear
-- Answers one row: outcome ('joined', or why nobody may join), and per account its arrival (null: line closed to new
-- people) and its running slot's end.

CREATE FUNCTION join_line(p_event uuid, p_accounts uuid[], p_receipts bigint[], p_bearable double precision,
  OUT outcome text, OUT arrivals bigint[], OUT slot_ends timestamptz[], OUT issued bigint, OUT serving bigint,
  OUT lobby_size bigint, OUT is_drawn boolean, OUT epoch bigint) LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
DECLARE
  s sales;
  at timestamptz;
  phase text;
  fresh uuid[];
  replaced bigint[];
  restored record;
BEGIN
  SELECT * INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND THEN outcome := 'unknown'; RETURN; END IF;
  at := clock_timestamp();
  phase := sale_phase(s, at);
  outcome := CASE WHEN phase IN ('scheduled', 'ended', 'cancelled') THEN phase ELSE 'joined' END;
  IF outcome <> 'joined' THEN RETURN; END IF;
  s := expire_slots(freeze_lobby(s, at), at);
  phase := sale_phase(s, at);

  SELECT array_agg(asked.account ORDER BY asked.ord), array_agg(p.arrival) FILTER (WHERE p.arrival IS NOT NULL)
    INTO fresh, replaced
    FROM (SELECT account, min(ord) AS ord FROM unnest(p_accounts) WITH ORDINALITY AS a (account, ord) GROUP BY account) AS asked
    LEFT JOIN LATERAL current_place(p_event, asked.account) AS p ON true
    WHERE p.arrival IS NULL OR p.left_at IS NOT NULL OR p.released_at IS NOT NULL;

  IF fresh IS NOT NULL AND array_remove(p_receipts, NULL) <> '{}' THEN
    SELECT r.line, r.others INTO restored FROM restore_places(s, at, fresh, p_accounts, p_receipts) AS r;
    s := restored.line;
    fresh := restored.others;
  END IF;
  IF s.is_draining THEN fresh := NULL; END IF;
  IF fresh IS NOT NULL THEN
    IF replaced IS NOT NULL THEN
      UPDATE places SET replaced_at = at WHERE event_id = p_event AND arrival = ANY (replaced);
    END IF;
    INSERT INTO places (event_id, arrival, account_id, joined_at)
      SELECT p_event, s.issued + f.ord, f.account, at FROM unnest(fresh) WITH ORDINALITY AS f (account, ord);
    s.issued := s.issued + cardinality(fresh);
  END IF;

  IF cardinality(fresh) = cardinality(p_accounts) THEN
    arrivals := ARRAY (SELECT generate_series(s.issued - cardinality(fresh) + 1, s.issued));
  ELSE
    SELECT array_agg(CASE WHEN p.left_at IS NULL AND p.released_at IS NULL THEN p.arrival END ORDER BY a.ord),
           array_agg(CASE WHEN p.released_at IS NULL THEN p.ends_at END ORDER BY a.ord)
      INTO arrivals, slot_ends
      FROM unnest(p_accounts) WITH ORDINALITY AS a (account, ord)
      LEFT JOIN LATERAL current_place(p_event, a.account) AS p ON true;
  END IF;

  -- Below the threshold there is no visible line: whoever joins is called in the same step.
  IF phase = 'open' AND s.issued - s.serving <= s.threshold THEN
    s := call_next(s, at, s.threshold, rate_cap(s, p_bearable));
  END IF;
  PERFORM save_sale(s);
  issued := s.issued; serving := s.serving; lobby_size := s.lobby_size; is_drawn := s.drawn_at IS NOT NULL; epoch := s.epoch;
END $$;

-- Gives lost places back to who can prove them: a receipt counts only where the store knows nothing of its arrival.
CREATE FUNCTION restore_places(s sales, at timestamptz, fresh uuid[], accounts uuid[], receipts bigint[],
  OUT line sales, OUT others uuid[]) LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  lost record;
BEGIN
  FOR lost IN
    SELECT a.account, min(a.arrival) AS arrival FROM unnest(accounts, receipts) AS a (account, arrival)
    WHERE a.arrival IS NOT NULL AND a.account = ANY (fresh)
      AND NOT EXISTS (SELECT FROM places WHERE event_id = s.event_id AND account_id = a.account AND replaced_at IS NULL)
    GROUP BY a.account
  LOOP
    INSERT INTO places (event_id, arrival, account_id, joined_at) VALUES (s.event_id, lost.arrival, lost.account, at)
      ON CONFLICT (event_id, arrival) DO NOTHING;
    CONTINUE WHEN NOT FOUND;
    DELETE FROM holes WHERE event_id = s.event_id AND number = lost.arrival AND lost.arrival > coalesce(s.lobby_size, 0);
    fresh := array_remove(fresh, lost.account);
    s.issued := greatest(s.issued, lost.arrival);
  END LOOP;
  line := s;
  others := nullif(fresh, '{}');
END $$;
