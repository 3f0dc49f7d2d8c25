-- Slots that ended before their time: given back, or bought in. Their entry tokens open nothing more, though their
-- signature and end still stand. A row is of no use once the slot's own end has passed.
CREATE TABLE ended_slots (
  slot_id uuid PRIMARY KEY,
  ends_at timestamptz NOT NULL
);

-- The slot a hold was made in; its purchase ends it.
ALTER TABLE reservations ADD COLUMN slot_id uuid;

-- Catalog's count of the inventory: what comes late never replaces what is newer.
ALTER TABLE events ADD COLUMN pushed_revision bigint NOT NULL DEFAULT 0;

-- As before (0004, 0005), and p_slots: the slot of each command's entry token. Absent where a replica of the version
-- before still runs: then a slot ends by its time alone.
DROP FUNCTION hold_seats(uuid[], uuid[], uuid[], integer[], double precision[], text[], text[], integer[], integer[], integer);
DROP FUNCTION hold_places(uuid[], uuid[], uuid[], integer[], double precision[], text[], text[], integer[], uuid[], integer[], integer);
DROP FUNCTION judge_buyers(uuid[], uuid[], integer[], double precision[], text[], text[]);

CREATE FUNCTION judge_buyers(
  p_events uuid[], p_accounts uuid[], p_quantities integer[], p_slot_ends double precision[],
  p_keys text[], p_fingerprints text[], p_slots uuid[],
  OUT verdicts text[], OUT details jsonb[], OUT replays uuid[]
) LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(locks.key) FROM (
    SELECT DISTINCT uuid_hash_extended(account, 7220103) AS key FROM unnest(p_accounts) account ORDER BY key
  ) locks;
  v_now := clock_timestamp();
  SELECT
    array_agg(CASE
      WHEN earlier.reservation_id IS NOT NULL AND earlier.fingerprint = c.fingerprint THEN 'replayed'
      WHEN earlier.reservation_id IS NOT NULL THEN 'key-reused'
      WHEN c.slot_end <= extract(epoch FROM v_now) OR ended.slot_id IS NOT NULL THEN 'slot-over'
      WHEN e.event_id IS NULL THEN 'event-unknown'
      WHEN e.cancelled THEN 'event-cancelled'
      WHEN e.sale_ends_at <= v_now THEN 'sale-over'
      WHEN mine.live + c.quantity > e.limit_per_account THEN 'limit-reached'
    END ORDER BY c.position),
    array_agg(CASE WHEN mine.live + c.quantity > e.limit_per_account
      THEN jsonb_build_object('limit', e.limit_per_account, 'live', mine.live) END ORDER BY c.position),
    array_agg(earlier.reservation_id ORDER BY c.position)
  INTO verdicts, details, replays
  FROM unnest(p_events, p_accounts, p_quantities, p_slot_ends, p_keys, p_fingerprints, p_slots)
    WITH ORDINALITY c (event_id, account_id, quantity, slot_end, idempotency_key, fingerprint, slot_id, position)
  LEFT JOIN events e ON e.event_id = c.event_id
  LEFT JOIN LATERAL (
    SELECT r.reservation_id, r.fingerprint FROM reservations r
    WHERE c.idempotency_key IS NOT NULL AND r.account_id = c.account_id AND r.idempotency_key = c.idempotency_key
  ) earlier ON true
  LEFT JOIN LATERAL (SELECT x.slot_id FROM ended_slots x WHERE x.slot_id = c.slot_id LIMIT 1) ended ON true
  CROSS JOIN LATERAL (
    SELECT (
      -- State and time stand in the FILTER: as conditions they would invite a scan of everybody's pending holds.
      SELECT coalesce(sum(r.quantity) FILTER (WHERE r.state = 'pending' AND r.held_until > v_now), 0)
      FROM reservations r WHERE r.account_id = c.account_id AND r.event_id = c.event_id
    ) + (
      SELECT count(*) FILTER (WHERE t.state <> 'returned')
      FROM tickets t WHERE t.account_id = c.account_id AND t.event_id = c.event_id
    ) AS live
  ) mine;
END $$;

