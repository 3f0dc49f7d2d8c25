-- An inventory says whose event it is: what ticket-service has without it is pushed again. No event's first pushed version
-- is 1, so none is taken off sale meanwhile.
UPDATE pushes SET pushed_version = pushed_version - 1, next_attempt_at = clock_timestamp() WHERE pushed_version > 1;
