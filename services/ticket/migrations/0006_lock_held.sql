-- lock_held: an account's reservation with everything it is about locked, in the order every writer keeps: the account,
-- the reservation, its seats by id or its pools by type. Pools are not folded: a hold that has just ended is still its own.
-- Answers what is true after the locks, by a clock read after them:
--   held               the reservation; all NULL when the account has no such one
--   is_over            its time has passed, or it is pending no more
--   is_whole           it is pending and every place is still its own, even if its time has just passed
--   is_sale_cancelled  told of a pending one
CREATE FUNCTION lock_held(p_account uuid, p_reservation uuid,
  OUT held reservations, OUT is_over boolean, OUT is_whole boolean, OUT is_sale_cancelled boolean
) LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
BEGIN
  PERFORM lock_accounts(ARRAY[p_account]);
  SELECT * INTO held FROM reservations r WHERE r.reservation_id = p_reservation AND r.account_id = p_account FOR UPDATE;
  is_over := true; is_whole := false; is_sale_cancelled := false;
  IF NOT FOUND OR held.state <> 'pending' THEN RETURN; END IF;
  IF cardinality(held.seat_ids) > 0 THEN
    PERFORM 1 FROM seats s WHERE s.event_id = held.event_id AND s.seat_id = ANY (held.seat_ids) ORDER BY s.seat_id FOR UPDATE;
  ELSE
    PERFORM 1 FROM pools p WHERE p.event_id = held.event_id
      AND p.ticket_type_id IN (SELECT (item ->> 'ticketTypeId')::uuid FROM jsonb_array_elements(held.items) item)
      ORDER BY p.ticket_type_id FOR UPDATE;
  END IF;
  is_over := held.held_until <= clock_timestamp();
  is_sale_cancelled := coalesce((SELECT e.cancelled FROM events e WHERE e.event_id = held.event_id), true);
  is_whole := held.quantity =
    (SELECT count(*) FROM seats s WHERE s.event_id = held.event_id AND s.seat_id = ANY (held.seat_ids)
      AND s.state = 'held' AND s.reservation_id = held.reservation_id)
    + (SELECT coalesce(sum(h.quantity), 0) FROM pool_holds h WHERE h.reservation_id = held.reservation_id);
END $$;
