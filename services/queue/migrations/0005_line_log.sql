-- A line that Redis keeps is logged here, step by step, before anything is acknowledged. Redis decides; these tables say
-- what was decided, and are what a line is loaded from again after Redis lost it.

-- Never given twice, not even by a load that was broken off.
CREATE SEQUENCE line_incarnations;

-- Which step stood at which place of the line's history. Kept for 4,096 steps: for who asks again whether a step counts.
CREATE TABLE line_steps (
  event_id    uuid NOT NULL,
  incarnation bigint NOT NULL,
  seq         bigint NOT NULL,
  step        uuid NOT NULL,
  PRIMARY KEY (event_id, incarnation, seq)
);

-- Columns that steps of the line write are not in this list, so that steps do not pay for it.
CREATE FUNCTION count_settings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.settings_version := OLD.settings_version + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER settings_changed BEFORE UPDATE OF owner_id, scheduled_opens_at, scheduled_capacity, scheduled_rate, lobby_opens_at,
  opens_at, ends_at, threshold, slot_seconds, claim_seconds, is_cancelled, is_sold_out, capacity, rate_per_second, is_paused,
  is_draining, notice, bearable_rate, checkout_p95_ms, checkout_failure_share, measured_at ON sales
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION count_settings();

-- Redis' milliseconds as an instant, and back.
CREATE FUNCTION instant_of(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT to_timestamp(ms / 1000.0) $$;
CREATE FUNCTION ms_of(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT floor(extract(epoch FROM at) * 1000)::bigint $$;

-- Writes down steps of one line, oldest first; one call is one commit. A step is taken only where the history it was
-- decided upon ends: its number is the next one and its parent the last one. So the log is one history without gaps,
-- however many Redis nodes believed to be the master.
-- Answers 'recorded'; 'stale': the line was loaded anew meanwhile; 'forked': Redis does not know what is logged here, or
-- the other way round; 'late': too long ago to tell.
CREATE FUNCTION record_line_steps(p_event uuid, p_incarnation bigint, p_steps jsonb) RETURNS text LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
DECLARE
  s record;
  entry jsonb;
  known uuid;
  latest jsonb;
  outcome text := 'recorded';
BEGIN
  SELECT incarnation, line_seq, line_step INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND OR s.incarnation <> p_incarnation THEN RETURN 'stale'; END IF;
  FOR entry IN SELECT value FROM jsonb_array_elements(p_steps) LOOP
    IF (entry ->> 'seq')::bigint <= s.line_seq THEN
      SELECT l.step INTO known FROM line_steps l
        WHERE event_id = p_event AND incarnation = p_incarnation AND seq = (entry ->> 'seq')::bigint;
      outcome := CASE WHEN known IS NULL THEN 'late' WHEN known <> (entry ->> 'step')::uuid THEN 'forked' ELSE outcome END;
      CONTINUE WHEN outcome = 'recorded';
    ELSIF (entry ->> 'seq')::bigint <> s.line_seq + 1 OR (entry ->> 'parent')::uuid IS DISTINCT FROM s.line_step THEN
      outcome := 'forked';
    END IF;
    EXIT WHEN outcome <> 'recorded';
    PERFORM apply_line_step(p_event, entry, instant_of((entry ->> 'at')::bigint));
    s.line_seq := (entry ->> 'seq')::bigint;
    s.line_step := (entry ->> 'step')::uuid;
    INSERT INTO line_steps VALUES (p_event, p_incarnation, s.line_seq, s.line_step);
    latest := entry;
  END LOOP;
  IF latest IS NOT NULL THEN
    PERFORM save_line_head(p_event, latest);
    IF s.line_seq % 1024 = 0 THEN
      DELETE FROM line_steps WHERE event_id = p_event AND incarnation = p_incarnation AND seq <= s.line_seq - 4096;
    END IF;
  END IF;
  RETURN outcome;
END $$;

-- Numbers of the line after a step. The root of an empty roster is the hash of nothing.
CREATE FUNCTION save_line_head(p_event uuid, step jsonb) RETURNS void LANGUAGE sql AS $$
  UPDATE sales SET issued = (step ->> 'issued')::bigint, serving = (step ->> 'serving')::bigint,
    active = (step ->> 'active')::integer, lobby_size = (step ->> 'lobby')::bigint,
    frozen_at = instant_of((step ->> 'frozen')::bigint),
    drawn_at = coalesce(drawn_at, instant_of((step ->> 'drawn')::bigint)),
    roster_root = CASE WHEN drawn_at IS NULL AND step ? 'drawn' THEN sha256(''::bytea) ELSE roster_root END,
    chunk_roots = CASE WHEN drawn_at IS NULL AND step ? 'drawn' THEN ''::bytea ELSE chunk_roots END,
    line_seq = (step ->> 'seq')::bigint, line_step = (step ->> 'step')::uuid, line_at = instant_of((step ->> 'at')::bigint)
  WHERE event_id = p_event
$$;

-- What one step did; its shape is told in src/line/redis/scripts/prelude.lua.
CREATE FUNCTION apply_line_step(p_event uuid, step jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
BEGIN
  IF step ? 'replaced' THEN
    UPDATE places SET replaced_at = at
      WHERE event_id = p_event AND arrival = ANY (string_to_array(step ->> 'replaced', ',')::bigint[]);
  END IF;
  IF step ? 'joined' THEN
    INSERT INTO places (event_id, arrival, account_id, joined_at)
      SELECT p_event, (step ->> 'from')::bigint + a.ord - 1, a.account, at
      FROM unnest(string_to_array(step ->> 'joined', ',')::uuid[]) WITH ORDINALITY AS a (account, ord);
  END IF;
  IF step ? 'restored' THEN
    INSERT INTO places (event_id, arrival, account_id, joined_at)
      SELECT p_event, (r ->> 0)::bigint, (r ->> 1)::uuid, at FROM jsonb_array_elements(step -> 'restored') AS r;
    DELETE FROM holes WHERE event_id = p_event AND number > coalesce((step ->> 'lobby')::bigint, 0)
      AND number IN (SELECT (r ->> 0)::bigint FROM jsonb_array_elements(step -> 'restored') AS r);
  END IF;
  IF step ? 'left' THEN
    UPDATE places SET left_at = at WHERE event_id = p_event AND arrival = (step ->> 'left')::bigint;
  END IF;
  IF step ? 'hole' THEN
    INSERT INTO holes VALUES (p_event, (step ->> 'hole')::bigint) ON CONFLICT DO NOTHING;
  END IF;
  IF step ? 'calls' THEN
    INSERT INTO calls AS c (event_id, to_number, called_at, called, unclaimed)
      SELECT p_event, (k ->> 0)::bigint, instant_of((k ->> 1)::bigint), (k ->> 2)::integer, (k ->> 3)::integer
      FROM jsonb_array_elements(step -> 'calls') AS k
      ON CONFLICT (event_id, to_number) DO UPDATE SET unclaimed = excluded.unclaimed;
  END IF;
  IF step ? 'ended' THEN PERFORM end_line_slots(p_event, step -> 'ended'); END IF;
  IF step ? 'slots' THEN
    INSERT INTO slots (event_id, arrival, number, account_id, slot_id, granted_at, ends_at, capacity, rate)
      SELECT p_event, g.arrival, g.number, g.account, g.slot, at,
        instant_of((step ->> 'ends')::bigint), (step ->> 'capacity')::integer, (step ->> 'rate')::integer
      FROM unnest(string_to_array(step -> 'slots' ->> 0, ',')::bigint[], string_to_array(step -> 'slots' ->> 1, ',')::bigint[],
        string_to_array(step -> 'slots' ->> 2, ',')::uuid[], string_to_array(step -> 'slots' ->> 3, ',')::uuid[])
        AS g (arrival, number, account, slot);
  END IF;
  IF step ? 'message' THEN
    INSERT INTO consumed_events (consumer, event_id) VALUES ('queue-service', (step ->> 'message')::uuid) ON CONFLICT DO NOTHING;
  END IF;
END $$;

-- Ends slots, and announces those that end before their time: urr.slot.released.v1, as end_slot does.
CREATE FUNCTION end_line_slots(p_event uuid, p_ended jsonb) RETURNS void LANGUAGE sql AS $$
  WITH ended AS (
    UPDATE slots AS t SET released_at = instant_of((e ->> 1)::bigint), reason = e ->> 2
    FROM jsonb_array_elements(p_ended) AS e
    WHERE t.event_id = p_event AND t.arrival = (e ->> 0)::bigint AND t.released_at IS NULL
    RETURNING t.*)
  INSERT INTO outbox (topic, type, subject, data)
    SELECT 'reservation-events', 'urr.slot.released.v1', slot_id::text,
      jsonb_build_object('eventId', event_id, 'accountId', account_id, 'slotId', slot_id,
        'endsAt', to_char(ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', reason)
    FROM ended WHERE reason <> 'expired'
$$;
