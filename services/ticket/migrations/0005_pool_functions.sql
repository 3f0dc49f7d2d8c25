-- fold_pools: locks pools in id order and folds their expired holds away, so that `quantity - sold - held` is the truth of
-- this instant. Call it first in whatever decides about places.
CREATE FUNCTION fold_pools(p_events uuid[], p_types uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz;
BEGIN
  PERFORM 1 FROM pools p
  WHERE (p.event_id, p.ticket_type_id) IN (SELECT * FROM unnest(p_events, p_types))
  ORDER BY p.event_id, p.ticket_type_id FOR UPDATE;
  v_now := clock_timestamp();
  WITH gone AS (
    DELETE FROM pool_holds h USING (SELECT DISTINCT * FROM unnest(p_events, p_types) w (event_id, ticket_type_id)) w
    WHERE h.event_id = w.event_id AND h.ticket_type_id = w.ticket_type_id AND h.held_until <= v_now
    RETURNING h.event_id, h.ticket_type_id, h.quantity
  ), sums AS (
    SELECT g.event_id, g.ticket_type_id, sum(g.quantity)::integer AS quantity FROM gone g GROUP BY 1, 2
  )
  UPDATE pools p SET held = p.held - s.quantity FROM sums s
  WHERE p.event_id = s.event_id AND p.ticket_type_id = s.ticket_type_id;
END $$;

-- hold_places: all or none of each command's places, in arrival order; a loser takes nothing from who comes after.
-- Arguments as hold_seats, with p_item_types and p_item_quantities instead of seats.
-- Outcomes as hold_seats, and places-taken (detail: [{ticketTypeId, left, nextEndMs}]; left NULL: no such pool).
-- One update of a pool's row for the whole group.
CREATE FUNCTION hold_places(
  p_reservations uuid[], p_events uuid[], p_accounts uuid[], p_quantities integer[], p_slot_ends double precision[],
  p_keys text[], p_fingerprints text[], p_item_commands integer[], p_item_types uuid[], p_item_quantities integer[],
  p_hold_seconds integer,
  p_slots uuid[]
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
