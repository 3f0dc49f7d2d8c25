-- Steps the line's functions share. Each takes the locked sale row, changes it in memory and returns it; the caller
-- writes it back with save_sale. Index scans are forced, because a plan made for a thousand places would scan a million.

CREATE FUNCTION sale_phase(s sales, at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN s.is_cancelled THEN 'cancelled'
    WHEN at >= s.ends_at THEN 'ended'
    WHEN at < s.lobby_opens_at THEN 'scheduled'
    WHEN s.lobby_size IS NULL AND at < s.opens_at THEN 'lobby'
    WHEN s.drawn_at IS NULL THEN 'drawing'
    WHEN s.is_sold_out THEN 'soldout'
    WHEN s.is_paused THEN 'paused'
    WHEN s.is_draining THEN 'draining'
    ELSE 'open' END
$$;

-- An account's place and its slot. LIMIT keeps the planner from joining the whole line instead of looking one up.
CREATE FUNCTION current_place(p_event uuid, p_account uuid)
RETURNS TABLE (arrival bigint, left_at timestamptz, slot_id uuid, granted_at timestamptz, ends_at timestamptz, released_at timestamptz) LANGUAGE sql STABLE AS $$
  SELECT p.arrival, p.left_at, t.slot_id, t.granted_at, t.ends_at, t.released_at
  FROM (SELECT arrival, left_at FROM places WHERE event_id = p_event AND account_id = p_account AND replaced_at IS NULL LIMIT 1) AS p
  LEFT JOIN LATERAL (
    SELECT slot_id, granted_at, ends_at, released_at FROM slots WHERE event_id = p_event AND arrival = p.arrival LIMIT 1) AS t ON true
$$;

-- From this step on arrivals come after the lobby. An empty lobby needs no draw; its root is the hash of nothing.
CREATE FUNCTION freeze_lobby(s sales, at timestamptz) RETURNS sales LANGUAGE plpgsql AS $$
BEGIN
  IF s.lobby_size IS NOT NULL OR at < s.opens_at THEN RETURN s; END IF;
  s.lobby_size := s.issued;
  s.frozen_at := at;
  IF s.issued = 0 THEN
    s.roster_root := sha256(''::bytea);
    s.chunk_roots := ''::bytea;
    s.drawn_at := at;
  END IF;
  RETURN s;
END $$;

CREATE FUNCTION expire_slots(s sales, at timestamptz) RETURNS sales LANGUAGE plpgsql AS $$
DECLARE
  ended integer;
BEGIN
  IF s.active = 0 THEN RETURN s; END IF;
  UPDATE slots SET released_at = ends_at, reason = 'expired'
    WHERE event_id = s.event_id AND released_at IS NULL AND ends_at <= at;
  GET DIAGNOSTICS ended = ROW_COUNT;
  s.active := s.active - ended;
  RETURN s;
END $$;

CREATE FUNCTION save_sale(s sales) RETURNS void LANGUAGE sql AS $$
  UPDATE sales SET lobby_size = s.lobby_size, frozen_at = s.frozen_at, roster_root = s.roster_root,
    chunk_roots = s.chunk_roots, drawn_at = s.drawn_at, issued = s.issued, serving = s.serving, active = s.active,
    credit = s.credit, paced_at = s.paced_at
  WHERE event_id = s.event_id
$$;

-- Admissions allowed in one second: the configured rate, less when checkout bears less (null: never measured).
CREATE FUNCTION rate_cap(s sales, bearable double precision) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN bearable IS NULL THEN s.rate_per_second
    ELSE least(s.rate_per_second, greatest(1, ceil(bearable)::integer)) END
$$;

-- Slots promised to people called within the claim window who are not yet in.
CREATE FUNCTION reserved_slots(s sales, at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(unclaimed), 0)::bigint FROM calls
  WHERE event_id = s.event_id AND called_at > at - s.claim_seconds * interval '1 second'
$$;

-- Late claimers who still ask (within 15 s) and come before a number; counting stops at the capacity.
CREATE FUNCTION late_claimers_before(s sales, at timestamptz, before bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM (
    SELECT FROM late_claimers WHERE event_id = s.event_id AND asked_at > at - interval '15 seconds' AND number < before
    LIMIT greatest(s.capacity, 1)) AS waiting
$$;

-- Where serving stands after calling `wanted` people, numbers without an owner not counted.
CREATE FUNCTION skip_holes(s sales, wanted bigint, OUT target bigint, OUT live bigint) LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  step bigint := wanted;
  gone bigint;
BEGIN
  target := s.serving;
  live := 0;
  WHILE live < wanted AND target < s.issued LOOP
    step := least(step, s.issued - target);
    SELECT count(*) INTO gone FROM holes
      WHERE event_id = s.event_id AND number > target AND number <= target + step;
    IF live + step - gone <= wanted THEN
      target := target + step;
      live := live + step - gone;
      step := step * 2;
    ELSE
      step := greatest(step / 2, 1);
    END IF;
  END LOOP;
END $$;

-- Moves serving: at most `most` people, never more than free slots nor than the rate leaves in this second.
CREATE FUNCTION call_next(s sales, at timestamptz, most bigint, cap integer) RETURNS sales LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  wanted bigint := least(most, s.issued - s.serving);
  target bigint;
  live bigint;
BEGIN
  IF wanted <= 0 THEN RETURN s; END IF;
  wanted := least(wanted,
    s.capacity - s.active - reserved_slots(s, at) - late_claimers_before(s, at, s.issued + 1),
    cap - (SELECT coalesce(sum(called), 0) FROM calls WHERE event_id = s.event_id AND called_at >= at - interval '1 second'));
  IF wanted <= 0 THEN RETURN s; END IF;
  SELECT skipped.target, skipped.live INTO target, live FROM skip_holes(s, wanted) AS skipped;
  IF live > 0 THEN
    INSERT INTO calls (event_id, to_number, called_at, called, unclaimed) VALUES (s.event_id, target, at, live, live);
  END IF;
  s.serving := target;
  s.credit := greatest(0, s.credit - live);
  RETURN s;
END $$;

-- One tick of one line; any replica may run it. Credit grows with the time since the last tick of whichever replica,
-- so replicas do not add up.
CREATE FUNCTION advance_line(p_event uuid, p_bearable double precision) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  s sales;
  before sales;
  at timestamptz;
  pace double precision;
BEGIN
  SELECT * INTO s FROM sales WHERE event_id = p_event FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  before := s;
  at := clock_timestamp();
  s := expire_slots(freeze_lobby(s, at), at);
  pace := least(s.rate_per_second, p_bearable);
  s.credit := least(s.credit + pace * greatest(0, extract(epoch FROM at - s.paced_at)), greatest(1, pace / 4));
  s.paced_at := greatest(s.paced_at, at);
  IF sale_phase(s, at) IN ('open', 'draining') THEN
    s := call_next(s, at, floor(s.credit)::bigint, rate_cap(s, p_bearable));
  END IF;
  DELETE FROM late_claimers WHERE event_id = p_event AND asked_at <= at - interval '15 seconds';
  -- Full credit does not grow, so a tick that changed nothing else writes nothing.
  IF s.credit = before.credit THEN s.paced_at := before.paced_at; END IF;
  IF s IS DISTINCT FROM before THEN PERFORM save_sale(s); END IF;
END $$;