CREATE FUNCTION hold_seats(
  p_reservations uuid[], p_events uuid[], p_accounts uuid[], p_quantities integer[], p_slot_ends double precision[],
  p_keys text[], p_fingerprints text[], p_item_commands integer[], p_item_seats integer[], p_hold_seconds integer,
  p_slots uuid[] DEFAULT NULL
) RETURNS TABLE (
  command integer, outcome text, reservation_id uuid, amount bigint, items jsonb, detail jsonb,
  created_at timestamptz, held_until timestamptz, changed_in bigint
) LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_verdicts text[];
  v_details jsonb[];
  v_replays uuid[];
  v_now timestamptz;
  v_until timestamptz;
  l_events uuid[];
  l_seats integer[];
  l_grades text[];
  l_states text[];
  l_untils timestamptz[];
  l_changes bigint[];
BEGIN
  SELECT j.verdicts, j.details, j.replays INTO v_verdicts, v_details, v_replays
  FROM judge_buyers(p_events, p_accounts, p_quantities, p_slot_ends, p_keys, p_fingerprints, p_slots) j;

  -- The seats alone: a locking query that joins another table would keep that table's stale row.
  SELECT array_agg(l.event_id), array_agg(l.seat_id), array_agg(l.grade), array_agg(l.state),
    array_agg(l.held_until), array_agg(l.changed_in)
  INTO l_events, l_seats, l_grades, l_states, l_untils, l_changes
  FROM (
    SELECT s.event_id, s.seat_id, s.grade, s.state, s.held_until, s.changed_in::text::bigint AS changed_in
    FROM unnest(p_item_commands, p_item_seats) i (command, seat_id)
    JOIN seats s ON s.event_id = p_events[i.command] AND s.seat_id = i.seat_id
    WHERE v_verdicts[i.command] IS NULL
    ORDER BY s.event_id, s.seat_id
    FOR UPDATE OF s SKIP LOCKED
  ) l;
  v_now := clock_timestamp();
  v_until := v_now + p_hold_seconds * interval '1 second';

  RETURN QUERY
  WITH seen AS (
    SELECT i.command, i.seat_id, p_events[i.command] AS event_id, l.grade, l.state, l.held_until, l.changed_in, g.price,
      (l.state = 'available' OR l.state = 'held' AND l.held_until <= v_now) IS TRUE AND g.price IS NOT NULL AS is_free
    FROM unnest(p_item_commands, p_item_seats) i (command, seat_id)
    LEFT JOIN unnest(l_events, l_seats, l_grades, l_states, l_untils, l_changes)
      l (event_id, seat_id, grade, state, held_until, changed_in)
      ON l.event_id = p_events[i.command] AND l.seat_id = i.seat_id
    LEFT JOIN event_grades g ON g.event_id = l.event_id AND g.grade = l.grade
    WHERE v_verdicts[i.command] IS NULL
  ), judged AS (
    -- A window and not a join with the verdicts: the planner, who expects one row, would compare all with all.
    SELECT s.*, bool_and(s.is_free) OVER (PARTITION BY s.command) AS won FROM seen s
  ), decided AS (
    SELECT j.command, bool_and(j.won) AS won, sum(j.price)::bigint AS amount,
      array_agg(j.seat_id ORDER BY j.seat_id) AS seat_ids,
      jsonb_agg(jsonb_build_object('seatId', j.seat_id, 'grade', j.grade, 'price', j.price) ORDER BY j.seat_id) AS items,
      jsonb_agg(jsonb_build_object('seatId', j.seat_id, 'state', j.state,
        'heldUntilMs', extract(epoch FROM j.held_until) * 1000, 'changedIn', j.changed_in))
        FILTER (WHERE NOT j.is_free) AS refused
    FROM judged j GROUP BY j.command
  ), taken AS (
    UPDATE seats s SET state = 'held', reservation_id = p_reservations[j.command], held_until = v_until,
      changed_in = pg_current_xact_id()
    FROM judged j WHERE j.won AND s.event_id = j.event_id AND s.seat_id = j.seat_id
  ), made AS (
    INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items,
      created_at, held_until, idempotency_key, fingerprint, slot_id)
    SELECT p_reservations[d.command], p_events[d.command], p_accounts[d.command], 'pending', cardinality(d.seat_ids),
      d.amount, d.seat_ids, d.items, date_trunc('milliseconds', v_now), v_until, p_keys[d.command], p_fingerprints[d.command],
      p_slots[d.command]
    FROM decided d WHERE d.won
  ), told AS (
    INSERT INTO outbox (topic, type, subject, data)
    SELECT 'reservation-events', 'urr.reservation.created.v1', p_reservations[d.command]::text,
      reservation_created(p_reservations[d.command], p_events[d.command], p_accounts[d.command],
        cardinality(d.seat_ids), d.amount, v_until)
    FROM decided d WHERE d.won
  )
  SELECT c.command::integer,
    coalesce(c.verdict, CASE WHEN d.won THEN 'won' ELSE 'seats-taken' END),
    coalesce(c.replay, p_reservations[c.command]),
    d.amount, d.items,
    CASE WHEN c.verdict IS NULL THEN d.refused ELSE c.detail END,
    date_trunc('milliseconds', v_now), v_until, pg_current_xact_id_if_assigned()::text::bigint
  FROM unnest(v_verdicts, v_details, v_replays)
    WITH ORDINALITY c (verdict, detail, replay, command)
  LEFT JOIN decided d ON d.command = c.command
  ORDER BY c.command;
