-- Counts, and answers what it was given.
-- KEYS[1] counter
-- ARGV[1] any bytes
-- Returns { count, bytes }
return { redis.call('INCR', KEYS[1]), ARGV[1] }
