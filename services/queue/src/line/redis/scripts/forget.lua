-- forget: a sale that is long over leaves Redis; the log keeps it. Stands alone, without the prelude.
--   KEYS as told in prelude.lua
--   ARGV 1 incarnation
-- Returns 1.
if redis.call('HGET', KEYS[1], 'inc') ~= ARGV[1] then return 1 end
redis.call('UNLINK', unpack(KEYS))
return 1