END $$;

CREATE FUNCTION hold_places(
  p_reservations uuid[], p_events uuid[], p_accounts uuid[], p_quantities integer[], p_slot_ends double precision[],
  p_keys text[], p_fingerprints text[], p_item_commands integer[], p_item_types uuid[], p_item_quantities integer[],
  p_hold_seconds integer,
  p_slots uuid[] DEFAULT NULL
) RETURNS TABLE (
  command integer, outcome text, reservation_id uuid, amount bigint, items jsonb, detail jsonb,
  created_at timestamptz, held_until timestamptz
) LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_verdicts text[];
  v_details jsonb[];
  v_replays uuid[];
  v_now timestamptz;
  v_until timestamptz;
  v_pools text[];
  v_left integer[];
  v_ends double precision[];
  v_won boolean[] := array_fill(false, ARRAY[cardinality(p_events)]);
  v_first integer := 1;
  v_last integer;
  v_pool integer;
  v_fits boolean;
BEGIN
  SELECT j.verdicts, j.details, j.replays INTO v_verdicts, v_details, v_replays
  FROM judge_buyers(p_events, p_accounts, p_quantities, p_slot_ends, p_keys, p_fingerprints, p_slots) j;
  PERFORM fold_pools(
    (SELECT array_agg(p_events[c] ORDER BY n) FROM unnest(p_item_commands) WITH ORDINALITY i (c, n)), p_item_types);
  v_now := clock_timestamp();
  v_until := v_now + p_hold_seconds * interval '1 second';

  SELECT coalesce(array_agg(p.event_id::text || p.ticket_type_id::text), '{}'),
    coalesce(array_agg(p.quantity - p.sold - p.held), '{}'),
    coalesce(array_agg((SELECT extract(epoch FROM min(h.held_until)) * 1000 FROM pool_holds h
      WHERE h.event_id = p.event_id AND h.ticket_type_id = p.ticket_type_id)), '{}')
  INTO v_pools, v_left, v_ends
  FROM pools p WHERE (p.event_id, p.ticket_type_id) IN (
    SELECT p_events[i.command], i.ticket_type_id FROM unnest(p_item_commands, p_item_types) i (command, ticket_type_id));

  -- Items stand in the order of their commands: v_first..v_last are those of one command.
  WHILE v_first <= cardinality(p_item_commands) LOOP
    v_last := v_first;
    WHILE v_last < cardinality(p_item_commands) AND p_item_commands[v_last + 1] = p_item_commands[v_first] LOOP
      v_last := v_last + 1;
    END LOOP;
    v_fits := v_verdicts[p_item_commands[v_first]] IS NULL;
    FOR i IN v_first .. v_last LOOP
      v_pool := array_position(v_pools, p_events[p_item_commands[i]]::text || p_item_types[i]::text);
      v_fits := v_fits AND coalesce(v_left[v_pool] >= p_item_quantities[i], false);
    END LOOP;
    IF v_fits THEN
      v_won[p_item_commands[v_first]] := true;
      FOR i IN v_first .. v_last LOOP
        v_pool := array_position(v_pools, p_events[p_item_commands[i]]::text || p_item_types[i]::text);
        v_left[v_pool] := v_left[v_pool] - p_item_quantities[i];
      END LOOP;
    END IF;
    v_first := v_last + 1;
  END LOOP;

  RETURN QUERY
  WITH wanted AS (
    SELECT i.command, p_events[i.command] AS event_id, i.ticket_type_id, i.quantity, p.grade, p.price,
      v_left[array_position(v_pools, p_events[i.command]::text || i.ticket_type_id::text)] AS places_left,
      v_ends[array_position(v_pools, p_events[i.command]::text || i.ticket_type_id::text)] AS next_end_ms
    FROM unnest(p_item_commands, p_item_types, p_item_quantities) i (command, ticket_type_id, quantity)
    LEFT JOIN pools p ON p.event_id = p_events[i.command] AND p.ticket_type_id = i.ticket_type_id
    WHERE v_verdicts[i.command] IS NULL
  ), decided AS (
    SELECT w.command, sum(w.price * w.quantity)::bigint AS amount, sum(w.quantity)::integer AS quantity,
      jsonb_agg(jsonb_build_object('ticketTypeId', w.ticket_type_id, 'grade', w.grade, 'price', w.price,
        'quantity', w.quantity)) AS items,
      jsonb_agg(jsonb_build_object('ticketTypeId', w.ticket_type_id, 'left', w.places_left,
        'nextEndMs', w.next_end_ms)) AS refused
    FROM wanted w GROUP BY w.command
  ), sums AS (
    SELECT w.event_id, w.ticket_type_id, sum(w.quantity)::integer AS quantity
    FROM wanted w WHERE v_won[w.command] GROUP BY 1, 2
  ), taken AS (
    UPDATE pools p SET held = p.held + s.quantity FROM sums s
    WHERE p.event_id = s.event_id AND p.ticket_type_id = s.ticket_type_id
  ), kept AS (
    INSERT INTO pool_holds (reservation_id, event_id, ticket_type_id, quantity, held_until)
    SELECT p_reservations[w.command], w.event_id, w.ticket_type_id, w.quantity, v_until
    FROM wanted w WHERE v_won[w.command]
  ), made AS (
    INSERT INTO reservations (reservation_id, event_id, account_id, state, quantity, amount, seat_ids, items,
      created_at, held_until, idempotency_key, fingerprint, slot_id)
    SELECT p_reservations[d.command], p_events[d.command], p_accounts[d.command], 'pending', d.quantity, d.amount, '{}',
      d.items, date_trunc('milliseconds', v_now), v_until, p_keys[d.command], p_fingerprints[d.command],
      p_slots[d.command]
    FROM decided d WHERE v_won[d.command]
  ), told AS (
    INSERT INTO outbox (topic, type, subject, data)
    SELECT 'reservation-events', 'urr.reservation.created.v1', p_reservations[d.command]::text,
      reservation_created(p_reservations[d.command], p_events[d.command], p_accounts[d.command], d.quantity,
        d.amount, v_until)
    FROM decided d WHERE v_won[d.command]
  )
  SELECT c.command::integer,
    coalesce(c.verdict, CASE WHEN v_won[c.command] THEN 'won' ELSE 'places-taken' END),
    coalesce(c.replay, p_reservations[c.command]),
    d.amount, d.items,
    CASE WHEN c.verdict IS NULL THEN d.refused ELSE c.detail END,
    date_trunc('milliseconds', v_now), v_until
  FROM unnest(v_verdicts, v_details, v_replays)
    WITH ORDINALITY c (verdict, detail, replay, command)
  LEFT JOIN decided d ON d.command = c.command
  ORDER BY c.command;
END $$;
