-- One call decides a whole group of holds: one round trip, one disk flush. Every statement inside sees a fresh snapshot.
-- Lock order everywhere: accounts, reservations, seats by id, pools by id, tickets.

-- lock_accounts: from here to the end of the transaction nobody else decides about what these accounts hold.
CREATE FUNCTION lock_accounts(p_accounts uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(locks.key) FROM (
    SELECT DISTINCT uuid_hash_extended(account, 7220103) AS key FROM unnest(p_accounts) account ORDER BY key
  ) locks;
END $$;

-- places_of: what counts against an account's limit for an event: holds that run at an instant, and tickets not given back.
-- One SELECT that answers rows: PostgreSQL plans it as a part of the statement that asks, for a whole group at once.
CREATE FUNCTION places_of(p_account uuid, p_event uuid, p_at timestamptz) RETURNS TABLE (places bigint)
LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT (
    -- State and time stand in the FILTER: as conditions they would invite a scan of everybody's pending holds.
    SELECT coalesce(sum(r.quantity) FILTER (WHERE r.state = 'pending' AND r.held_until > p_at), 0)
    FROM reservations r WHERE r.account_id = p_account AND r.event_id = p_event
  ) + (
    SELECT count(*) FILTER (WHERE t.state <> 'returned')
    FROM tickets t WHERE t.account_id = p_account AND t.event_id = p_event
  )
$$;

-- judge_buyers: what refuses a hold whatever places it wants. Answers one verdict per command, NULL for "may go on".
--   p_quantities  places wanted
--   p_slot_ends   end of the entry token's slot, seconds since the epoch
--   p_keys        idempotency keys or NULL; p_fingerprints what each key stands for
--   p_slots       slots of the entry tokens
-- Accounts are locked first, so that a limit counted afterwards stays true until the commit.
CREATE FUNCTION judge_buyers(
  p_events uuid[], p_accounts uuid[], p_quantities integer[], p_slot_ends double precision[],
  p_keys text[], p_fingerprints text[], p_slots uuid[],
  OUT verdicts text[], OUT details jsonb[], OUT replays uuid[]
) LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz;
BEGIN
  PERFORM lock_accounts(p_accounts);
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
  CROSS JOIN LATERAL places_of(c.account_id, c.event_id, v_now) mine (live);
END $$;

-- hold_seats: all or none of each command's seats.
--   p_reservations, p_events, p_accounts, …  one element per command, in arrival order
--   p_item_commands, p_item_seats            one element per wanted seat; commands count from 1
-- No two commands of a group share a seat or an account: the caller sees to it, so nobody loses to a loser.
-- Outcomes: won | replayed | key-reused | slot-over | event-unknown | event-cancelled | sale-over | limit-reached |
-- seats-taken (detail: [{seatId, state, heldUntilMs, changedIn}]; state NULL: another transaction has the row in hand).
CREATE FUNCTION hold_seats(
  p_reservations uuid[], p_events uuid[], p_accounts uuid[], p_quantities integer[], p_slot_ends double precision[],
  p_keys text[], p_fingerprints text[], p_item_commands integer[], p_item_seats integer[], p_hold_seconds integer,
  p_slots uuid[]
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

-- The data of urr.reservation.created.v1 (packages/contracts/src/domain-events.ts).
CREATE FUNCTION reservation_created(
  p_reservation uuid, p_event uuid, p_account uuid, p_quantity integer, p_amount bigint, p_until timestamptz
) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('reservationId', p_reservation, 'eventId', p_event, 'accountId', p_account,
    'quantity', p_quantity, 'amount', p_amount,
    'expiresAt', to_char(p_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$$;
